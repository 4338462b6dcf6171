"""Judging days of people from what is stored: reads everything once for many people, then asks the
rules. Nothing is written here.

A day exists from today backwards while the person holds a post of his own and a deduction table is
in force; other days are not judged. Each day is judged under the editions of its date.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.calendar import holidays_between
from leuit.values import local_time
from leuit.work import View
from leuit_attendance.models import AbsenceRow
from leuit_attendance.rules import Absence, AbsenceKind, DayVerdict, Holiday, judge_days

from .duties import Duties, Post, Rota, posts_of
from .figures import DayFigures, Figures
from .reach import Reach, reach_of
from .taps import Taps, pins_of

Days = list[dt.date]
_DAY = dt.timedelta(days=1)


@attrs.frozen
class Target:
    """Days of one person to be judged, both ends included."""

    person_id: UUID
    first: dt.date
    last: dt.date


@attrs.frozen
class Judged:
    """Verdicts of one person that fell under one combination of editions, in one unit."""

    person_id: UUID
    unit_id: UUID
    figures: DayFigures
    verdicts: Sequence[DayVerdict]


def wall_clock(view: View) -> dt.datetime:
    """The present as naive local wall time, which is what duties and taps are written in."""
    return local_time(view.now, view.app.zone).replace(tzinfo=None)


class Bench:
    """Everything that the days of some people depend on, read in a handful of statements."""

    def __init__(
        self,
        view: View,
        targets: Sequence[Target],
        figures: Figures,
        *,
        fixed: DayFigures | None = None,
    ) -> None:
        """`fixed` judges every day under these editions instead of those of its date."""
        self._today = view.today
        self._as_of = wall_clock(view)
        people = [target.person_id for target in targets]
        first = min(target.first for target in targets)
        last = max(target.last for target in targets)
        reach: Reach = reach_of(figures)
        duty_first, duty_last = reach.of_duties(first, last)
        tap_first, tap_last = reach.around(first, last)
        days = [duty_first + _DAY * n for n in range((duty_last - duty_first).days + 1)]
        self._figures = {day: fixed or figures.on(day) for day in days}
        self._reach = reach
        self._posts = posts_of(view, people, duty_first, duty_last)
        self._rota = Rota(view, self._figures, people, self._posts)
        self._pins = pins_of(view, people, tap_first, tap_last)
        pins = (span.pin for spans in self._pins.values() for span in spans)
        self._taps = Taps(view, pins, tap_first, tap_last)
        self._holidays = {
            day: Holiday(day, "libur" if row.kind == "libur" else "cuti_bersama", *_told(row))
            for day, row in holidays_between(view, first, last).items()
        }
        self._absences = absences_of(view, people, first, last)
        self._known_runs: dict[tuple[dt.date, dt.date], list[tuple[DayFigures, Days]]] = {}

    def judge(self, target: Target, *, explain: bool = False) -> Iterator[Judged]:
        """The verdicts of a target, by unit and editions, in order of time."""
        posts = self._posts.get(target.person_id, [])
        places = list(self._places(target, posts))
        if not places:
            return
        duties = self._rota.of(target.person_id, posts)
        first, last = places[0][2][0], places[-1][2][-1]
        if len(duties) > (last - first).days + 1 + 2 * self._reach.neighbours:
            duties = self._near(duties, first, last)
        punches = self._taps.of(self._pins.get(target.person_id, ()))
        absences = self._absences.get(target.person_id, ())
        for unit_id, figures, days in places:
            table = figures.table
            assert table is not None
            yield Judged(
                target.person_id,
                unit_id,
                figures,
                judge_days(
                    days,
                    duties,
                    punches,
                    table,
                    holidays=self._holidays,
                    absences=absences,
                    as_of=self._as_of,
                    explain=explain,
                ),
            )

    def _places(self, target: Target, posts: list[Post]) -> Iterator[tuple[UUID, DayFigures, Days]]:
        """The existing days of a target, in runs of one unit and one set of editions."""
        last = min(target.last, self._today)
        for post in posts:
            begins, ends = max(target.first, post.valid_from), last
            if post.valid_to is not None and post.valid_to <= last:
                ends = post.valid_to - _DAY
            for figures, days in self._runs(begins, ends):
                yield post.unit_id, figures, days

    def _runs(self, first: dt.date, last: dt.date) -> list[tuple[DayFigures, Days]]:
        """Days of a range on which a deduction table is in force, in runs of equal editions."""
        known = self._known_runs.get((first, last))
        if known is None:
            known = self._known_runs[first, last] = []
            days = [first + _DAY * n for n in range((last - first).days + 1)]
            for _ids, some in groupby(days, key=lambda day: self._figures[day].ids):
                run = list(some)
                if self._figures[run[0]].deductions is not None:
                    known.append((self._figures[run[0]], run))
        return known

    def _near(self, duties: Duties, first: dt.date, last: dt.date) -> Duties:
        """Only the duties that bound the windows of these days."""
        first, last = self._reach.of_duties(first, last)
        return {day: duty for day, duty in duties.items() if first <= day <= last}


def absences_of(
    view: View, people: Iterable[UUID], first: dt.date, last: dt.date
) -> dict[UUID, list[Absence]]:
    """The approved absences of people that touch the range."""
    rows = view.session.execute(
        select(
            AbsenceRow.person_id,
            AbsenceRow.kind,
            AbsenceRow.first_day,
            AbsenceRow.last_day,
            AbsenceRow.document,
            AbsenceRow.title,
        )
        .where(
            AbsenceRow.person_id.in_(list(people)),
            AbsenceRow.first_day <= last,
            AbsenceRow.last_day >= first,
            AbsenceRow.cancelled_at.is_(None),
        )
        .order_by(AbsenceRow.person_id, AbsenceRow.first_day)
    )
    found: dict[UUID, list[Absence]] = defaultdict(list)
    for person_id, kind, since, until, document, title in rows:
        told: AbsenceKind = kind  # type: ignore[assignment]  # the table holds these words only
        found[person_id].append(Absence(told, since, until, document, title))
    return found


def _told(row: object) -> tuple[str, str]:
    return getattr(row, "title", ""), getattr(row, "legal_basis", "")
