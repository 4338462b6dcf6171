"""Claims of percentages (TPP): priced by the base amounts, fixed when they are taken up.

Until then the amounts follow the base rows that hold on the last day of the month. Whoever another
claim pays for the month already (he moved, or his unit lies below the other one) is listed without
an amount: one month is paid once, which a unique key of the database holds too.
"""

import datetime as dt
from collections.abc import Iterator
from uuid import UUID

import attrs
from sqlalchemy import bindparam, func, select, update
from sqlalchemy.exc import IntegrityError

from leuit.identity import Person
from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import StoredFile, View, Work
from leuit_sp2d.models import OPEN, REFUSED, TAKEN, ClaimAllowance, PaymentClaim
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.rules.salary import Salary
from leuit_sp2d.rules.tpp import last_day, tpp_amount

from .claims import Claim
from .tpp_import import bases_on

TYPE = "tpp"
"""The type of salary under which an allowance is paid: once for a unit and month."""

LIST_ITEM = "daftar_gaji"
"""The item of the checklist that the drawn list proves."""

NAMED = 10
"""How many people a sentence names."""


class NoBaseError(ConflictError):
    """Somebody of the claim has no base amount."""

    code = "no_tpp_base"


@attrs.frozen
class Priced:
    """One person of a claim: the cut in 1/100 percent, base and what is paid in rupiah.

    Both are None for whoever has no base amount, and for whoever another claim, `elsewhere`, pays.
    """

    person_id: UUID
    name: str
    nip: str
    deduction: int
    base: int | None = None
    amount: int | None = None
    decree: str = ""
    elsewhere: UUID | None = None


@attrs.frozen
class PricedAllowance:
    """All people of a claim by name, as they would be paid now, or as they were fixed."""

    people: tuple[Priced, ...]

    @property
    def paid(self) -> tuple[Priced, ...]:
        """Those whom the claim pays."""
        return tuple(one for one in self.people if one.amount is not None)

    @property
    def missing(self) -> tuple[Priced, ...]:
        """Those who have no base amount."""
        return tuple(one for one in self.people if one.base is None and one.elsewhere is None)

    @property
    def total(self) -> int:
        """Sum of what is paid."""
        return sum(one.amount for one in self.people if one.amount is not None)


@attrs.frozen
class DrawnList:
    """The list of an allowance as a file in the store, and whom it lists."""

    allowance: PricedAllowance
    file: StoredFile


def priced(view: View, claim: PaymentClaim) -> PricedAllowance:
    """The people of a claim with their amounts; empty for a claim without an allowance."""
    if claim.month is None:
        return PricedAllowance(())
    rows = view.connection.execute(
        select(
            ClaimAllowance.person_id,
            Person.name,
            Person.nip,
            ClaimAllowance.deduction,
            ClaimAllowance.base,
            ClaimAllowance.amount,
        )
        .join(Person, Person.id == ClaimAllowance.person_id)
        .where(ClaimAllowance.claim_id == claim.id)
        .order_by(Person.name, Person.id)
    ).all()
    others = _paid_elsewhere(view, claim.id, claim.month)
    found = [
        Priced(
            row.person_id,
            row.name,
            row.nip or "",
            row.deduction,
            row.base,
            row.amount,
            elsewhere=others.get(row.person_id),
        )
        for row in rows
    ]
    if claim.state == TAKEN:
        return PricedAllowance(tuple(found))
    bases = bases_on(view, [one.person_id for one in found], last_day(claim.month))
    worked_out = []
    for one in found:
        base = bases.get(one.person_id)
        if base is not None and one.elsewhere is None:
            amount = tpp_amount(base.amount, one.deduction)
            worked_out.append(
                attrs.evolve(one, base=base.amount, amount=amount, decree=base.decree)
            )
        else:
            worked_out.append(one)
    return PricedAllowance(tuple(worked_out))


def payable(view: View, claim: PaymentClaim) -> PricedAllowance:
    """As `priced`, of a claim that may be taken up.

    Raises ConflictError when another claim of the unit and month is taken up already or came
    later, or nothing is left to pay, NoBaseError naming who has no base amount.
    """
    for rival in rivals(view, claim):
        if is_newer(rival, claim):
            raise ConflictError(
                _("Ada klaim TPP yang lebih baru untuk unit dan bulan ini: %(purpose)s."),
                advice=_("Ambil yang terbaru, atau tolak dahulu yang keliru."),
                purpose=rival.purpose,
            )
        if rival.state == TAKEN:
            raise ConflictError(
                _("TPP unit dan bulan ini sudah diambil lewat klaim lain: %(purpose)s."),
                advice=_("Tolak salah satunya, atau batalkan pembayaran yang keliru dahulu."),
                purpose=rival.purpose,
            )
    found = priced(view, claim)
    if found.missing:
        raise NoBaseError(
            _("%(count)s pegawai belum mempunyai besaran TPP: %(names)s."),
            advice=_("Minta petugas anggaran memasukkan besarannya, lalu muat ulang halaman."),
            count=len(found.missing),
            names=names_of(found.missing),
        )
    if not found.total:
        raise ConflictError(
            _("Tidak ada yang dibayar menurut klaim ini."),
            advice=_("Periksa potongan dan besarannya, atau tolak klaim ini."),
        )
    return found


def rivals(view: View, claim: PaymentClaim) -> list[PaymentClaim]:
    """The other claims of the same unit and month that were not refused, the earliest first;
    those among them that were replaced too.
    """
    if claim.month is None:
        return []
    return list(
        view.session.scalars(
            select(PaymentClaim)
            .where(
                PaymentClaim.unit_id == claim.unit_id,
                PaymentClaim.month == claim.month,
                PaymentClaim.id != claim.id,
                PaymentClaim.state != REFUSED,
            )
            .order_by(PaymentClaim.at, PaymentClaim.id)
        )
    )


def is_newer(rival: PaymentClaim, claim: PaymentClaim) -> bool:
    """Whether another claim on the desk came later, and so is to be taken up instead."""
    return rival.state == OPEN and (rival.at, rival.id) > (claim.at, claim.id)


def names_of(people: tuple[Priced, ...]) -> str:
    """The names of the first of them, and how many more there are."""
    told = ", ".join(f"{one.name} ({one.nip})" if one.nip else one.name for one in people[:NAMED])
    more = len(people) - NAMED
    return told if more <= 0 else str(_("%s dan %s lainnya") % (told, more))


def checked_payment(
    work: Work, claim: PaymentClaim, payment: Claim, drawn: DrawnList | None
) -> DrawnList:
    """The list by which the claim may be paid as `payment`; raises with what does not fit.

    ConflictError when amounts changed since the list was drawn, beside those of `payable`.
    """
    now = payable(work, claim)
    if drawn is None or drawn.allowance != now:
        raise ConflictError(
            _("Besaran TPP baru saja berubah."), advice=_("Muat ulang halaman, lalu periksa lagi.")
        )
    faults = list(_faults(claim, payment, now.total))
    if faults:
        raise InvalidInputError(
            _("Pengajuan belum sama dengan klaimnya."),
            advice=_("Perbaiki isian yang ditandai."),
            fields=faults,
        )
    return drawn


def fix(work: Work, claim: PaymentClaim, allowance: PricedAllowance) -> None:
    """Keep the amounts with the claim; ConflictError when another claim was quicker."""
    try:
        with work.session.begin_nested():
            work.connection.execute(
                _FIX,
                [
                    {
                        "claim": claim.id,
                        "person": one.person_id,
                        "new_base": one.base,
                        "new_amount": one.amount,
                        "month": claim.month,
                    }
                    for one in allowance.paid
                ],
            )
    except IntegrityError as error:
        raise ConflictError(
            _("Seorang pegawai baru saja dibayar lewat klaim lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
        ) from error
    claim.amount = allowance.total


def loosen(work: Work, claim: PaymentClaim) -> None:
    """Undo `fix`: the claim is to be priced anew; nothing for a claim without an allowance."""
    if claim.month is None:
        return
    work.connection.execute(
        update(ClaimAllowance)
        .where(ClaimAllowance.claim_id == claim.id)
        .values(base=None, amount=None, paid_month=None)
    )
    claim.amount, claim.list_sha256 = None, ""


def fixed_total(view: View, claim_id: UUID) -> int:
    """The sum of what a claim that is taken up pays."""
    total = view.connection.execute(
        select(func.sum(ClaimAllowance.amount)).where(ClaimAllowance.claim_id == claim_id)
    ).scalar_one()
    return int(total or 0)


def salary_of(month: dt.date) -> Salary:
    """The salary as which an allowance of a month is paid."""
    return Salary(f"{month:%Y-%m}", TYPE)


def _faults(claim: PaymentClaim, payment: Claim, total: int) -> Iterator[FieldError]:
    assert claim.month is not None
    wanted, given = salary_of(claim.month), payment.salary
    if given is None or given.type != wanted.type:
        yield FieldError("salary_type", _("Jenisnya harus TPP, seperti klaimnya."), "type")
    if given is None or given.month != wanted.month:
        yield FieldError("salary_month", _("Bulannya harus seperti klaimnya."), "month")
    if payment.gross != total:
        sentence = _("Jumlahnya harus %(total)s, seperti daftar TPP.")
        yield FieldError("lines", sentence, "unequal", {"total": format_rupiah(total)})


def _paid_elsewhere(view: View, claim_id: UUID, month: dt.date) -> dict[UUID, UUID]:
    """Of the people of a claim, those whom another one pays for the month, and which."""
    own = select(ClaimAllowance.person_id).where(ClaimAllowance.claim_id == claim_id)
    rows = view.connection.execute(
        select(ClaimAllowance.person_id, ClaimAllowance.claim_id).where(
            ClaimAllowance.paid_month == month,
            ClaimAllowance.claim_id != claim_id,
            ClaimAllowance.person_id.in_(own),
        )
    )
    return {row.person_id: row.claim_id for row in rows}


_FIX = (
    update(ClaimAllowance)
    .where(
        ClaimAllowance.claim_id == bindparam("claim"),
        ClaimAllowance.person_id == bindparam("person"),
    )
    .values(
        base=bindparam("new_base"), amount=bindparam("new_amount"), paid_month=bindparam("month")
    )
)
