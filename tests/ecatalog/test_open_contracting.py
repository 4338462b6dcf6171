"""Orders as open contracting data: whatever an order is, its packages keep to the schema."""

import copy
import datetime as dt
import json
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit_ecatalog.rules.open_contracting import (
    Publisher,
    record_package,
    release,
    release_package,
)
from leuit_ecatalog.rules.open_order import (
    ACCEPTED,
    DIRECT,
    NEGOTIATED,
    OPEN_STATES,
    PAID,
    WAITING,
    OpenBuyer,
    OpenDelivery,
    OpenLine,
    OpenOrder,
    OpenPayment,
    OpenVendor,
)
from tests.ecatalog.ocds_schemas import faults

ZONE = ZoneInfo("Asia/Jakarta")
PUBLISHER = Publisher("Pemerintah Kabupaten Lebak", "ocds-afzrfb-lebak", "3602", ZONE)
AT = dt.datetime(2026, 11, 24, 2, 0, tzinfo=dt.UTC)
EXAMPLE = json.loads(
    (Path(__file__).parent / "data" / "ocds-example-lebak.json").read_text(encoding="utf-8")
)
ORDER = OpenOrder(
    number="EP-2026-000123",
    order_number="SP-2026-000123",
    state=ACCEPTED,
    method=NEGOTIATED,
    kind="barang",
    buyer=OpenBuyer("BKAD", "Badan Keuangan dan Aset Daerah Kabupaten Lebak"),
    vendor=OpenVendor("1", "1234567890123", "UD Contoh Gula Aren", "mikro"),
    rup_id="60000001",
    rup_name="Belanja bahan makanan",
    pagu=12_000_000,
    agreed_at=AT,
    signed_at=AT,
    changed_at=AT,
    total=11_100_000,
    lines=(OpenLine(1, "Gula aren semut 1 kg", 200, "KGM", "kilogram", 50_000, "23511", "Gula"),),
    deliveries=(OpenDelivery(1, dt.date(2026, 11, 30)),),
)

words = st.text(min_size=1, max_size=40)
amounts = st.integers(1, 10**13)
days = st.dates(dt.date(2020, 1, 1), dt.date(2040, 12, 31))
instants = st.datetimes(dt.datetime(2020, 1, 1), dt.datetime(2040, 1, 1), timezones=st.just(dt.UTC))
orders = st.builds(
    OpenOrder,
    number=st.from_regex(r"EP-20[0-9]{2}-[0-9]{6}", fullmatch=True),
    order_number=st.from_regex(r"SP-20[0-9]{2}-[0-9]{6}", fullmatch=True),
    state=st.sampled_from(OPEN_STATES),
    method=st.sampled_from((DIRECT, NEGOTIATED)),
    kind=st.sampled_from(("barang", "jasa", "konstruksi", "konsultansi")),
    buyer=st.builds(OpenBuyer, code=words, name=words),
    vendor=st.builds(
        OpenVendor,
        id=words,
        nib=st.just("") | st.from_regex(r"[0-9]{13}", fullmatch=True),
        name=words,
        scale=st.sampled_from(("mikro", "kecil", "menengah", "besar", "koperasi")),
    ),
    rup_id=st.from_regex(r"[0-9]{5,12}", fullmatch=True),
    rup_name=words,
    pagu=amounts,
    agreed_at=instants,
    signed_at=st.none() | instants,
    changed_at=instants,
    total=amounts,
    lines=st.lists(
        st.builds(
            OpenLine,
            place=st.integers(1, 99),
            name=words,
            quantity=st.integers(1, 10**6),
            unit_code=st.sampled_from(("KGM", "H87")),
            unit_name=words,
            price=amounts,
            kbki=st.sampled_from(("", "23511")),
            category=words,
        ),
        min_size=1,
        max_size=4,
        unique_by=lambda one: one.place,
    ).map(tuple),
    deliveries=st.lists(
        st.builds(OpenDelivery, place=st.integers(1, 99), due=days, accepted_on=st.none() | days),
        max_size=3,
        unique_by=lambda one: one.place,
    ).map(tuple),
    payments=st.lists(
        st.builds(OpenPayment, number=words, paid_on=days, amount=amounts),
        max_size=3,
        unique_by=lambda one: one.number,
    ).map(tuple),
    reason=st.text(max_size=60),
    place=st.integers(0, 3),
)


def package(*all_orders: OpenOrder) -> dict[str, Any]:
    """A package of one release each."""
    told = [release(one, PUBLISHER) for one in all_orders]
    return release_package(told, PUBLISHER, "https://contoh.id/ocds/1.json", AT)


@settings(max_examples=30)
@given(st.lists(orders, min_size=1, max_size=2, unique_by=lambda one: one.number))
def test_every_order_is_within_the_schema(found: list[OpenOrder]) -> None:
    """Releases and records of any orders are valid, with dates that carry a zone."""
    assert faults(package(*found)) == []
    later = dt.timedelta(hours=1)
    histories = [
        [
            release(attrs.evolve(one, changed_at=one.changed_at + at * later), PUBLISHER)
            for at in (0, 1)
        ]
        for one in found
    ]
    told = record_package(histories, PUBLISHER, "https://contoh.id/ocds/r.json", AT)
    assert faults(told, "record") == []


def test_an_order_is_told_as_in_the_example() -> None:
    """What the checked example says of an order, ours says of the same one (vector EC-53)."""
    assert faults(EXAMPLE) == []
    ours, theirs = release(ORDER, PUBLISHER), copy.deepcopy(EXAMPLE["releases"][0])
    for part in ("ocid", "id", "date", "initiationType", "parties", "buyer", "planning", "awards"):
        assert ours[part] == theirs[part], part
    del theirs["contracts"][0]["implementation"]["transactions"]
    assert ours["contracts"] == theirs["contracts"]
    assert theirs["tender"].items() <= ours["tender"].items()
    assert ours["relatedProcesses"] == theirs["relatedProcesses"]


@pytest.mark.parametrize("state", OPEN_STATES)
def test_each_state_has_its_words(state: str) -> None:
    """The statuses of tender, award and contract follow the table of states."""
    told = release(attrs.evolve(ORDER, state=state, reason="Penyedia tidak menjawab"), PUBLISHER)
    wanted = {
        "waiting": ("award", "active", "pending"),
        "cancelled": ("awardCancellation", "cancelled", "cancelled"),
        "accepted": ("contractUpdate", "active", "active"),
        "amended": ("contractAmendment", "active", "active"),
        "delivered": ("implementation", "active", "active"),
        "paid": ("implementationUpdate", "active", "active"),
        "finished": ("contractTermination", "active", "terminated"),
        "stopped": ("contractTermination", "active", "terminated"),
    }[state]
    assert (told["tag"][0], told["awards"][0]["status"], told["contracts"][0]["status"]) == wanted
    assert told["tender"]["status"] == "complete"
    assert ("statusDetails" in told["contracts"][0]) == (state in ("cancelled", "stopped"))


def test_a_payment_is_a_transaction_by_its_sp2d() -> None:
    """Its number is the id (EC-57); without any the list is left out."""
    assert "transactions" not in release(ORDER, PUBLISHER)["contracts"][0]["implementation"]
    payment = OpenPayment("00123/SP2D/2026", dt.date(2026, 12, 7), 11_100_000)
    paid = attrs.evolve(ORDER, state=PAID, payments=(payment,))
    [told] = release(paid, PUBLISHER)["contracts"][0]["implementation"]["transactions"]
    assert (told["id"], told["date"]) == ("00123/SP2D/2026", "2026-12-07T00:00:00+07:00")
    assert told["payee"]["id"] == "ID-NIB-1234567890123"


def test_the_schemas_refuse_what_they_must() -> None:
    """The validator of these tests sees faults (EC-54 to EC-56, EC-59)."""

    def broken(change: Any) -> list[str]:
        one = copy.deepcopy(EXAMPLE)
        change(one["releases"][0], one)
        return faults(one)

    def spoil(told: dict[str, Any], _whole: Any) -> None:
        del told["ocid"]
        told["initiationType"] = "catalogue"
        del told["contracts"][0]["awardID"]

    assert len(broken(spoil)) == 3
    completed = broken(lambda told, _whole: told["contracts"][0].update(status="completed"))
    assert len(completed) == 1
    assert broken(lambda told, _whole: told["contracts"][0].update(status="terminated")) == []
    assert len(broken(lambda _told, whole: whole.update(version="1.1.5"))) == 1
    assert len(broken(lambda told, _whole: told.update(date="2026-11-24"))) == 1


def test_the_order_that_waits_is_pending_until_it_is_signed() -> None:
    """Before the vendor has signed there is no day of signature."""
    told = release(attrs.evolve(ORDER, state=WAITING, signed_at=None), PUBLISHER)
    assert "dateSigned" not in told["contracts"][0]


def test_a_natural_person_has_no_number_of_the_state() -> None:
    """A vendor who is no firm is told by an id of the catalogue: no NIB is in it."""
    person = attrs.evolve(ORDER, vendor=OpenVendor("0192", "", "UD Contoh Gula Aren", "mikro"))
    told = release(person, PUBLISHER)
    assert "NIB" not in json.dumps(told)
    assert faults(package(person)) == []


def test_releases_of_one_second_have_ids_of_their_own() -> None:
    """The second of them bears its place; ids of one process are unique."""
    first, second = (release(attrs.evolve(ORDER, place=place), PUBLISHER) for place in (0, 1))
    assert second["id"] == f"{first['id']}-1"
