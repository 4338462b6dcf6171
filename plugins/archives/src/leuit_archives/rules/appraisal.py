"""What the appraisal of a dossier (penilaian kembali) changes, and when it may be recorded.

A conditional rule ("Musnah, kecuali ...") leaves its end to people: destroyed, kept for good, or
kept for some more years and appraised again. Decisions are only added; the last one holds. None
shortens what runs: added years count from the day of the decision and move the end only forward.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence

import attrs

from leuit.values import Text, _

from .disposal import Candidate
from .final_actions import APPRAISE, DESTROY, EXTEND, KEEP
from .lifecycle import ACTIVE, INACTIVE, TO_DESTROY, TO_HAND_OVER
from .periods import MOST_YEARS
from .retention import AT_THE_END, Counting, Retention, over

DECISIONS: Mapping[str, Text] = {
    DESTROY: _("Musnah"),
    KEEP: _("Permanen"),
    EXTEND: _("Diperpanjang"),
}
"""What an appraisal may decide, and its titles."""

REFUSALS: Mapping[str, Text] = {
    "ended": _("Sudah dimusnahkan atau diserahkan."),
    "active": _("Masih aktif: belum dipindahkan ke unit kearsipan."),
    "in_proposal": _("Sudah ada dalam usul penyusutan."),
    "open_rule": _("Aturannya belum dipahami; orang harus memutuskan."),
    "event": _("Menunggu peristiwa; masanya belum berjalan."),
    "period": _("Masa retensinya belum habis."),
    "runs": _("Perpanjangannya masih berjalan; keputusan lain tidak boleh memperpendeknya."),
    "unconditional": _("Aturannya tidak bersyarat; nasib akhirnya sudah ditetapkan jadwal."),
    "hold": _("Ditahan untuk perkara (penahanan hukum)."),
    "vital": _("Arsip vital atau terjaga tidak dimusnahkan."),
    "paper": _("Tanggal keputusannya sebelum masa retensi habis."),
}
"""Reasons why a decision is not recorded, and their sentences."""


@attrs.frozen
class Appraisal:
    """A decision as it was recorded: `years` are the added ones, 0 unless it extends.

    `decided_on` is the day of its paper, from which added years count.
    """

    decision: str
    years: int
    decided_on: dt.date


def appraised(found: Retention, done: Sequence[Appraisal], counting: Counting) -> Retention:
    """Where a dossier stands with its appraisals, in the order in which they were recorded.

    `found` is what its rules alone say. To keep for good holds whatever the rules say by now. To
    destroy holds only where they leave it to people or destroy anyway, and only if both periods
    were over on the day of the decision; else the dossier is to be appraised anew. Added years move
    the end forward, stay when another schedule is applied, and count for who must approve.
    """
    if not done:
        return found
    added, until = _extension(done, counting)
    ends_on = found.ends_on
    if ends_on is not None and until is not None:
        ends_on = max(ends_on, until)
    decision = _in_force(done[-1], found.final_action, ends_on)
    final = decision if decision in (DESTROY, KEEP) else found.final_action
    step, due_on = found.next_step, found.due_on
    if due_on is not None and step in AT_THE_END.values():  # both periods have their end
        step, due_on = AT_THE_END[final], ends_on
    return attrs.evolve(
        found,
        next_step=step,
        due_on=due_on,
        ends_on=ends_on,
        final_action=final,
        years=None if found.years is None else found.years + added,
        appraised=decision,
    )


def refusals(
    one: Candidate,
    asked: Appraisal,
    ends_on: dt.date | None,
    counting: Counting,
    *,
    again: bool = False,
) -> list[str]:
    """Every reason why a decision on a dossier is not recorded; empty when it is.

    `ends_on` is the end of its periods as it stands, `again` that a committee sent the dossier back
    to be appraised. While an extension runs, only what keeps it longer corrects it.
    """
    return list(_refusals(one, asked, ends_on, counting, again=again))


def fits(decision: str, years: int | None) -> bool:
    """Whether an extension names whole years from 1 to 100, and nothing else names any."""
    if decision == EXTEND:
        return years is not None and 1 <= years <= MOST_YEARS
    return not years


def _refusals(
    one: Candidate,
    asked: Appraisal,
    ends_on: dt.date | None,
    counting: Counting,
    *,
    again: bool,
) -> Iterator[str]:
    yield from _of_its_state(one)
    if one.years is None:
        yield "open_rule"
    elif one.waits or ends_on is None:
        yield "event"
    elif one.over:
        if asked.decided_on < ends_on:
            yield "paper"
    elif one.appraised != EXTEND:
        yield "period"
    elif not _lengthens(asked, ends_on, counting):
        yield "runs"
    if not (one.final_action == APPRAISE or one.appraised or again):
        yield "unconditional"
    if one.held:
        yield "hold"
    if one.vital and asked.decision == DESTROY:
        yield "vital"


def _of_its_state(one: Candidate) -> Iterator[str]:
    if one.state == ACTIVE:
        yield "active"
    elif one.state in {TO_DESTROY, TO_HAND_OVER}:
        yield "in_proposal"
    elif one.state != INACTIVE:
        yield "ended"


def _lengthens(asked: Appraisal, ends_on: dt.date, counting: Counting) -> bool:
    if asked.decision == EXTEND:
        return over(asked.decided_on, asked.years, counting) > ends_on
    return asked.decision == KEEP


def _in_force(last: Appraisal, final: str, ends_on: dt.date | None) -> str:
    """The decision that holds; empty where it was taken before its time or the rules keep."""
    if last.decision != DESTROY:
        return last.decision
    in_time = ends_on is not None and last.decided_on >= ends_on
    return DESTROY if in_time and final in (APPRAISE, DESTROY) else ""


def _extension(done: Sequence[Appraisal], counting: Counting) -> tuple[int, dt.date | None]:
    """All added years, and the day on which the last of them are over.

    An extension decided while another still runs corrects it: of both the longer counts.
    """
    added, last = 0, 0
    until: dt.date | None = None
    for one in done:
        if one.decision != EXTEND:
            continue
        if until is not None and one.decided_on < until:
            added += max(one.years - last, 0)
            last = max(one.years, last)
        else:
            added += one.years
            last = one.years
        end = over(one.decided_on, one.years, counting)
        until = end if until is None else max(until, end)
    return added, until
