"""Retention of dossiers: events with evidence, transfers with minutes, and changed schedules."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import func, select

from leuit.builtin.regulations import store_document
from leuit.identity import SYSTEM
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError
from leuit.work import Leuit
from leuit_archives.models import Dossier, DossierRule, Retention, RetentionEvent
from leuit_archives.service.dossiers import reopen_dossier
from leuit_archives.service.events import Happened, events_told, record_event
from leuit_archives.service.reapplying import changes_of, reapply
from leuit_archives.service.reckoning import RECKON
from leuit_archives.service.retention_desk import due_by_year, pile, pile_counts, unfiled_count
from leuit_archives.service.transfers import (
    call_off_transfer,
    due_for_transfer,
    prepare_transfer,
    sign_transfer,
    take_back,
)
from tests.archives.archive_room import put_in_force
from tests.archives.ending import CLOSED, Ending, ending
from tests.archives.keepers import table

DAY = dt.date(2013, 12, 31)


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def happened(end: Ending, dossier: UUID, on: dt.date = DAY, **changes: Any) -> None:
    words = {"kind": "tahun_anggaran_berakhir", "evidence": "LKPD 2013", **changes}
    told = Happened(happened_on=on, **words)
    with end.app.change(end.room.archivist) as work:
        record_event(work, dossier, told)


def test_an_event_starts_the_clock(end: Ending) -> None:
    """AR-21: without it never due; with it both deadlines follow, and the proof is kept."""
    dossier = end.dossier("000.1.2", inactive=False)
    waits = end.retention(dossier)
    assert (waits.next_step, waits.due_on) == ("event", None)
    assert waits.waits_for == "tahun_anggaran_berakhir"
    file = store_document(end.app, "lkpd.pdf", b"%PDF-1.7 lkpd")
    with end.app.change(end.room.archivist) as work:
        told = Happened("tahun_anggaran_berakhir", DAY)
        event = record_event(work, dossier, told, file)
        assert event.evidence_sha256 == file.sha256
    runs = end.retention(dossier)
    assert (runs.next_step, runs.due_on, runs.ends_on) == (
        "transfer",
        dt.date(2015, 12, 31),
        dt.date(2018, 12, 31),
    )


def test_a_later_row_corrects_an_event(end: Ending) -> None:
    """The date of the last row holds; the earlier one stays to be seen, with who recorded it."""
    dossier = end.dossier("000.1.2", inactive=False)
    happened(end, dossier)
    happened(end, dossier, dt.date(2014, 12, 31))
    assert end.retention(dossier).inactive_from == dt.date(2016, 12, 31)
    with end.app.read(end.room.archivist) as view:
        told = events_told(view, view.session.get_one(Dossier, dossier))
    assert [(one.happened_on.year, who) for one, who in told] == [
        (2014, "Staf A"),
        (2013, "Staf A"),
    ]


@pytest.mark.parametrize(
    "changes,field",
    [
        ({"kind": "gerhana"}, "kind"),
        ({"kind": "lain"}, "label"),
        ({"evidence": " "}, "evidence"),
        ({"evidence": "x" * 201}, "evidence"),
    ],
)
def test_an_event_without_its_proof_is_none(
    end: Ending, changes: dict[str, Any], field: str
) -> None:
    """Kind, label, date and evidence are all required; nothing is stored."""
    dossier = end.dossier("000.1.2", inactive=False)
    with pytest.raises(InvalidInputError) as refused:
        happened(end, dossier, **changes)
    assert [one.path for one in refused.value.fields] == [field]
    with pytest.raises(InvalidInputError):
        happened(end, dossier, dt.date(2030, 1, 1))
    with end.app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(RetentionEvent)) == 0


def test_transfer_needs_its_minutes(end: Ending) -> None:
    """Prepared it is still active; with the signed minutes inactive; called off it is free."""
    first, second = end.dossier(inactive=False), end.dossier(inactive=False)
    with end.app.change(end.who["proposer"]) as work:
        transfer = prepare_transfer(work, end.room.unit, [first])
        assert [one.id for one in due_for_transfer(work, end.room.unit)] == [second]
    assert end.state(first) == "active"
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        prepare_transfer(work, end.room.unit, [first])
    with pytest.raises(InvalidInputError), end.app.change(end.who["proposer"]) as work:
        sign_transfer(work, transfer.id, 1, attrs.evolve(end.paper(), file=None))
    paper = end.paper()
    with end.app.change(end.who["proposer"]) as work:
        sign_transfer(work, transfer.id, 1, paper)
    assert end.state(first) == "inactive"
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        call_off_transfer(work, transfer.id, 2, "Salah")
    with end.app.change(end.who["proposer"]) as work:
        other = prepare_transfer(work, end.room.unit, [second])
        call_off_transfer(work, other.id, 1, "Salah")
        assert [one.id for one in due_for_transfer(work, end.room.unit)] == [second]
    with pytest.raises(PermissionDeniedError), end.app.change(end.room.archivist) as work:
        prepare_transfer(work, end.room.unit, [second])


def test_inactive_becomes_active_again_only_outside_a_proposal(end: Ending) -> None:
    """And an inactive or proposed dossier is not opened again behind its back."""
    dossier = end.dossier()
    with end.app.change(end.who["proposer"]) as work:
        take_back(work, dossier, "Masih dipakai")
    assert (end.state(dossier), end.retention(dossier).next_step) == ("active", "transfer")
    end.transferred(dossier)
    end.proposed(dossier)
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        take_back(work, dossier, "Masih dipakai")
    with pytest.raises(ConflictError), end.app.change(end.room.archivist) as work:
        version = work.session.get_one(Dossier, dossier).version
        reopen_dossier(work, dossier, version, "Masih dipakai")


def test_the_longest_period_of_a_mixed_file_counts(end: Ending) -> None:
    """A dossier of 900 with records of 900 (5 + 5) and 900.1 (2 + 3, permanent): people decide."""
    dossier = end.dossier("900", records=2, inactive=False)
    with end.app.change(SYSTEM) as work:
        record = end.records_of(dossier)[0]
        from leuit_archives.service.correcting import Correction, correct_record

        correct_record(work, record.id, record.version, Correction(code="900.1"), "Salah")
    kept = end.retention(dossier)
    assert (kept.inactive_from, kept.ends_on) == (dt.date(2017, 5, 17), dt.date(2022, 5, 17))
    assert (kept.years, kept.final_action) == (10, "dinilai_kembali")
    with end.app.read(SYSTEM) as view:
        codes = view.session.scalars(
            select(DossierRule.class_code).where(DossierRule.dossier_id == dossier)
        ).all()
    assert sorted(codes) == ["900", "900.1"]


def changed_schedule(end: Ending, active: int, inactive: int, final: str = "Musnah") -> None:
    """Another schedule of today on."""
    row = f"000.1.3,Rapat,{active} Tahun,{inactive} Tahun,{final}"
    heading = "code,title,raw_active,raw_inactive,raw_final_action"
    put_in_force(end.app, "retention", table(row, heading=heading), dt.date(2026, 9, 1))


def test_a_changed_schedule_tells_what_it_does_and_leaves_what_is_decided(end: Ending) -> None:
    """AR-31: 2 + 3 becomes 5 + 5: it is told, and applied by hand to what runs; others stay."""
    runs, proposed, held = end.dossier(), end.dossier(), end.dossier()
    end.proposed(proposed)
    end.hold("1/Pdt/2026", held)
    changed_schedule(end, 5, 5)
    with end.app.read(end.who["proposer"]) as view:
        listed = {one.dossier.id: one for one in changes_of(view, [runs, held])}
    assert set(listed) == {runs, held}
    assert (listed[runs].before.years, listed[runs].after.years) == (5, 10)
    assert end.retention(runs).years == 5
    with end.app.change(end.who["proposer"]) as work:
        reapply(work, runs)
    kept = end.retention(runs)
    assert (kept.years, kept.ends_on) == (10, dt.date(2022, 5, 17))
    for one in (proposed, held):
        with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
            reapply(work, one)
        assert end.retention(one).years == 5
    with (
        pytest.raises(ConflictError, match="tidak mengubah"),
        end.app.change(end.who["proposer"]) as work,
    ):
        reapply(work, runs)


@pytest.mark.parametrize("active,inactive", [(1, 3), (2, 2), (0, 9)])
def test_a_schedule_that_shortens_is_not_applied(end: Ending, active: int, inactive: int) -> None:
    """Not even by hand: what would end sooner keeps what it has."""
    dossier = end.dossier()
    before = end.retention(dossier)
    changed_schedule(end, active, inactive)
    with end.app.read(end.who["proposer"]) as view:
        [change] = changes_of(view, [dossier])
    assert change.shorter
    with (
        pytest.raises(ConflictError, match="memperpendek"),
        end.app.change(end.who["proposer"]) as work,
    ):
        reapply(work, dossier)
    assert end.retention(dossier).ends_on == before.ends_on


def test_every_night_all_are_reckoned(end: Ending) -> None:
    """What is missing is made, what is wrong is put right, and a second night changes nothing."""
    dossiers = [end.dossier(inactive=False) for _ in range(3)]
    with end.app.change(SYSTEM) as work:
        from leuit.values import RecordRef

        work.session.get_one(Retention, dossiers[0]).due_on = dt.date(1999, 1, 1)
        work.session.delete(work.session.get_one(Retention, dossiers[1]))
        work.audit("archives.retention.reckoned", RecordRef("uji.retensi", "1"))
    kept: list[Retention] = []
    for _ in range(2):
        with end.app.change(SYSTEM) as work:
            work.enqueue(RECKON, {})
        end.work_off()
        kept = [end.retention(one) for one in dossiers]
        assert {one.due_on for one in kept} == {dt.date(2014, 5, 17)}
    assert [one.version for one in kept] == [kept[0].version, 1, kept[2].version]


def test_the_desk_tells_each_pile(end: Ending) -> None:
    """Due for transfer, due for disposal, waiting, held, undecided, unfiled, and by year."""
    moving = end.dossier(inactive=False)
    ending_, held = end.dossier(), end.dossier()
    end.hold("1/Pdt/2026", held)
    waits = end.dossier("000.1.2", inactive=False)
    later = end.dossier(closed=dt.date(2025, 5, 17), inactive=False)
    end.room.handed("tunggu", "uji.asing")
    with end.app.read(end.room.archivist) as view:
        assert pile_counts(view) == {
            "transfer": 1,
            "disposal": 1,
            "appraise": 0,
            "event": 1,
            "decide": 0,
            "held": 1,
        }
        assert unfiled_count(view) == 1
        for name, one in (("transfer", moving), ("disposal", ending_), ("event", waits)):
            assert [found.dossier.id for found in pile(view, name, 9)] == [one]  # type: ignore[arg-type]  # words of the loop
        years = {one.label: one.count for one in due_by_year(view)}
    assert (years["Lewat"], years["2027"]) == (3, 1)
    assert end.retention(later).due_on == dt.date(2027, 5, 17)
    with end.app.read(end.room.stranger) as view:
        assert set(pile_counts(view).values()) == {0}
    assert CLOSED.year == 2012
