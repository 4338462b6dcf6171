"""A course and its budget: what both sides are asked, and DPA and SPD of the course's own unit."""

import contextlib
import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import event

from leuit.identity import SYSTEM, Identity, Unit, UnitLink, rebuild_closure
from leuit.values import LeuitError, ManualClock, RecordRef, new_id
from leuit.work import Leuit, StoredFile
from leuit_sp2d.service.budget_lines import lines_of
from leuit_sp2d.service.dpa import DpaHead
from leuit_sp2d.service.dpa_import import apply_dpa, receive_dpa
from leuit_sp2d.service.spd import SpdHead, issue_spd
from leuit_sp2d.service.spd_request import typed_lines
from tests.sp2d.budget_office import dpa_file
from tests.sp2d.course_people import RIGHTS
from tests.sp2d.oracle import Book
from tests.sp2d.treasury import SINCE, SKPD_CODE, YEAR, Treasury

MILLION = 1_000_000
DAY = dt.date(YEAR, 10, 5)
KEYS = (("7.01.02.2.01.0002", "5.1.02.01.01.0001"), ("7.01.02.2.01.0002", "5.1.02.01.01.0002"))
"""Sub-activity and account of the two lines of a course."""


class CrashError(Exception):
    """The process dies here."""


@attrs.define
class BudgetCourse:
    """One installation and its book, with the unit of the present course and its two lines."""

    office: Treasury
    clock: ManualClock
    people: dict[str, Identity]
    files: Mapping[str, StoredFile]
    book: Book = attrs.field(factory=lambda: Book(RIGHTS))
    unit: UUID = attrs.field(factory=new_id)
    lines: list[UUID] = attrs.field(factory=list)
    keys: list[UUID] = attrs.field(factory=list)
    lpjs: list[UUID] = attrs.field(factory=list)
    crash_after: int = 0
    courses: int = 0
    documents: int = 0
    again: Callable[[], None] | None = None

    # ----------------------------------------------------------------------------- both are asked

    def ask(self, against: set[str], call: Callable[[], Any], after: Callable[[], Any]) -> Any:
        """The service does it just when the oracle has nothing against it, else it says which."""
        try:
            with crashing(self.office.app, self.crash_after):
                answer = call()
        except CrashError:
            return None
        except LeuitError as error:
            told = [str(fault) for fault in getattr(error, "fields", ())]
            assert error.code in against, f"refused as {error.code}: {error}; {told}; {against}"
            return None
        finally:
            self.crash_after = 0
        assert not against, f"accepted, although {against}"
        after()
        return answer

    def twice(self, asked: Callable[[], Any]) -> None:
        asked()
        self.again = asked

    # -------------------------------------------------------------------------------------- budget

    def open_unit(self) -> None:
        """A unit below that of the treasury, with 100 million on two lines, of which 60 released.

        Its people have their rights on it by way of the unit above.
        """
        with self.office.app.change(SYSTEM) as work:
            unit = Unit(
                code=str(new_id()),
                name="Unit contoh",
                short="contoh",
                kind="seksi",
                valid_from=SINCE,
            )
            work.session.add(unit)
            work.session.flush()
            work.session.add(
                UnitLink(unit_id=unit.id, parent_id=self.office.unit, valid_from=SINCE)
            )
            rebuild_closure(work.session)
            work.audit("core.unit.created", RecordRef("core.unit", str(unit.id), "contoh"))
            self.unit = unit.id
        self._import("DPA/1", "M", dict.fromkeys(KEYS, 100 * MILLION))
        with self.office.app.read(SYSTEM) as view:
            lines = lines_of(view, self.unit, YEAR)
        self.lines = [lines[key].id for key in KEYS]
        self.book.after_dpa("DPA/1", "M", dict.fromkeys(self.lines, 100 * MILLION))
        for place in (0, 1):
            self.budget("keeper", place, "spd", 60)

    def budget(self, who: str, line: int, what: str, amount: int) -> None:
        """An edition of the DPA gives a line so many million more or less, or an SPD releases."""
        self.documents += 1
        if what == "spd":
            self._release(who, line, amount * MILLION)
            return
        number, stage = f"DPA/{self.documents}/P", f"P.{self.documents % 100:02d}"
        ceilings = {one: self.book.budgets[one].ceiling for one in self.lines}
        ceilings[self.lines[line]] += amount * MILLION * (1 if what == "dpa" else -1)
        told = dict(zip(KEYS, ceilings.values(), strict=True))
        self.twice(
            lambda: self.ask(
                self.book.against_dpa(who, number, ceilings),
                lambda: self._import(number, stage, told, who),
                lambda: self.book.after_dpa(number, stage, ceilings),
            )
        )

    def _import(
        self, number: str, stage: str, told: Mapping[tuple[str, str], int], who: str = "keeper"
    ) -> None:
        app = self.office.app
        head = DpaHead(self.unit, YEAR, stage, number, DAY, SKPD_CODE)
        received = receive_dpa(app, head, dpa_file(told), "dpa.csv")
        apply_dpa(app, self.people[who], received)

    def _release(self, who: str, line: int, amount: int) -> None:
        number = f"SPD/{self.courses}/{self.documents}"
        head = SpdHead(self.unit, YEAR, 4, number, DAY)
        asked, told = typed_lines({KEYS[line]: str(amount)}), {self.lines[line]: amount}
        self.twice(
            lambda: self.ask(
                self.book.against_spd(who, number, told),
                lambda: issue_spd(self.office.app, self.people[who], head, asked),
                lambda: self.book.after_spd(number, told),
            )
        )


@contextlib.contextmanager
def crashing(app: Leuit, after: int) -> Iterator[None]:
    """The unit dies before its statement of that number; 0 is none."""
    if not after:
        yield
        return
    left = [after]

    def dies(*_arguments: Any) -> None:
        left[0] -= 1
        if left[0] == 0:
            raise CrashError

    event.listen(app.database.writer, "before_cursor_execute", dies)
    try:
        yield
    finally:
        event.remove(app.database.writer, "before_cursor_execute", dies)
