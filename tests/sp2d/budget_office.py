"""A budget office for tests: people with the right to import and release, files, and payments."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import case, func, select

from leuit.identity import (
    SYSTEM,
    Account,
    Grant,
    Identity,
    Unit,
    UnitLink,
    rebuild_closure,
)
from leuit.testing import Cast, cast
from leuit.values import RecordRef, new_id, new_paper_code
from leuit.work import Leuit
from leuit_sp2d.models import (
    FREE,
    OUTSIDE,
    POCKETS,
    RESERVED,
    SPENT,
    DpaLine,
    Entry,
    Line,
    Paper,
    Payment,
    PaymentLine,
)
from leuit_sp2d.rules.limits import Pockets
from leuit_sp2d.service.budget_lines import lines_of
from leuit_sp2d.service.dpa import DpaHead
from leuit_sp2d.service.dpa_import import StoredDpa, apply_dpa, receive_dpa
from leuit_sp2d.service.ledger import Cause, Move, post
from leuit_sp2d.service.spd import IssuedSpd, SpdHead, issue_spd
from leuit_sp2d.service.spd_request import Share, SpdRequest, parse_percent, typed_lines

YEAR = 2026
SINCE = dt.date(2020, 1, 1)
DAY = dt.date(2026, 1, 5)
SKPD = "1.01.2.22.0.00.01.0000"
HEADING = "sub_kegiatan,nama_sub_kegiatan,rekening,nama_rekening,pagu\n"
ACTIVITY = "7.01.02.2.01.0002"
PAPER = (ACTIVITY, "5.1.02.01.01.0024")
FUEL = (ACTIVITY, "5.1.02.01.01.0004")
TRAVEL = ("1.01.01.2.06.0009", "5.1.02.04.01.0001")
KEYS = (PAPER, FUEL, TRAVEL)


def dpa_file(amounts: Mapping[tuple[str, str], int | str]) -> bytes:
    """The CSV of a DPA with invented names."""
    rows = (
        f"{activity},Sub {activity},{account},Rekening {account},{amount}\n"
        for (activity, account), amount in amounts.items()
    )
    return (HEADING + "".join(rows)).encode()


@attrs.frozen
class BudgetOffice:
    """The cast of `leuit.testing`, a keeper for the regency, one for the first unit, a reader."""

    app: Leuit
    people: Cast
    keeper: Identity
    unit_keeper: Identity
    reader: Identity

    @property
    def unit(self) -> UUID:
        return self.people.unit

    def head(self, number: str = "DPA/1", **given: Any) -> DpaHead:
        return attrs.evolve(DpaHead(self.unit, YEAR, "M", number, DAY, SKPD), **given)

    def bring_in(
        self, amounts: Mapping[tuple[str, str], int | str], number: str = "DPA/1", **given: Any
    ) -> StoredDpa:
        """Store an edition."""
        received = receive_dpa(self.app, self.head(number, **given), dpa_file(amounts), "dpa.csv")
        return apply_dpa(self.app, self.keeper, received)

    def release(
        self,
        amounts: Mapping[tuple[str, str], int] | str,
        number: str = "SPD/1",
        quarter: int = 1,
        unit: UUID | None = None,
    ) -> IssuedSpd:
        """Issue an SPD: amounts by line, or a share in percent."""
        asked: SpdRequest = (
            Share(parse_percent(amounts))
            if isinstance(amounts, str)
            else typed_lines({key: str(amount) for key, amount in amounts.items()})
        )
        head = SpdHead(unit or self.unit, YEAR, quarter, number, DAY)
        return issue_spd(self.app, self.keeper, head, asked)

    def pockets(self, key: tuple[str, str], unit: UUID | None = None) -> Pockets:
        """Where the money of a line lies."""
        with self.app.read(SYSTEM) as view:
            return lines_of(view, unit or self.unit, YEAR)[key].pockets

    def elsewhere(self) -> "BudgetOffice":
        """The same office before a unit of its own, without any budget."""
        with self.app.change(SYSTEM) as work:
            unit = Unit(
                code=str(new_id()), name="Unit lain", short="lain", kind="dinas", valid_from=SINCE
            )
            work.session.add(unit)
            work.session.flush()
            work.session.add(
                UnitLink(unit_id=unit.id, parent_id=self.people.regency, valid_from=SINCE)
            )
            rebuild_closure(work.session)
            work.audit("core.unit.created", RecordRef("core.unit", str(unit.id), "contoh"))
            return attrs.evolve(self, people=attrs.evolve(self.people, unit=unit.id))

    def line(self, key: tuple[str, str]) -> UUID:
        with self.app.read(SYSTEM) as view:
            return lines_of(view, self.unit, YEAR)[key].id

    def pay(
        self, key: tuple[str, str], amount: int, *, spent: bool = False, value: int = 1
    ) -> tuple[str, ...]:
        """An SPM that holds money of a line, with `spent` its SP2D too; their numbers."""
        with self.app.change(SYSTEM) as work:
            line_id = lines_of(work, self.unit, YEAR)[key].id
            payment = _payment(self, amount, work.now)
            work.session.add(payment)
            work.session.flush()
            work.session.add(PaymentLine(payment_id=payment.id, line_id=line_id, amount=amount))
            papers = [_paper(payment, "SPM", value)]
            post(work, [Move(line_id, FREE, RESERVED, amount)], Cause("spm", papers[0].id))
            if spent:
                papers.append(_paper(payment, "SP2D", value))
                post(work, [Move(line_id, RESERVED, SPENT, amount)], Cause("sp2d", papers[1].id))
            work.session.add_all(papers)
            work.session.flush()
            work.audit("sp2d.spd.issued", RecordRef("sp2d.payment", str(payment.id), "contoh"))
            return tuple(paper.number for paper in papers)

    def unbalanced(self) -> Sequence[Any]:
        """The lines whose pockets are not the sums of their entries, or not the active DPA."""
        with self.app.read(SYSTEM) as view:
            sums = [
                func.coalesce(
                    func.sum(
                        case(
                            (Entry.to_pocket == pocket, Entry.amount),
                            (Entry.from_pocket == pocket, -Entry.amount),
                            else_=0,
                        )
                    ),
                    0,
                )
                for pocket in (*POCKETS, OUTSIDE)
            ]
            moved = {
                row[0]: tuple(map(int, row[1:]))
                for row in view.connection.execute(
                    select(Entry.line_id, *sums).group_by(Entry.line_id)
                )
            }
            rows = view.connection.execute(
                select(Line.id, Line.unreleased, Line.free, Line.reserved, Line.spent)
            ).all()
            latest = {
                row.line_id: row.amount
                for row in view.connection.execute(
                    select(DpaLine.line_id, DpaLine.amount).order_by(DpaLine.dpa_id)
                )
            }
        return [
            row
            for row in rows
            if moved.get(row.id, (0,) * 5) != (*row[1:], -sum(row[1:]))
            or latest[row.id] != sum(row[1:])
        ]


def open_office(app: Leuit) -> BudgetOffice:
    """A regency of two units without any budget yet."""
    people = cast(app)
    return BudgetOffice(
        app,
        people,
        account(app, "sp2d.budget_keeper", people.regency),
        account(app, "sp2d.budget_keeper", people.unit),
        account(app, "sp2d.auditor", people.unit),
    )


def account(app: Leuit, role: str, unit: UUID) -> Identity:
    """An account that holds a role on a unit."""
    login = f"{role}-{new_id()}"
    with app.change(SYSTEM) as work:
        row = Account(login=login, created_at=work.now)
        work.session.add(row)
        work.session.flush()
        work.session.add(Grant(role=role, unit_id=unit, account_id=row.id, valid_from=SINCE))
        work.audit("core.unit.created", RecordRef("core.account", str(row.id), "contoh"))
        return Identity("person", "Petugas Contoh", account_id=row.id, login=login)


def _payment(office: BudgetOffice, amount: int, now: dt.datetime) -> Payment:
    return Payment(
        id=new_id(),
        unit_id=office.unit,
        year=YEAR,
        kind="LS_BJ",
        purpose="Belanja contoh",
        basis="SPK contoh",
        payee="CV Contoh",
        bank="110",
        account="0001",
        holder="CV Contoh",
        gross=amount,
        net=amount,
        state="test",
        since=now,
        created_by=office.people.member.person_id,
        created_at=now,
    )


def _paper(payment: Payment, kind: str, value: int) -> Paper:
    return Paper(
        id=new_id(),
        payment_id=payment.id,
        unit_id=payment.unit_id,
        year=payment.year,
        kind=kind,
        value=value,
        number=f"36.02/{kind}/{value:06}/{payment.year}",
        number_id=new_id(),
        dated=DAY,
        amount=payment.gross,
        net=payment.gross,
        round=1,
        content={},
        code=new_paper_code(),
    )
