"""Legal holds: by case, several at once, by name or by question, and never got around."""

import datetime as dt
import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import move_unit
from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    StaleEditError,
)
from leuit.work import Leuit
from leuit_archives.models import Hold, HoldItem
from leuit_archives.pages import holds as hold_pages
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.holds import (
    HoldQuestion,
    begin_hold,
    end_hold,
    find_hold,
    held_by,
    hold_things,
    holds_of,
    listed_holds,
    shows_words,
)
from leuit_archives.service.moving import standings
from leuit_archives.service.record_access import find_dossier
from tests.archives.ending import Ending, ending
from tests.support.client import Client


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def ended(end: Ending, hold: Hold) -> None:
    with end.app.change(end.who["legal"]) as work:
        version = work.session.get_one(Hold, hold.id).version
        end_hold(work, hold.id, version, "Perkara putus")


def test_it_is_free_only_when_all_holds_have_ended(end: Ending) -> None:
    """AR-25: under two holds, the first ends, still refused; both rows stay to be seen."""
    dossier = end.dossier()
    first, second = end.hold("1/Pdt/2026", dossier), end.hold("2/Tipikor/2026", dossier)
    for hold in (first, second):
        with pytest.raises(ConflictError, match="Ditahan"):
            end.proposed(dossier)
        ended(end, hold)
    end.proposed(dossier)
    with end.app.read(end.who["legal"]) as view:
        found = listed_holds(view)
    assert [(one.hold.end_reason, one.count) for one in found] == [("Perkara putus", 0)] * 2


def test_one_record_under_a_hold_keeps_its_dossier(end: Ending) -> None:
    """Wherever it lies: a file is destroyed whole or not at all."""
    dossier = end.dossier()
    record = end.records_of(dossier)[1]
    hold = end.hold("3/Pdt/2026", records=[record.id])
    with pytest.raises(ConflictError, match="Ditahan"):
        end.proposed(dossier)
    with end.app.read(end.room.archivist) as view:
        assert [one.id for one in holds_of(view, find_dossier(view, dossier))] == [hold.id]
        assert [one.id for one in held_by(view, hold, 9)] == [dossier]


def test_a_hold_that_begins_late_stops_the_execution(end: Ending) -> None:
    """After both have confirmed: what is held by the last check stays, the rest ends."""
    held, free = end.dossier(), end.dossier()
    [disposal] = end.proposed(held, free)
    end.through(disposal)
    end.hold("4/Pdt/2026", held)
    end.work_off()
    assert {one.dossier_id: one.outcome for one in end.items(disposal)} == {
        held: "hold",
        free: "destroyed",
    }
    assert end.state(held) == "inactive"
    assert all(end.room.record(one.id) for one in end.records_of(held))


@pytest.mark.parametrize(
    "question,reached",
    [
        (HoldQuestion(code="000.1"), True),
        (HoldQuestion(code="000.1.3"), True),
        (HoldQuestion(code="000.1.30"), False),
        (HoldQuestion(code="900"), False),
        (HoldQuestion(words="berkas"), True),
        (HoldQuestion(words="SURAT"), True),
        (HoldQuestion(words="hibah"), False),
        (HoldQuestion(since=dt.date(2011, 1, 1), until=dt.date(2011, 1, 2)), True),
        (HoldQuestion(since=dt.date(2013, 1, 1)), False),
        (HoldQuestion(until=dt.date(2009, 1, 1)), False),
        (HoldQuestion(code="000.1", words="hibah"), False),
    ],
)
def test_a_question_holds_what_it_fits_now_and_later(
    end: Ending, question: HoldQuestion, reached: bool
) -> None:
    """By code and what is below it, by words of dossier or record, by days; all must fit."""
    before = end.dossier()
    with end.app.change(end.room.office.identity("admin")) as work:
        hold = begin_hold(work, "5/Pdt/2026", "Semua tentang itu", question)
    after = end.dossier()
    with end.app.read(end.room.office.identity("admin")) as view:
        found = {one.id for one in held_by(view, hold, 9)}
    assert found == ({before, after} if reached else set())


def test_a_question_of_a_unit(end: Ending) -> None:
    """Everything of unit X; over all units only who may hold in all of them asks."""
    mine, other = end.dossier(), end.dossier(unit=end.room.other_unit)
    question = HoldQuestion(unit_id=end.room.unit)
    with end.app.change(end.who["legal"]) as work:
        hold = begin_hold(work, "6/Pdt/2026", "Semua", question)
    with end.app.read(end.who["legal"]) as view:
        assert [one.id for one in held_by(view, hold, 9)] == [mine]
    assert other != mine
    with pytest.raises(PermissionDeniedError), end.app.change(end.room.archivist) as work:
        begin_hold(work, "7/Pdt/2026", "Semua", question)


def test_a_question_of_a_unit_reaches_below_it(end: Ending) -> None:
    """Its own and what lies below; what moves away while the hold runs is not let go by it."""
    mine, other = end.dossier(), end.dossier(unit=end.room.other_unit)
    far = end.dossier(unit=end.room.office.unit("KEC"), inactive=False)
    question = HoldQuestion(unit_id=end.root)
    with end.app.change(end.who["legal"]) as work:
        hold = begin_hold(work, "8/Pdt/2026", "Semua", question)
    assert reach_of(end, hold) == {mine, other}
    with end.app.change(SYSTEM) as work:
        move_unit(work, end.room.other_unit, end.room.office.unit("KEC"), work.today)
    end.app.clock.advance(dt.timedelta(days=9))  # type: ignore[attr-defined]  # tests set it
    assert reach_of(end, hold) == {mine, other}
    with end.app.change(end.who["legal"]) as work:
        later = begin_hold(work, "9/Pdt/2026", "Semua", question)
    assert reach_of(end, later) == {mine}
    assert far not in reach_of(end, hold)


def reach_of(end: Ending, hold: Hold) -> set[UUID]:
    with end.app.read(SYSTEM) as view:
        return {one.id for one in held_by(view, hold, 9)}


@pytest.mark.parametrize(
    "changes,field",
    [
        ({"case_number": " "}, "case_number"),
        ({"reason": ""}, "reason"),
        ({"question": HoldQuestion()}, "words"),
        ({"question": HoldQuestion(words=" ")}, "words"),
        ({"question": HoldQuestion(code="abc def")}, "code"),
        (
            {"question": HoldQuestion(since=dt.date(2020, 1, 2), until=dt.date(2020, 1, 1))},
            "until",
        ),
    ],
)
def test_a_wrong_hold_begins_nothing(end: Ending, changes: dict[str, Any], field: str) -> None:
    """The field is named; a question that narrows nothing would hold the whole archive."""
    values: dict[str, Any] = {"case_number": "8/Pdt/2026", "reason": "Perkara", **changes}
    with pytest.raises(InvalidInputError) as refused, end.app.change(end.who["legal"]) as work:
        begin_hold(work, **values)
    assert [one.path for one in refused.value.fields] == [field]


def test_a_hold_ends_once_with_a_reason(end: Ending) -> None:
    """Not twice, not on an older picture, not without a reason, and nothing is added after."""
    dossier = end.dossier()
    hold = end.hold("9/Pdt/2026", dossier)
    with pytest.raises(StaleEditError), end.app.change(end.who["legal"]) as work:
        end_hold(work, hold.id, 9, "Putus")
    with pytest.raises(InvalidInputError), end.app.change(end.who["legal"]) as work:
        end_hold(work, hold.id, hold.version, " ")
    with pytest.raises(PermissionDeniedError), end.app.change(end.room.archivist) as work:
        end_hold(work, hold.id, hold.version, "Putus")
    ended(end, hold)
    with pytest.raises(ConflictError):
        ended(end, hold)
    with pytest.raises(ConflictError), end.app.change(end.who["legal"]) as work:
        hold_things(work, hold.id, [dossier])


def test_what_is_destroyed_cannot_be_held(end: Ending) -> None:
    """There is nothing left to hold; the proof is told instead."""
    dossier = end.dossier()
    [disposal] = end.proposed(dossier)
    end.through(disposal)
    end.work_off()
    with pytest.raises(ConflictError, match="dimusnahkan"):
        end.hold("10/Pdt/2026", dossier)


def test_no_correction_takes_a_record_out_of_a_hold(end: Ending) -> None:
    """Its words, day, code and dossier stay while it is held; its number may be mended."""
    dossier = end.dossier(inactive=False)
    record = end.records_of(dossier)[0]
    end.hold("11/Pdt/2026", dossier)
    for wanted in (Correction(title="Lain"), Correction(date=dt.date(2012, 1, 1))):
        with (
            pytest.raises(ConflictError, match="ditahan"),
            end.app.change(end.room.archivist) as work,
        ):
            correct_record(work, record.id, record.version, wanted, "Salah")
    with end.app.change(end.room.archivist) as work:
        correct_record(work, record.id, record.version, Correction(number="7"), "Salah")


def secret_reach(end: Ending) -> tuple[UUID, UUID]:
    """A dossier with an open record and a secret one that alone says "Santet"; the hold of it."""
    dossier = end.dossier(records=1, inactive=False, closed=None)
    end.filed_into(dossier, secrecy="secret", source="uji.lain", title="Santet di pasar")
    question = HoldQuestion(unit_id=end.root, words="santet")
    with end.app.change(end.who["legal"]) as work:
        return dossier, begin_hold(work, "12/Pdt/2026", "Semua", question).id


def test_a_question_tells_nobody_of_secret_titles(end: Ending) -> None:
    """It holds what it fits; who may not read the title learns neither words, count nor dossier."""
    dossier, hold_id = secret_reach(end)
    with end.app.read(end.who["legal"]) as view:
        hold = find_hold(view, hold_id)  # his own
        assert ([one.count for one in listed_holds(view)], held_by(view, hold, 9)) == ([0], [])
        assert holds_of(view, find_dossier(view, dossier)) == []
        [standing] = standings(view, [dossier])
        assert (standing.held, shows_words(view, hold)) == (True, True)
    with end.app.read(end.room.archivist) as view:
        assert (listed_holds(view), shows_words(view, hold)) == ([], False)
        with pytest.raises(NotFoundError):
            find_hold(view, hold_id)
    end.cleared("legal")
    end.cleared("keeper")
    for who in ("legal", "keeper"):
        with end.app.read(end.who[who]) as view:
            assert [one.count for one in listed_holds(view)] == [1]
            assert [one.id for one in held_by(view, hold, 9)] == [dossier]
            assert shows_words(view, hold)
    version = end.records_of(dossier)[1].version
    with pytest.raises(ConflictError), end.app.change(SYSTEM) as work:
        one = end.records_of(dossier)[1].id
        correct_record(work, one, version, Correction(title="Lain"), "Salah")


@pytest.mark.ci
def test_one_record_is_held_from_its_page(end: Ending, client: Client) -> None:
    """By who may hold; and what a hold reaches is listed page by page."""
    dossier = end.dossier(inactive=False)
    record = end.records_of(dossier)[1]
    new = f"/archives/holds/new?record={record.id}"
    with client.as_(end.room.archivist):
        assert new not in client.get(f"/archives/records/{record.id}").text
    with client.as_(end.who["legal"]):
        assert new in client.get(f"/archives/records/{record.id}").text
        assert record.title in client.get(new).text
        form = {"case_number": "13/Pdt/2026", "reason": "Perkara", "record": str(record.id)}
        answer = client.post_form("/archives/holds/new", form)
        assert answer.status_code == 303
        assert str(dossier) in client.get(answer.headers["location"]).text
    with end.app.read(SYSTEM) as view:
        [item] = view.session.scalars(select(HoldItem)).all()
    assert (item.record_id, item.dossier_id) == (record.id, None)


@pytest.mark.ci
def test_what_a_hold_reaches_goes_on_over_pages(
    end: Ending, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each dossier once, the newest first."""
    monkeypatch.setattr(hold_pages, "PAGE_SIZE", 2)
    dossiers = [end.dossier(records=0, closed=None) for _ in range(3)]
    hold = end.hold("14/Pdt/2026", *dossiers)
    shown: list[str] = []
    path = f"/archives/holds/{hold.id}"
    with client.as_(end.who["legal"]):
        while path:
            page = client.get(path).text
            shown += re.findall(r"/archives/dossiers/([^/]+)/retention", page)
            path = next(iter(re.findall(r'rel="next" href="([^"]+)"', page)), "")
    assert shown == [str(one) for one in reversed(dossiers)]
