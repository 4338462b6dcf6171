"""A changed schedule over all dossiers: surveyed, applied by a job, shortened by hand alone."""

import datetime as dt
import json
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    StaleEditError,
)
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import Reapplication
from leuit_archives.service import reapplying_all
from leuit_archives.service.reapplying import apply_edition
from leuit_archives.service.reapplying_all import (
    begin_survey,
    confirm,
    counts_of,
    find_reapplication,
    items_of,
    listed_reapplications,
    outcomes_of,
    shorten,
)
from tests.archives.archive_room import put_in_force
from tests.archives.ending import Ending, ending
from tests.archives.keepers import table

pytestmark = pytest.mark.ci

ROWS = (
    "000.1.3,Rapat,5 Tahun,5 Tahun,Musnah",
    "900,Keuangan,2 Tahun,5 Tahun,Musnah",
    "900.1,Anggaran,2 Tahun,3 Tahun,Permanen",
    '000.1,Ketatausahaan,1 Tahun,2 Tahun,"Musnah, kecuali laporan"',
)
"""Longer for meetings, shorter for finances, the same for budgets, and 000.1.2 is left out."""
TODAY = dt.date(2026, 10, 5)


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def change_schedule(end: Ending, *rows: str, since: dt.date = dt.date(2026, 9, 1)) -> None:
    heading = "code,title,raw_active,raw_inactive,raw_final_action"
    put_in_force(end.app, "retention", table(*(rows or ROWS), heading=heading), since)


def surveyed(end: Ending) -> UUID:
    """A survey from the root, done."""
    with end.app.change(end.who["proposer"]) as work:
        run = begin_survey(work, end.root).id
    end.work_off()
    return run


def told(end: Ending, run: UUID) -> tuple[dict[str, int], dict[str, int]]:
    with end.app.read(end.who["proposer"]) as view:
        found = find_reapplication(view, run)
        return {str(k): v for k, v in counts_of(view, found).items()}, outcomes_of(view, found)


def applied(end: Ending, run: UUID) -> None:
    with end.app.change(end.who["proposer"]) as work:
        confirm(work, run, find_reapplication(work, run).version)
    end.work_off()


def shortened(end: Ending, run: UUID, *dossiers: UUID, reason: str = "Keputusan Bupati") -> None:
    with end.app.change(end.who["proposer"]) as work:
        shorten(work, run, dossiers, reason)


def everything(end: Ending) -> dict[str, UUID]:
    """A dossier of each verdict."""
    found = {
        "longer": end.dossier(),
        "shorter": end.dossier("900"),
        "same": end.dossier("900.1"),
        "open": end.dossier("000.1.2", inactive=False),
        "held": end.dossier(),
        "decided": end.dossier("000.1"),
        "proposed": end.dossier(),
    }
    end.hold("1/Pdt/2026", found["held"])
    end.appraised(found["decided"])
    end.proposed(found["proposed"])
    return found


def test_a_survey_tells_and_an_application_lengthens_alone(end: Ending) -> None:
    """Each dossier by its verdict; the job touches what is longer, and nothing else."""
    made = everything(end)
    before = {name: end.retention(one) for name, one in made.items()}
    change_schedule(end)
    run = surveyed(end)
    counts, outcomes = told(end, run)
    assert counts == {"longer": 1, "shorter": 1, "open": 1, "fixed": 2, "same": 1}
    assert outcomes == {"applied": 0, "left": 0, "shortened": 0}
    assert {name: end.retention(one).ends_on for name, one in made.items()} == {
        name: one.ends_on for name, one in before.items()
    }
    with end.app.read(end.who["proposer"]) as view:
        found = find_reapplication(view, run)
        [item] = items_of(view, found, "longer", 9)
        assert (item.dossier.id, item.item.before["years"], item.item.after["years"]) == (
            made["longer"],
            5,
            10,
        )
        assert {one.dossier.id for one in items_of(view, found, "fixed", 9)} == {
            made["held"],
            made["decided"],
        }
        assert [row.id for row, _unit in listed_reapplications(view, 9)] == [run]
    applied(end, run)
    assert told(end, run)[1] == {"applied": 1, "left": 0, "shortened": 0}
    for name, one in made.items():
        kept = end.retention(one)
        if name == "longer":
            assert (kept.years, kept.ends_on) == (10, dt.date(2022, 5, 17))
        else:
            assert (kept.years, kept.ends_on) == (before[name].years, before[name].ends_on)
    entries = audited(end, reapplying_all.CHUNK_APPLIED)
    assert [set(one["applied"]) for one in entries] == [{str(made["longer"])}]
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        confirm(work, run, find_reapplication(work, run).version)


def test_only_what_is_named_is_shortened(end: Ending) -> None:
    """With its reason, once, and only of the dossiers that the survey calls shorter."""
    first, second, longer = end.dossier("900"), end.dossier("900"), end.dossier()
    change_schedule(end)
    run = surveyed(end)
    with pytest.raises(InvalidInputError):
        shortened(end, run, first, reason=" ")
    with pytest.raises(InvalidInputError):
        shortened(end, run)
    with pytest.raises(NotFoundError):
        shortened(end, run, first, longer)
    assert end.retention(first).years == 10
    shortened(end, run, first)
    assert (end.retention(first).years, end.retention(second).years) == (7, 10)
    with pytest.raises(ConflictError):
        shortened(end, run, first)
    applied(end, run)
    assert end.retention(second).years == 10
    shortened(end, run, second)
    assert [one["reason"] for one in audited(end, reapplying_all.SHORTENED)] == [
        "Keputusan Bupati"
    ] * 2


def test_what_changed_since_the_survey_is_judged_again(end: Ending) -> None:
    """Held or proposed meanwhile: left by the job, refused for shortening."""
    held, proposed, free = end.dossier(), end.dossier(), end.dossier()
    shorter = end.dossier("900")
    change_schedule(end)
    run = surveyed(end)
    end.hold("1/Pdt/2026", held, shorter)
    end.proposed(proposed)
    applied(end, run)
    assert told(end, run)[1] == {"applied": 1, "left": 2, "shortened": 0}
    assert [end.retention(one).years for one in (held, proposed, free)] == [5, 5, 10]
    with pytest.raises(ConflictError, match="berubah"):
        shortened(end, run, shorter)


def test_the_edition_of_the_survey_is_the_one_applied(end: Ending) -> None:
    """Once another one holds nothing of an older survey is applied."""
    dossier, shorter = end.dossier(), end.dossier("900")
    change_schedule(end)
    run = surveyed(end)
    change_schedule(end, "000.1.3,Rapat,9 Tahun,9 Tahun,Musnah", since=dt.date(2026, 9, 2))
    with pytest.raises(ConflictError, match="jadwal retensi lain"):
        applied(end, run)
    with pytest.raises(ConflictError, match="jadwal retensi lain"):
        shortened(end, run, shorter)
    applied(end, surveyed(end))
    assert end.retention(dossier).years == 18


def test_a_survey_in_chunks_goes_on_where_it_was_killed(
    end: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In chunks of two; a fault in a later one loses nothing and does nothing twice."""
    monkeypatch.setattr(reapplying_all, "CHUNK", 2)
    dossiers = [end.dossier() for _ in range(5)]
    change_schedule(end)
    run = surveyed(end)
    assert told(end, run)[0]["longer"] == 5
    calls = {"count": 0}

    def failing(work: Any, ids: Any) -> None:
        calls["count"] += 1
        if calls["count"] == 2:
            raise OSError("mati lampu")
        apply_edition(work, ids)

    monkeypatch.setattr(reapplying_all, "apply_edition", failing)
    with end.app.change(end.who["proposer"]) as work:
        confirm(work, run, find_reapplication(work, run).version)
    end.work_off(faults=True, bytes_too=False)
    assert [end.retention(one).years for one in dossiers] == [10, 10, 5, 5, 5]
    end.later()
    end.work_off()
    assert [end.retention(one).years for one in dossiers] == [10] * 5
    assert told(end, run)[1] == {"applied": 5, "left": 0, "shortened": 0}
    with end.app.read(SYSTEM) as view:
        assert view.session.get_one(Reapplication, run).state == "applied"


def test_secret_dossiers_are_counted_by_who_may_read_them(end: Ending) -> None:
    """They are judged and lengthened like all; without the right nobody sees or counts them."""
    end.cleared("proposer")
    secret: dict[str, Any] = {"source": "uji.lain", "secrecy": "secret"}
    longer, shorter = end.dossier(**secret), end.dossier("900", **secret)
    end.dossier("900.1", **secret)
    change_schedule(end)
    run = surveyed(end)
    assert told(end, run)[0] == {"longer": 1, "shorter": 1, "open": 0, "fixed": 0, "same": 0}
    end.cleared("proposer", no_longer=True)
    assert set(told(end, run)[0].values()) == {0}
    with pytest.raises(NotFoundError):
        shortened(end, run, shorter)
    applied(end, run)
    assert end.retention(longer).years == 10


def test_only_who_may_transfer_there(end: Ending) -> None:
    """Others neither begin, see nor apply one; one at a time in a unit; a stale page is refused."""
    change_schedule(end)
    with end.app.change(end.who["proposer"]) as work:
        run = begin_survey(work, end.root).id
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        begin_survey(work, end.root)
    with pytest.raises(ConflictError), end.app.change(end.who["proposer"]) as work:
        confirm(work, run, 1)
    end.work_off()
    for who in (end.who["keeper"], end.room.archivist):
        with pytest.raises(PermissionDeniedError), end.app.change(who) as work:
            begin_survey(work, end.root)
        with pytest.raises(NotFoundError), end.app.change(who) as work:
            confirm(work, run, 2)
    with pytest.raises(StaleEditError), end.app.change(end.who["proposer"]) as work:
        confirm(work, run, 1)


def audited(end: Ending, action: str) -> list[dict[str, Any]]:
    """What the audit log says of an action, the first first."""
    with end.app.read(SYSTEM) as view:
        rows = view.session.scalars(
            select(AuditEntry).where(AuditEntry.action == action).order_by(AuditEntry.id)
        )
        return [json.loads(row.body or b"")["details"] for row in rows]
