"""The float of a course: accounts rendered by the treasurer, decided by PPK-SKPD."""

from typing import Any
from uuid import UUID

import attrs

from leuit.values import local_day, new_id
from leuit_sp2d.models import Lpj
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.float import float_of
from leuit_sp2d.service.lpj import SpentReceipt, draft_lpj, drop_lpj, revise_lpj
from leuit_sp2d.service.lpj_files import add_lpj_evidence
from leuit_sp2d.service.lpj_steps import approve_lpj, return_lpj, submit_lpj
from tests.sp2d.course_budget import MILLION, BudgetCourse
from tests.sp2d.oracle_records import Account
from tests.sp2d.treasury import YEAR


@attrs.define
class FloatCourse(BudgetCourse):
    """A course whose treasurer may spend his float."""

    def account(self, who: str, parts: tuple[int, int], number: int) -> None:
        """Somebody writes down what was spent, so many million on each line, with its evidence."""
        key, app = new_id(), self.office.app
        lines, receipts, marks = self._spent(parts, number)

        def call() -> None:
            with app.change(self.people[who]) as work:
                draft_lpj(work, self.unit, "Belanja contoh", receipts, key=key)

        def after() -> None:
            self.book.accounts.setdefault(key, Account(who, lines, marks))

        def against() -> set[str]:
            if key in self.book.accounts:
                return set()
            return self.book.against_account(who, lines, marks)

        self.twice(lambda: self.ask(against(), call, after))
        if key in self.book.accounts:
            self.lpjs.append(key)
            with app.change(self.people[who]) as work:
                add_lpj_evidence(work, key, 1, self.files["kuitansi"])

    def mend_account(
        self, who: str, key: UUID, parts: tuple[int, int], number: int, behind: int
    ) -> None:
        """Somebody writes other receipts into an LPJ."""
        book, version = self.book, self.book.accounts[key].version - behind
        lines, receipts, marks = self._spent(parts, number)

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                revise_lpj(work, key, "Belanja contoh", receipts, version)

        self.twice(
            lambda: self.ask(
                book.against_mend(who, key, version, receipts),
                call,
                lambda: book.after_mend(key, version, lines, marks, receipts),
            )
        )

    def _spent(
        self, parts: tuple[int, int], number: int
    ) -> tuple[dict[UUID, int], tuple[SpentReceipt, ...], set[tuple[str, int]]]:
        """What each line bears, in two receipts where it is more than a million; their marks."""
        lines = {line: part * MILLION for line, part in zip(self.lines, parts, strict=True) if part}
        paid = [
            (line, one)
            for line, amount in lines.items()
            for one in (MILLION, amount - MILLION)
            if one
        ]
        today = local_day(self.clock.now(), self.office.app.zone)  # a long life lasts for days
        receipts = tuple(
            SpentReceipt(line, amount, f"KW/{number}/{place}", today)
            for place, (line, amount) in enumerate(paid)
        )
        return lines, receipts, {(one.number, one.amount) for one in receipts}

    def move_account(
        self, who: str, key: UUID, what: str, behind: int, *, coded: bool = True
    ) -> None:
        """Somebody submits, drops, approves or returns an LPJ."""
        book, version = self.book, self.book.accounts[key].version - behind
        reasons = [Reason("salah_hitung" if coded else "karangan", "")]
        calls: dict[str, Any] = {
            "submitted": lambda work: submit_lpj(work, key, version),
            "dropped": lambda work: drop_lpj(work, key, version),
            "approved": lambda work: approve_lpj(work, key, version),
            "returned": lambda work: return_lpj(work, key, version, reasons),
        }
        decided = who if what in ("approved", "returned") else ""

        def call() -> None:
            with self.office.app.change(self.people[who]) as work:
                calls[what](work)

        def against() -> set[str]:
            if what == "submitted":
                free = {line: book.pockets(line)[1] for line in self.lines}
                return book.against_submit(who, key, version, free)
            if what == "dropped":
                return book.against_drop(who, key, version)
            return book.against_decision(who, key, what, version, coded=coded)

        self.twice(
            lambda: self.ask(against(), call, lambda: book.after_move(key, what, version, decided))
        )

    def spend(self, parts: tuple[int, int], number: int) -> None:
        """What was spent is written, submitted and approved by those who should."""
        known = len(self.lpjs)
        self.account("spp", parts, number)
        for key in self.lpjs[known:]:
            self.move_account("spp", key, "submitted", 0)
            self.move_account("verify", key, "approved", 0)

    def check_float(self, view: Any) -> None:
        """The LPJs and the float are what the oracle says."""
        for key, lpj in self.book.accounts.items():
            stored = view.session.get_one(Lpj, key)
            assert (stored.state, stored.version, stored.total) == (
                lpj.state,
                lpj.version,
                lpj.total(),
            )
        funds = float_of(view, self.unit, YEAR)
        assert (funds.given, funds.in_hand, funds.used) == (
            self.book.given(),
            self.book.in_hand(),
            self.book.used(),
        )
