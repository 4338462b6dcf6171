"""Sanctions: recorded under an edition, holding by their dates alone, lifted, told of at night."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
import pytest

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
)
from leuit.work import Leuit, Worker
from leuit_ecatalog.events import VendorChanged
from leuit_ecatalog.models import Sanction, Vendor
from leuit_ecatalog.rules.sanctions import EXAMPLE
from leuit_ecatalog.service.membership import may_sell, selling, shown
from leuit_ecatalog.service.sanction_rules import KIND, NAME
from leuit_ecatalog.service.sanctions import (
    TURN,
    Decided,
    effects_on,
    find_sanction,
    held_sanctions,
    lift_sanction,
    receive_decree,
    record_sanction,
    sanctioned_vendors,
    turning_on,
)
from leuit_ecatalog.service.vendor_listing import VendorFilter, count_vendors
from tests.ecatalog.shop_office import KERTAS, ShopOffice, picture, png, shop_office

TODAY = dt.date(2026, 10, 5)
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(app: Leuit) -> ShopOffice:
    """The regency."""
    return shop_office(app)


def sells(office: ShopOffice, vendor_id: UUID, on: dt.date) -> bool:
    """Whether it may sell that day, by the question about one and by the list."""
    with office.app.read(SYSTEM) as view:
        one = may_sell(view, vendor_id, on)
        assert (vendor_id in view.session.scalars(selling(on)).all()) == one
        return one


def is_shown(office: ShopOffice, vendor_id: UUID, on: dt.date) -> bool:
    """Whether its products are shown that day."""
    with office.app.read(SYSTEM) as view:
        return vendor_id in view.session.scalars(shown(on)).all()


def test_it_holds_by_its_dates(office: ShopOffice) -> None:
    """EC-50: from its first day until its end no orders, whether anybody acts or not."""
    who = office.active("siaga@contoh.id")
    vendor_id = office.vendor(who).id
    since = TODAY + 3 * DAY
    office.sanction(who, "pesanan", since)
    end = dt.date(2027, 4, 8)
    days = {
        TODAY: True,
        since - DAY: True,
        since: False,
        end - DAY: False,
        end: True,
    }
    for day, may in days.items():
        assert sells(office, vendor_id, day) is may
        assert is_shown(office, vendor_id, day)


@pytest.mark.parametrize(
    "kind,stops",
    [
        ("pesanan", {"no_orders"}),
        ("kontrak", {"no_orders", "taken_down"}),
        ("palsu", {"no_orders", "taken_down", "blocked"}),
    ],
)
def test_it_stops_what_its_kind_says(office: ShopOffice, kind: str, stops: set[str]) -> None:
    """Effects are those of the edition; what takes down or blocks is no longer shown."""
    who = office.active("siaga@contoh.id")
    vendor_id = office.vendor(who).id
    office.sanction(who, kind, TODAY)
    with office.app.read(SYSTEM) as view:
        assert effects_on(view, vendor_id, TODAY) == stops
        assert sanctioned_vendors(view, [vendor_id], TODAY) == {vendor_id}
    assert is_shown(office, vendor_id, TODAY) == (stops == {"no_orders"})
    assert not sells(office, vendor_id, TODAY)
    with office.app.read(office.reader) as view:
        assert count_vendors(view, VendorFilter("sanksi")) == 1


def test_who_waits_or_is_a_draft_sells_nothing(office: ShopOffice) -> None:
    """EC-50: a registration that waits may not sell; neither may a draft or nobody."""
    draft = office.open("draf@contoh.id")
    waiting = office.open("jasa@contoh.id")
    office.fill(waiting)
    office.send(waiting)
    for who in (draft, waiting):
        assert not sells(office, office.vendor(who).id, TODAY)
    assert not sells(office, UUID(int=7), TODAY)


def test_lifted_it_no_longer_holds(office: ShopOffice) -> None:
    """From the day on which it is lifted the vendor sells again; it is lifted once, in its time."""
    who = office.active("siaga@contoh.id")
    vendor_id = office.vendor(who).id
    sanction_id = office.sanction(who, "kontrak", TODAY - 10 * DAY)

    def lift(on: dt.date, reason: str = "Barang sudah dikirim.") -> None:
        with office.app.change(office.manager) as work:
            version = work.session.get_one(Vendor, vendor_id).version
            lift_sanction(work, sanction_id, version, on, reason)

    for day, reason, path in (
        (TODAY - DAY, "Alasan.", "on"),
        (dt.date(2027, 9, 25), "Alasan.", "on"),
        (TODAY, " ", "reason"),
    ):
        with pytest.raises(InvalidInputError) as caught:
            lift(day, reason)
        assert [fault.path for fault in caught.value.fields] == [path]
    lift(TODAY + DAY)
    assert not sells(office, vendor_id, TODAY)
    assert sells(office, vendor_id, TODAY + DAY)
    with pytest.raises(ConflictError):
        lift(TODAY + 2 * DAY)
    with office.app.read(office.reader) as view:
        sanction, vendor = find_sanction(view, sanction_id)
        assert (sanction.lifted_by, vendor.id) == (office.manager.person_id, vendor_id)
        assert held_sanctions(view, vendor_id, TODAY + DAY) == []


def test_one_that_has_ended_is_not_lifted(office: ShopOffice) -> None:
    """Its time is over: there is nothing to lift."""
    who = office.active("siaga@contoh.id")
    sanction_id = office.sanction(who, "pesanan", TODAY - 30 * DAY, TODAY)
    vendor = office.vendor(who)
    with pytest.raises(ConflictError), office.app.change(office.manager) as work:
        lift_sanction(work, sanction_id, vendor.version, TODAY, "Alasan.")


def test_what_is_wrong_with_a_decree_is_told_at_once(office: ShopOffice) -> None:
    """No number, no reason, an unknown kind and an end before the beginning: four faults."""
    who = office.active("siaga@contoh.id")
    vendor = office.vendor(who)
    file = picture(office.app)
    bad = Decided("?", " ", " ", TODAY, TODAY)
    with (
        pytest.raises(InvalidInputError) as caught,
        office.app.change(office.manager) as work,
    ):
        record_sanction(work, vendor.id, vendor.version, bad, file)
    assert {fault.path for fault in caught.value.fields} == {"decree", "reason", "kind", "until"}


def test_it_needs_an_edition_and_an_active_vendor(office: ShopOffice) -> None:
    """Before the first edition nothing can be set, and never on a draft."""
    who = office.active("siaga@contoh.id")
    with pytest.raises(ConflictError):
        office.sanction(who, "pesanan", dt.date(2025, 12, 31))
    with pytest.raises(ConflictError):
        office.sanction(office.open("draf@contoh.id"), "pesanan", TODAY)


def test_who_may_record_and_read(office: ShopOffice) -> None:
    """Recording takes the permission for the whole region, reading the other one; nobody else's
    file is even stored.
    """
    who = office.active("siaga@contoh.id")
    sanction_id = office.sanction(who, "pesanan", TODAY)
    vendor = office.vendor(who)
    file = picture(office.app)
    decided = Decided("pesanan", "1", "Alasan.", TODAY)
    for asker in (office.plain, office.reader, office.local, who):
        with pytest.raises(PermissionDeniedError), office.app.change(asker) as work:
            record_sanction(work, vendor.id, vendor.version, decided, file)
        with pytest.raises(PermissionDeniedError):
            receive_decree(office.app, asker, "a.png", png())
    for asker in (office.plain, office.local, who):
        with pytest.raises(PermissionDeniedError), office.app.read(asker) as view:
            find_sanction(view, sanction_id)
    with pytest.raises(NotFoundError), office.app.read(office.reader) as view:
        find_sanction(view, UUID(int=5))


def test_the_night_tells_of_what_begins_and_ends(office: ShopOffice) -> None:
    """On the day a sanction begins, ends or is lifted its vendor is told of, on no other day."""
    who = office.active("siaga@contoh.id")
    vendor_id = office.vendor(who).id
    sanction_id = office.sanction(who, "pesanan", TODAY + 3 * DAY)
    with office.app.change(office.manager) as work:
        version = office.vendor(who).version
        lift_sanction(work, sanction_id, version, TODAY + 20 * DAY, "Selesai.")
    with office.app.read(SYSTEM) as view:
        told = [
            (TODAY + days * DAY)
            for days in range(-5, 220)
            if turning_on(view, TODAY + days * DAY) == [vendor_id]
        ]
    assert told == [TODAY + 3 * DAY, TODAY + 20 * DAY, dt.date(2027, 4, 8)]


def test_the_nightly_job_is_of_the_day_it_was_meant_for(
    office: ShopOffice, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The job of a night tells of that night's turns, also when it runs a day later."""
    vendor_id = office.vendor(who := office.active("siaga@contoh.id")).id
    office.sanction(who, "pesanan", TODAY + DAY)
    events: list[Any] = []
    monkeypatch.setattr("leuit.work.unit.Work.emit", lambda _work, event: events.append(event))
    night = dt.datetime(2026, 10, 5, 17, 5, tzinfo=dt.UTC)  # 00.05 WIB of the next day
    clock.advance(2 * DAY)
    for moment in (night - DAY, night, night + DAY):
        with office.app.change(SYSTEM) as work:
            work.enqueue(TURN, {"scheduled_for": moment.isoformat()})
        Worker(office.app, name="test").run_pending(raise_errors=True)
    told = [event.vendor_id for event in events if isinstance(event, VendorChanged)]
    assert told == [str(vendor_id)]


def test_every_change_that_is_seen_is_told(
    office: ShopOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Becoming active, a sanction, and lifting it tell of the vendor; a draft tells nothing."""
    events: list[Any] = []
    monkeypatch.setattr("leuit.work.unit.Work.emit", lambda _work, event: events.append(event))
    who = office.open("siaga@contoh.id")
    office.fill(who)
    office.send(who)
    assert not [event for event in events if isinstance(event, VendorChanged)]
    vendor_id = office.vendor(who).id
    office.judge(who)
    sanction_id = office.sanction(who, "pesanan", TODAY)
    with office.app.change(office.manager) as work:
        lift_sanction(work, sanction_id, office.vendor(who).version, TODAY, "Selesai.")
    told = [event.vendor_id for event in events if isinstance(event, VendorChanged)]
    assert told == [str(vendor_id)] * 3


def test_another_edition_moves_what_follows(office: ShopOffice) -> None:
    """Nine months and a stop of what is shown, from an edition of another day on; what was decided
    before keeps what its own edition said.
    """
    first, second = office.active("satu@contoh.id"), office.active("dua@contoh.id", KERTAS)
    before = office.sanction(first, "pesanan", TODAY)
    changed = attrs.evolve(EXAMPLE.kinds[0], months=9, effects=("no_orders", "taken_down"))
    body = KIND.unstructure(attrs.evolve(EXAMPLE, kinds=(changed, *EXAMPLE.kinds[1:])))
    with office.app.change(SYSTEM) as work:
        draft = Draft("Contoh kedua", "Perpres contoh", "unverified", TODAY + DAY, body)
        seed_edition(work, NAME, draft)
    after = office.sanction(second, "pesanan", TODAY + DAY)
    with office.app.read(SYSTEM) as view:
        kept, moved = (view.session.get_one(Sanction, one) for one in (before, after))
        assert (kept.until, kept.takes_down) == (dt.date(2027, 4, 5), False)
        assert (moved.until, moved.takes_down) == (dt.date(2027, 7, 6), True)
        assert kept.edition_id != moved.edition_id


def test_the_decision_keeps_its_edition(office: ShopOffice) -> None:
    """The sanction names the edition under which it was decided, and its file."""
    who = office.active("siaga@contoh.id")
    sanction_id = office.sanction(who, "mundur", TODAY)
    with office.app.read(SYSTEM) as view:
        sanction = view.session.get_one(Sanction, sanction_id)
        assert sanction.until == dt.date(2027, 10, 5)
        assert sanction.media_type == "image/png"
        assert office.app.blobs.get(sanction.sha256 or "") == png()
