"""DPA, SPD and TPP base amounts by program: tried without a change, stored once, and read."""

from collections.abc import Mapping
from typing import Any

import pytest
from sqlalchemy import func, select

from leuit.builtin.organisation import grant_role
from leuit.identity import SYSTEM, Person
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_sp2d.models import Dpa, Spd, TppBase
from leuit_sp2d.rules.chain import DRAFT, TEST
from tests.sp2d.budget_office import dpa_file
from tests.sp2d.programs import Programs
from tests.sp2d.treasury import (
    ACCOUNT,
    ACTIVITY,
    OTHER_ACCOUNT,
    SKPD_CODE,
    YEAR,
    Treasury,
    pockets,
    treasury,
    walked,
)
from tests.support.client import Client

pytestmark = pytest.mark.ci
NIP = "198703142010012011"
TPP = f"nip,nama,nominal,berlaku_sejak,dasar_keputusan\n{NIP},Pegawai A,%s,2026-01-01,Perbup 5\n"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


@pytest.fixture
def programs(office: Treasury, client: Client) -> Programs:
    """Everybody's programs."""
    return Programs(client, office)


def test_a_dpa_is_tried_and_stored_once(office: Treasury, programs: Programs) -> None:
    """The report tells every line and changes none; the same file again is the same edition."""
    keeper = office.keeper
    sent = dpa(office, {(ACTIVITY, ACCOUNT): 120_000_000, (ACTIVITY, OTHER_ACCOUNT): 100_000_000})
    tried = programs.done(keeper, "POST", "/budget/dpa/try", **sent)
    assert (tried["before"], tried["total"], tried["stored_as"]) == (200_000_000, 220_000_000, None)
    assert tried["counts"]["ditolak"] == 0
    assert len(tried["rows"]) == 2
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)
    with_digest = dpa_with(sent, digest=tried["digest"])
    stored = programs.done(keeper, "POST", "/budget/dpa", **with_digest, key="dpa-2")
    assert (stored["sequence"], stored["known_before"]) == (2, False)
    assert programs.done(keeper, "POST", "/budget/dpa", **with_digest, key="dpa-2") == stored
    again = programs.done(keeper, "POST", "/budget/dpa", **with_digest, key="dpa-2-lagi")
    assert (again["id"], again["known_before"]) == (stored["id"], True)
    assert programs.done(keeper, "POST", "/budget/dpa/try", **sent)["stored_as"] == stored["id"]
    assert pockets(office, office.line) == (20_000_000, 100_000_000, 0, 0)
    with office.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(Dpa)) == 2


def test_refused_rows_of_a_dpa_are_named(office: Treasury, programs: Programs) -> None:
    """By number and column; nothing is stored, nor what is not as it was reported."""
    keeper = office.keeper
    sent = dpa(office, {(ACTIVITY, ACCOUNT): "1.5", (ACTIVITY, OTHER_ACCOUNT): 100_000_000})
    tried = programs.done(keeper, "POST", "/budget/dpa/try", **sent)
    [faulty] = [row for row in tried["rows"] if row["status"] == "ditolak"]
    assert [fault["column"] for fault in faulty["faults"]] == ["pagu"]
    answer = programs.call(keeper, "POST", "/budget/dpa", **sent)
    assert (answer.status_code, answer.json()["code"]) == (422, "refused_rows")
    assert [one["path"] for one in answer.json()["errors"]] == [f"rows[{faulty['row']}].pagu"]
    good = dpa(office, {(ACTIVITY, ACCOUNT): 1, (ACTIVITY, OTHER_ACCOUNT): 100_000_000})
    answer = programs.call(keeper, "POST", "/budget/dpa", **dpa_with(good, digest="lain"))
    assert (answer.status_code, answer.json()["code"]) == (409, "changed_report")
    wrong = dpa_with(good, stage="??", number="")
    answer = programs.call(keeper, "POST", "/budget/dpa/try", **wrong)
    assert {one["path"] for one in answer.json()["errors"]} == {"stage", "number"}
    none = good | {"files": {"file": ("dpa.csv", b"bukan tabel", "text/csv")}}
    answer = programs.call(keeper, "POST", "/budget/dpa/try", **none)
    assert [one["path"] for one in answer.json()["errors"]] == ["file"]
    for who in (office.people[DRAFT], office.stranger):
        assert programs.call(who, "POST", "/budget/dpa/try", **good).status_code == 403
    with office.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(Dpa)) == 1


def test_an_spd_is_released_by_share_and_by_file(office: Treasury, programs: Programs) -> None:
    """What is not released yet becomes free, no line more than it has left, a number once."""
    keeper = office.keeper
    lines = {(ACTIVITY, ACCOUNT): 200_000_000, (ACTIVITY, OTHER_ACCOUNT): 100_000_000}
    programs.done(keeper, "POST", "/budget/dpa", **dpa(office, lines))
    share = spd(office, "SPD/2", percent="25")
    tried = programs.done(keeper, "POST", "/budget/spd/share/try", json=share)
    assert (tried["total"], tried["counts"]["baru"]) == (50_000_000, 1)
    assert pockets(office, office.line) == (100_000_000, 100_000_000, 0, 0)
    issued = programs.done(
        keeper, "POST", "/budget/spd/share", json=share | {"digest": tried["digest"]}
    )
    assert not issued["known_before"]
    again = programs.done(keeper, "POST", "/budget/spd/share", json=share)
    assert (again["id"], again["known_before"]) == (issued["id"], True)
    other = programs.call(keeper, "POST", "/budget/spd/share", json=share | {"quarter": 3})
    assert (other.status_code, other.json()["code"]) == (409, "number_taken")
    form = {"data": spd(office, "SPD/3"), "files": spd_file(60_000_000)}
    tried = programs.done(keeper, "POST", "/budget/spd/try", **form)
    assert [fault["code"] for fault in tried["rows"][0]["faults"]] == ["above_unreleased"]
    assert programs.call(keeper, "POST", "/budget/spd", **form).status_code == 422
    form["files"] = spd_file(40_000_000)
    programs.done(keeper, "POST", "/budget/spd", **form, key="spd-3")
    assert pockets(office, office.line) == (10_000_000, 190_000_000, 0, 0)
    wrong = programs.call(keeper, "POST", "/budget/spd/share/try", json=share | {"percent": "0"})
    assert [one["path"] for one in wrong.json()["errors"]] == ["percent"]
    refused = programs.call(office.people[DRAFT], "POST", "/budget/spd/share", json=share)
    assert refused.status_code == 403
    with office.app.read(SYSTEM) as view:
        numbers = set(view.session.scalars(select(Spd.number)))
    assert {"SPD/2", "SPD/3"} < numbers  # beside that of the treasury
    assert len(numbers) == 3


def test_editions_of_a_dpa_are_listed_and_read(office: Treasury, programs: Programs) -> None:
    """The last one first, which alone is active; each keeps what it gave to every line."""
    keeper = office.keeper
    lines = {(ACTIVITY, ACCOUNT): 120_000_000, (ACTIVITY, OTHER_ACCOUNT): 100_000_000}
    stored = programs.done(keeper, "POST", "/budget/dpa", **dpa(office, lines))
    listed = programs.done(keeper, "GET", f"/budget/dpa?unit={office.unit}&year={YEAR}&limit=1")
    [last] = listed["items"]
    assert (last["id"], last["sequence"], last["active"]) == (stored["id"], 2, True)
    assert (last["unit_id"], last["stage"], last["total"]) == (str(office.unit), "P", 220_000_000)
    rest = programs.done(keeper, "GET", f"/budget/dpa?limit=1&cursor={listed['next']}")
    [first] = rest["items"]
    assert (first["sequence"], first["active"], rest["next"]) == (1, False, None)
    for narrow in (f"unit={office.sibling}", f"year={YEAR - 1}"):
        assert programs.done(keeper, "GET", f"/budget/dpa?{narrow}")["items"] == []
    shown = programs.done(keeper, "GET", f"/budget/dpa/{last['id']}?limit=1")
    [line] = shown["lines"]
    assert {name: shown[name] for name in last} == last
    assert (line["id"], line["account"], line["amount"]) == (
        str(office.line),
        ACCOUNT,
        120_000_000,
    )
    path = f"/budget/dpa/{last['id']}?limit=1&cursor={shown['next']}"
    shown = programs.done(keeper, "GET", path)
    assert [one["id"] for one in shown["lines"]] == [str(office.other_line)]
    assert shown["next"] is None
    before = programs.done(keeper, "GET", f"/budget/dpa/{first['id']}")
    assert [one["amount"] for one in before["lines"]] == [100_000_000, 100_000_000]
    read_elsewhere(office)
    assert programs.done(office.stranger, "GET", "/budget/dpa")["items"] == []
    assert programs.call(office.stranger, "GET", f"/budget/dpa/{last['id']}").status_code == 404


def test_an_spd_tells_what_is_left_of_its_lines(office: Treasury, programs: Programs) -> None:
    """What it released of each line, and where the money of these lines lies now."""
    keeper = office.keeper
    lines = {(ACTIVITY, ACCOUNT): 150_000_000, (ACTIVITY, OTHER_ACCOUNT): 100_000_000}
    programs.done(keeper, "POST", "/budget/dpa", **dpa(office, lines))
    form = {"data": spd(office, "SPD/2"), "files": spd_file(40_000_000)}
    issued = programs.done(keeper, "POST", "/budget/spd", **form)
    walked(office, TEST)  # its SPM holds 11.1 million of the line
    listed = programs.done(keeper, "GET", f"/budget/spd?unit={office.unit}&year={YEAR}")
    assert [one["number"] for one in listed["items"]] == ["SPD/2", "SPD/1/2026"]
    assert (listed["items"][0]["id"], listed["items"][0]["total"]) == (issued["id"], 40_000_000)
    assert programs.done(keeper, "GET", f"/budget/spd?unit={office.sibling}")["items"] == []
    shown = programs.done(keeper, "GET", f"/budget/spd/{issued['id']}")
    [line] = shown["lines"]
    left = {
        "ceiling": 150_000_000,
        "unreleased": 10_000_000,
        "free": 128_900_000,
        "reserved": 11_100_000,
        "spent": 0,
    }
    assert (line["id"], line["amount"], line["pockets"]) == (str(office.line), 40_000_000, left)
    assert (shown["pockets"], shown["quarter"], shown["next"]) == (left, 2, None)
    first = listed["items"][1]["id"]
    pages = [programs.done(keeper, "GET", f"/budget/spd/{first}?limit=1")]
    path = f"/budget/spd/{first}?limit=1&cursor={pages[0]['next']}"
    pages.append(programs.done(keeper, "GET", path))
    ids = [one["id"] for page in pages for one in page["lines"]]
    assert ids == [str(office.line), str(office.other_line)]
    assert {page["pockets"]["ceiling"] for page in pages} == {250_000_000}
    read_elsewhere(office)
    assert programs.done(office.stranger, "GET", "/budget/spd")["items"] == []
    assert programs.call(office.stranger, "GET", f"/budget/spd/{first}").status_code == 404


def test_base_amounts_are_tried_stored_and_listed(office: Treasury, programs: Programs) -> None:
    """Another amount of the same day is refused unless it shall replace the recorded one."""
    with office.app.change(SYSTEM) as work:
        work.session.add(Person(name="Pegawai A", nip=NIP))
        work.audit("core.unit.created", RecordRef("core.person", NIP, "contoh"))
    keeper = office.keeper
    tried = programs.done(keeper, "POST", "/tpp/bases/try", files=tpp_file(4_500_000))
    assert (tried["counts"]["baru"], tried["counts"]["ditolak"]) == (1, 0)
    form: dict[str, Any] = {"data": {"digest": tried["digest"]}, "files": tpp_file(4_500_000)}
    stored = programs.done(keeper, "POST", "/tpp/bases", **form, key="tpp-1")
    assert stored["counts"]["baru"] == 1
    assert programs.done(keeper, "POST", "/tpp/bases", **form, key="tpp-1") == stored
    same = programs.done(keeper, "POST", "/tpp/bases", files=tpp_file(4_500_000), key="tpp-2")
    assert same["counts"] == {"baru": 0, "berubah": 0, "sama": 1, "ditolak": 0}
    other = tpp_file(5_000_000)
    answer = programs.call(keeper, "POST", "/tpp/bases", files=other)
    assert [one["path"] for one in answer.json()["errors"]] == ["rows[2].nominal"]
    programs.done(keeper, "POST", "/tpp/bases", data={"replace": "true"}, files=other)
    listed = programs.done(keeper, "GET", "/tpp/bases?text=pegawai&limit=1")
    assert (listed["count"], listed["next"]) == (1, None)
    assert (listed["items"][0]["nip"], listed["items"][0]["amount"]) == (NIP, 5_000_000)
    assert programs.call(office.people[DRAFT], "GET", "/tpp/bases").status_code == 403
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(TppBase.amount)).all() == [5_000_000]


def read_elsewhere(office: Treasury) -> None:
    """The stranger reads payments and budget of another unit."""
    with office.app.change(SYSTEM) as work:
        grant_role(
            work,
            "sp2d.auditor",
            office.sibling,
            account_id=office.stranger.account_id,
            valid_from=work.today,
        )


def dpa(office: Treasury, lines: Mapping[tuple[str, str], int | str]) -> dict[str, Any]:
    """An edition of the tested unit as a form."""
    data = {
        "unit": str(office.unit),
        "year": f"{YEAR}",
        "stage": "P",
        "number": "DPA/2/2026",
        "dated": f"{YEAR}-09-01",
        "skpd_code": SKPD_CODE,
    }
    return {"data": data, "files": {"file": ("dpa.csv", dpa_file(lines), "text/csv")}}


def dpa_with(sent: dict[str, Any], **changes: str) -> dict[str, Any]:
    """The same form with other fields."""
    return sent | {"data": sent["data"] | changes}


def spd(office: Treasury, number: str, **changes: Any) -> dict[str, Any]:
    """The head of an SPD."""
    told = {"unit": str(office.unit), "year": YEAR, "quarter": 2, "number": number}
    return told | {"dated": f"{YEAR}-09-02"} | changes


def spd_file(amount: int) -> dict[str, Any]:
    """What is released of the first line."""
    text = f"sub_kegiatan,rekening,nilai\n{ACTIVITY},{ACCOUNT},{amount}\n"
    return {"file": ("spd.csv", text.encode(), "text/csv")}


def tpp_file(amount: int) -> dict[str, Any]:
    """The base amount of one person."""
    return {"file": ("tpp.csv", (TPP % amount).encode(), "text/csv")}
