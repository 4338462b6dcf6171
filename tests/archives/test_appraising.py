"""Appraisals: people decide on what a conditional rule leaves to them, and nothing by itself."""

import datetime as dt
from typing import Any
from uuid import UUID

import attrs
import pytest
from sqlalchemy import func, select

from leuit.builtin.organisation import grant_role
from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
)
from leuit.work import Leuit
from leuit_archives.models import Appraisal, Disposal
from leuit_archives.service.appraisals import listed_appraisals, told_appraisals
from leuit_archives.service.appraising import Decision, appraise, awaiting
from leuit_archives.service.committee import GivenOpinion, give_opinions
from leuit_archives.service.disposals import candidates, frozen_items, judged, list_hash
from leuit_archives.service.executing import confirm_execution
from leuit_archives.service.official_lists import APPRAISED, INACTIVE_RECORDS, Asked, numbered
from leuit_archives.service.reapplying import changes_of, reapply
from leuit_archives.service.reckoning import RECKON
from leuit_archives.service.record_access import find_dossier
from leuit_archives.service.retention_desk import pile, pile_counts
from leuit_archives.service.vital import mark_vital
from tests.archives.archive_room import put_in_force
from tests.archives.ending import Ending, ending
from tests.archives.keepers import table
from tests.archives.test_retention import changed_schedule

pytestmark = pytest.mark.ci

CONDITIONAL = "000.1"
"""Kept 1 + 1 years, then "Musnah, kecuali laporan"; a dossier of it is over in May 2014."""
TODAY = dt.date(2026, 10, 5)


@pytest.fixture
def end(app: Leuit) -> Ending:
    """A regency with its instruments in force, and everybody who takes part."""
    return ending(app)


def waiting(end: Ending) -> list[UUID]:
    """What waits for an appraisal by the first member."""
    with end.app.read(end.who["first_member"]) as view:
        assert [one.dossier.id for one in pile(view, "appraise", 9)] == sorted(
            one.id for one in awaiting(view, None, 9)
        )
        return [one.id for one in awaiting(view, None, 9)]


def overnight(end: Ending) -> None:
    """One night: everything is reckoned anew."""
    with end.app.change(SYSTEM) as work:
        work.enqueue(RECKON, {})
    end.work_off()


def test_decided_to_be_destroyed_it_goes_its_usual_way(end: Ending) -> None:
    """It may be proposed then; the frozen list tells the decision; the appraiser stays out."""
    dossier = end.dossier(CONDITIONAL, records=1)
    assert waiting(end) == [dossier]
    with pytest.raises(ConflictError, match="bersyarat"):
        end.proposed(dossier)
    end.appraised(dossier)
    overnight(end)
    kept = end.retention(dossier)
    assert (kept.next_step, kept.final_action, kept.appraised) == ("destroy", "musnah", "musnah")
    assert waiting(end) == []
    [disposal] = end.proposed(dossier)
    [item] = end.items(disposal)
    assert item.appraisal is not None
    assert (item.appraisal["decision"], item.appraisal["number"]) == ("musnah", "N-3")
    assert list_hash(frozen_items([item])) == end.disposal(disposal).list_sha256
    item.appraisal["number"] = "lain"
    assert list_hash(frozen_items([item])) != end.disposal(disposal).list_sha256
    end.through(disposal)
    end.work_off()
    assert end.state(dossier) == "destroyed"
    with end.app.read(end.room.archivist) as view:
        [(row, who)] = told_appraisals(view, find_dossier(view, dossier))
        assert (row.decision, who) == ("musnah", "Orang First_Member")


def test_who_appraised_neither_proposes_nor_executes(end: Ending) -> None:
    """Whatever roles he holds; another one of the same role may."""
    dossier = end.dossier(CONDITIONAL, records=1)
    with end.app.change(SYSTEM) as work:
        for name in ("executor", "proposer"):
            number = {"executor": 25, "proposer": 20}[name]
            account = end.room.office.account(end.room.office.nip(number))
            grant_role(
                work, "archives.appraiser", end.root, account_id=account, valid_from=work.today
            )
    end.appraised(dossier, who="proposer")
    with pytest.raises(PermissionDeniedError, match="tidak mengusulkan"):
        end.proposed(dossier)
    other = end.dossier(CONDITIONAL, records=1)
    end.appraised(other, who="executor")
    [disposal] = end.proposed(other)
    end.committee_named(disposal)
    end.opined(disposal)
    for step in ("appraise", "approve", "determine", "sign"):
        end.step(disposal, step)
    with (
        pytest.raises(PermissionDeniedError, match="penilai"),
        end.app.change(end.who["executor"]) as work,
    ):
        confirm_execution(work, disposal, work.session.get_one(Disposal, disposal).version)


def test_decided_to_be_kept_it_is_handed_over(end: Ending) -> None:
    """Permanent: it is a candidate of a handing over, and of no destruction any more."""
    dossier = end.dossier(CONDITIONAL, records=1)
    end.appraised(dossier, decision="permanen")
    overnight(end)
    assert end.retention(dossier).next_step == "hand_over"
    with end.app.read(end.who["proposer"]) as view:
        assert [one.standing.dossier.id for one in candidates(view, end.root, "hand_over")] == [
            dossier
        ]
        [told] = judged(view, [dossier], "destroy", confirmed=True)
    assert told.reasons == ("final_action",)
    assert end.proposed(dossier, kind="hand_over")


def test_an_extension_counts_from_its_day_and_for_the_authority(end: Ending) -> None:
    """1 + 1 years and 8 more are 10: due in 2034, then appraised again, and approved by ANRI."""
    dossier = end.dossier(CONDITIONAL, records=1)
    end.appraised(dossier, decision="diperpanjang", years=8, dated=dt.date(2016, 2, 29))
    overnight(end)
    kept = end.retention(dossier)
    assert (kept.ends_on, kept.due_on, kept.years) == (
        dt.date(2024, 2, 29),
        dt.date(2024, 2, 29),
        10,
    )
    assert kept.next_step == "appraise"
    assert waiting(end) == [dossier]
    end.appraised(dossier)
    [disposal] = end.proposed(dossier)
    assert end.disposal(disposal).authority == "anri"


def test_while_an_extension_runs_only_what_keeps_longer_corrects_it(end: Ending) -> None:
    """Two years until 2028; not one, not musnah; but three, and then for good."""
    dossier = end.dossier(CONDITIONAL)
    end.appraised(dossier, decision="diperpanjang", years=2)
    until = end.retention(dossier).ends_on
    assert until == TODAY.replace(year=2028)
    assert waiting(end) == []
    with end.app.read(end.who["proposer"]) as view:
        [told] = judged(view, [dossier], "destroy", confirmed=True)
    assert told.reasons == ("extended", "conditional")
    shorter: list[dict[str, Any]] = [
        {"decision": "diperpanjang", "years": 1},
        {"decision": "diperpanjang", "years": 2},
        {"decision": "musnah"},
    ]
    for one in shorter:
        with pytest.raises(ConflictError, match="memperpendek"):
            end.appraised(dossier, **one)
    end.appraised(dossier, decision="diperpanjang", years=3)
    kept = end.retention(dossier)
    assert (kept.ends_on, kept.years) == (TODAY.replace(year=2029), 5)
    end.appraised(dossier, decision="permanen")
    kept = end.retention(dossier)
    assert (kept.next_step, kept.due_on) == ("hand_over", TODAY.replace(year=2029))


def test_a_wrong_decision_is_corrected_by_a_later_one(end: Ending) -> None:
    """The last one holds; all stay to be read, with their papers."""
    dossier = end.dossier(CONDITIONAL)
    end.appraised(dossier)
    end.appraised(dossier, decision="permanen")
    assert end.retention(dossier).appraised == "permanen"
    end.appraised(dossier)
    assert end.retention(dossier).next_step == "destroy"
    with end.app.read(SYSTEM) as view:
        told = told_appraisals(view, find_dossier(view, dossier))
    assert [one.decision for one, _who in told] == ["musnah", "permanen", "musnah"]


@pytest.mark.parametrize(
    "name,match",
    [
        ("active", "aktif"),
        ("in_proposal", "usul"),
        ("period", "belum habis"),
        ("event", "peristiwa"),
        ("unconditional", "tidak bersyarat"),
        ("hold", "Ditahan"),
        ("vital", "vital"),
        ("paper", "sebelum"),
    ],
)
def test_what_may_not_be_decided_on(end: Ending, name: str, match: str) -> None:
    """Each obstacle alone refuses the decision on all that were picked; nothing is stored."""
    good = end.dossier(CONDITIONAL)
    makers: dict[str, Any] = {
        "active": lambda: end.dossier(CONDITIONAL, inactive=False),
        "event": lambda: end.dossier("000.1.2", inactive=False),
        "period": lambda: end.dossier(CONDITIONAL, closed=dt.date(2025, 9, 1)),
        "unconditional": end.dossier,
    }
    other = makers.get(name, lambda: end.dossier(CONDITIONAL))()
    if name == "in_proposal":
        end.appraised(other)
        end.proposed(other)
    elif name == "hold":
        end.hold("1/Pdt/2026", other)
    elif name == "vital":
        with end.app.change(end.room.archivist) as work:
            mark_vital(work, other, "Arsip vital", vital=True)
    if name in ("active", "event"):
        match = "aktif|peristiwa"
    dated = dt.date(2013, 1, 1) if name == "paper" else None
    before = stored(end)
    with pytest.raises(ConflictError, match=match):
        end.appraised(good, other, dated=dated)
    assert stored(end) == before
    assert end.retention(good).appraised == ""


def test_a_vital_dossier_may_be_kept(end: Ending) -> None:
    """Only its destruction is refused."""
    dossier = end.dossier(CONDITIONAL)
    with end.app.change(end.room.archivist) as work:
        mark_vital(work, dossier, "Arsip vital", vital=True)
    end.appraised(dossier, decision="permanen")
    assert end.retention(dossier).next_step == "hand_over"


def test_a_hold_after_the_decision_still_stops_the_end(end: Ending) -> None:
    """A decision lifts no hold, whichever came first."""
    dossier = end.dossier(CONDITIONAL)
    end.appraised(dossier)
    end.hold("1/Pdt/2026", dossier)
    with pytest.raises(ConflictError, match="Ditahan"):
        end.proposed(dossier)
    with end.app.read(end.room.archivist) as view:
        counts = pile_counts(view)
    assert (counts["held"], counts["disposal"], counts["appraise"]) == (1, 0, 0)


@pytest.mark.parametrize(
    "changes,field",
    [
        ({"decision": "bakar"}, "decision"),
        ({"decision": "diperpanjang"}, "years"),
        ({"decision": "diperpanjang", "years": 0}, "years"),
        ({"decision": "diperpanjang", "years": 101}, "years"),
        ({"years": 3}, "years"),
        ({"reason": " "}, "reason"),
    ],
)
def test_a_decision_names_what_it_decides(end: Ending, changes: dict[str, Any], field: str) -> None:
    """A known decision, years of an extension alone, and a reason."""
    dossier = end.dossier(CONDITIONAL)
    told = Decision(**{"decision": "musnah", "reason": "Nilai guna", **changes})
    paper = end.paper()
    with (
        pytest.raises(InvalidInputError) as refused,
        end.app.change(end.who["first_member"]) as work,
    ):
        appraise(work, [dossier], told, paper)
    assert [one.path for one in refused.value.fields] == [field]
    with (
        pytest.raises(InvalidInputError) as refused,
        end.app.change(end.who["first_member"]) as work,
    ):
        appraise(work, [dossier], Decision("musnah", "Ya"), attrs.evolve(paper, file=None))
    assert [one.path for one in refused.value.fields] == ["document"]


def test_only_who_may_appraise_decides(end: Ending) -> None:
    """Neither proposer, keeper, executor nor the unit's archivist; a stranger sees nothing."""
    dossier = end.dossier(CONDITIONAL)
    for who in ("proposer", "keeper", "executor", "legal"):
        with pytest.raises(PermissionDeniedError):
            end.appraised(dossier, who=who)
    paper = end.paper()
    with pytest.raises(NotFoundError), end.app.change(end.room.stranger) as work:
        appraise(work, [dossier], Decision("musnah", "Ya"), paper)
    end.appraised(dossier)
    with end.app.read(end.room.stranger) as view:
        assert listed_appraisals(view, 9) == []
    with end.app.read(end.room.archivist) as view:
        assert [one.count for one in listed_appraisals(view, 9)] == [1]


def test_what_a_committee_sends_back_is_appraised(end: Ending) -> None:
    """Its opinion "nilai kembali" lays even an unconditional dossier on the pile, until decided."""
    dossier = end.dossier(records=1)
    [disposal] = end.proposed(dossier)
    end.committee_named(disposal)
    for member in end.committee:
        with end.app.change(member) as work:
            give_opinions(work, disposal, {1: GivenOpinion("again", "Nilai sejarah")})
    end.step(disposal, "appraise")
    assert waiting(end) == [dossier]
    end.later()
    end.appraised(dossier, decision="diperpanjang", years=1)
    assert waiting(end) == []
    assert end.retention(dossier).years == 6


def test_another_schedule_drops_no_decision(end: Ending) -> None:
    """What is decided is not asked anew; added years stay, and the later end counts."""
    decided, extended = end.dossier(records=1), end.dossier(CONDITIONAL, records=1)
    end.appraised(extended, decision="diperpanjang", years=4)
    again = end.dossier(CONDITIONAL, records=1)
    end.appraised(again)
    changed_schedule(end, 9, 30)
    heading = "code,title,raw_active,raw_inactive,raw_final_action"
    rows = table('000.1,Ketatausahaan,2 Tahun,2 Tahun,"Musnah, kecuali laporan"', heading=heading)
    put_in_force(end.app, "retention", rows, dt.date(2026, 9, 2))
    with end.app.read(end.who["proposer"]) as view:
        told = {one.dossier.id: one.verdict for one in changes_of(view, [extended, again, decided])}
    assert told == {extended: "longer", again: "fixed", decided: "open"}
    with end.app.change(end.who["proposer"]) as work:
        reapply(work, extended)
    kept = end.retention(extended)
    assert (kept.ends_on, kept.years, kept.appraised) == (
        TODAY.replace(year=2030),
        8,
        "diperpanjang",
    )
    with (
        pytest.raises(ConflictError, match="penilaian kembali"),
        end.app.change(end.who["proposer"]) as work,
    ):
        reapply(work, again)
    overnight(end)
    assert end.retention(again).next_step == "destroy"


def test_taken_back_into_use_and_closed_again_it_is_appraised_anew(end: Ending) -> None:
    """A decision before the end of its periods, as they are by now, does not destroy."""
    dossier = end.dossier(CONDITIONAL)
    end.appraised(dossier, dated=dt.date(2015, 1, 1))
    end.closed_later(dossier)
    kept = end.retention(dossier)
    assert (kept.next_step, kept.due_on, kept.appraised) == ("appraise", dt.date(2021, 3, 1), "")


def test_official_lists_tell_of_appraisals(end: Ending) -> None:
    """A list of its own, and the end that people decided on the list of inactive records."""
    dossier = end.dossier(CONDITIONAL)
    other = end.dossier(CONDITIONAL)
    end.appraised(dossier, decision="permanen", dated=TODAY)
    end.appraised(other, decision="diperpanjang", years=2, dated=TODAY)
    with end.app.read(end.room.archivist) as view:
        rows = list(numbered(view, APPRAISED, Asked()))
        inactive = list(numbered(view, INACTIVE_RECORDS, Asked()))
    assert [(one["decision"], one["final"]) for one in rows] == [
        ("Diperpanjang 2 tahun", "Dinilai kembali"),
        ("Permanen", "Permanen"),
    ]
    assert rows[1]["paper"].endswith("5 Okt 2026")
    assert [one["final"] for one in inactive] == ["Dinilai kembali", "Permanen"]


def stored(end: Ending) -> int:
    """How many appraisals there are."""
    with end.app.read(SYSTEM) as view:
        return int(view.session.scalar(select(func.count()).select_from(Appraisal)) or 0)
