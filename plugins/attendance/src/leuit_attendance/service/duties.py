"""Who had to work when: uses of schedules, shifts and posts become the duties that rules judge.

People to whom the same uses of schedules reach share one profile, and a profile's duty of a date is
worked out once, however many people have it.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import or_, select

from leuit.identity import DEFINITIF, Assignment, Position, UnitClosure
from leuit.work import View
from leuit_attendance.models import ScheduleUse, ShiftRow
from leuit_attendance.rules import DatedSchedule, Duty, Level, Rest, ShiftAssignment, resolve_duty

from .figures import DayFigures

Duties = dict[dt.date, Duty | Rest]


@attrs.frozen
class Post:
    """A person's own post over [valid_from, valid_to)."""

    unit_id: UUID
    position_id: UUID
    valid_from: dt.date
    valid_to: dt.date | None

    def covers(self, day: dt.date) -> bool:
        """Whether the post is held on that day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@attrs.frozen
class ShiftCell:
    """The shift of one person on one date."""

    code: str
    on_holidays: bool


@attrs.frozen
class _Use:
    """A use of a schedule as it reaches one unit, post or person, during [holds_from, holds_to)."""

    code: str
    level: Level
    valid_from: dt.date
    valid_to: dt.date | None
    override: bool
    on_holidays: bool
    distance: int
    holds_from: dt.date
    holds_to: dt.date | None

    def holds_on(self, day: dt.date) -> bool:
        return self.holds_from <= day and (self.holds_to is None or day < self.holds_to)


def posts_of(
    view: View, people: Iterable[UUID], first: dt.date, last: dt.date
) -> dict[UUID, list[Post]]:
    """The own (definitif) posts of people that touch the range, by person in order of time."""
    rows = view.session.execute(
        select(
            Assignment.person_id,
            Position.unit_id,
            Position.id,
            Assignment.valid_from,
            Assignment.valid_to,
        )
        .join(Position, Position.id == Assignment.position_id)
        .where(
            Assignment.person_id.in_(list(people)),
            Assignment.kind == DEFINITIF,
            Assignment.valid_from <= last,
            or_(Assignment.valid_to.is_(None), Assignment.valid_to > first),
        )
        .order_by(Assignment.person_id, Assignment.valid_from)
    )
    found: dict[UUID, list[Post]] = defaultdict(list)
    for person_id, unit_id, position_id, since, until in rows:
        found[person_id].append(Post(unit_id, position_id, since, until))
    return found


def shifts_of(
    view: View, people: Iterable[UUID], first: dt.date, last: dt.date
) -> dict[UUID, dict[dt.date, ShiftCell]]:
    """The shifts of people on the dates of a range."""
    rows = view.session.execute(
        select(ShiftRow.person_id, ShiftRow.day, ShiftRow.code, ShiftRow.on_holidays).where(
            ShiftRow.person_id.in_(list(people)), ShiftRow.day.between(first, last)
        )
    )
    found: dict[UUID, dict[dt.date, ShiftCell]] = defaultdict(dict)
    for person_id, day, code, on_holidays in rows:
        found[person_id][day] = ShiftCell(code, on_holidays)
    return found


class Rota:
    """The duties of a range of dates, worked out when they are first asked for."""

    def __init__(
        self,
        view: View,
        figures: Mapping[dt.date, DayFigures],
        people: Iterable[UUID],
        posts: Mapping[UUID, list[Post]],
    ) -> None:
        self._figures = figures
        self._days = sorted(figures)
        self._people = frozenset(people)
        first, last = self._days[0], self._days[-1]
        self._uses: dict[tuple[str, UUID | None], list[_Use]] = defaultdict(list)
        self._load_uses(view, posts, first, last)
        self._shifts = shifts_of(view, self._people, first, last)
        self._profiles: dict[tuple[_Use, ...], Duties] = {}

    def of(self, person_id: UUID, posts: list[Post]) -> Duties:
        """The duties of one person on every date of the range on which he holds a post.

        The answer may be shared: it is not to be changed.
        """
        cells = self._shifts.get(person_id)
        if len(posts) == 1 and not cells and self._covers_all(posts[0]):
            return self._profile(person_id, posts[0])
        duties: Duties = {}
        for post in posts:
            whole = self._profile(person_id, post)
            duties.update((day, whole[day]) for day in self._days if post.covers(day))
        for day, cell in (cells or {}).items():
            if day in duties:
                duties[day] = self._shift(day, cell)
        return duties

    def _covers_all(self, post: Post) -> bool:
        return post.covers(self._days[0]) and post.covers(self._days[-1])

    def _profile(self, person_id: UUID, post: Post) -> Duties:
        uses = (
            *self._uses.get(("region", None), ()),
            *self._uses.get(("unit", post.unit_id), ()),
            *self._uses.get(("position", post.position_id), ()),
            *self._uses.get(("person", person_id), ()),
        )
        known = self._profiles.get(uses)
        if known is None:
            known = {day: self._resolve(day, uses) for day in self._days}
            self._profiles[uses] = known
        return known

    def _resolve(self, day: dt.date, uses: tuple[_Use, ...]) -> Duty | Rest:
        figures = self._figures[day]
        return resolve_duty(
            day,
            [
                DatedSchedule(
                    week,
                    use.level,
                    use.valid_from,
                    use.valid_to,
                    override=use.override,
                    distance=use.distance,
                    on_holidays=use.on_holidays,
                )
                for use in uses
                if use.holds_on(day) and (week := figures.week(use.code)) is not None
            ],
        )

    def _shift(self, day: dt.date, cell: ShiftCell) -> Duty | Rest:
        pattern = self._figures[day].shift(cell.code)
        if pattern is None:  # no hours are invented for a code that the edition does not know
            return Rest(day, f"Sif {cell.code} tidak ada dalam edisi yang berlaku")
        return resolve_duty(day, (), ShiftAssignment(day, pattern, cell.on_holidays))

    def _load_uses(
        self, view: View, posts: Mapping[UUID, list[Post]], first: dt.date, last: dt.date
    ) -> None:
        rows = view.session.execute(
            select(
                ScheduleUse.level,
                ScheduleUse.target_id,
                ScheduleUse.code,
                ScheduleUse.valid_from,
                ScheduleUse.valid_to,
                ScheduleUse.override,
                ScheduleUse.on_holidays,
            )
            .where(
                ScheduleUse.valid_from <= last,
                or_(ScheduleUse.valid_to.is_(None), ScheduleUse.valid_to > first),
            )
            .order_by(ScheduleUse.valid_from, ScheduleUse.id)
        ).all()
        below = self._below(view, {row.target_id for row in rows if row.level == "unit"}, posts)
        for row in rows:
            if row.level == "person" and row.target_id not in self._people:
                continue
            if row.level != "unit":
                self._uses[row.level, row.target_id].append(
                    _use(row, 0, row.valid_from, row.valid_to)
                )
                continue
            for link in below.get(row.target_id, ()):
                self._uses["unit", link.descendant_id].append(
                    _use(
                        row,
                        link.depth,
                        max(row.valid_from, link.valid_from),
                        _earlier(row.valid_to, link.valid_to),
                    )
                )

    def _below(
        self, view: View, ancestors: set[UUID], posts: Mapping[UUID, list[Post]]
    ) -> dict[UUID, list[Any]]:
        found: dict[UUID, list[Any]] = defaultdict(list)
        units = {post.unit_id for held in posts.values() for post in held}
        if ancestors and units:
            for row in view.session.execute(
                select(
                    UnitClosure.ancestor_id,
                    UnitClosure.descendant_id,
                    UnitClosure.depth,
                    UnitClosure.valid_from,
                    UnitClosure.valid_to,
                ).where(
                    UnitClosure.ancestor_id.in_(ancestors), UnitClosure.descendant_id.in_(units)
                )
            ):
                found[row.ancestor_id].append(row)
        return found


def _use(row: Any, distance: int, holds_from: dt.date, holds_to: dt.date | None) -> _Use:
    return _Use(
        row.code,
        row.level,
        row.valid_from,
        row.valid_to,
        row.override,
        row.on_holidays,
        distance,
        holds_from,
        holds_to,
    )


def _earlier(one: dt.date | None, other: dt.date | None) -> dt.date | None:
    return min((end for end in (one, other) if end is not None), default=None)
