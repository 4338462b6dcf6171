"""Payments as records: found by who may see them, written down, mended after a return.

To others than those who may read payments of its unit a payment does not exist.
"""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, bindparam, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from leuit.storage import Prepared
from leuit.values import ConflictError, NotFoundError, StaleEditError, Text, _, new_id
from leuit.work import View, Work
from leuit_sp2d.models import STANDING, Bill, Deduction, Evidence, Paper, Payment, PaymentLine
from leuit_sp2d.permissions import DRAFT as MAY_DRAFT
from leuit_sp2d.permissions import READ
from leuit_sp2d.rules.bill import bill_keys, float_key, refill_key, salary_key
from leuit_sp2d.rules.chain import CANCELLED, DRAFT, require_turn

from .claims import Claim, checked
from .moving import move, ref_of
from .people import actor_of, take_duty
from .same_request import digest_of, note_done, was_done
from .telling import release_claim


class DuplicateBillError(ConflictError):
    """The same bill is claimed by another payment already."""

    code = "duplicate_bill"


def find_payment(view: View, payment_id: UUID, permission: str = READ) -> Payment:
    """A payment of a unit on which the permission is held; NotFoundError for any other."""
    query = _visible(view.units(permission))
    found: Payment | None = view.session.scalars(query, {"payment": payment_id}).one_or_none()
    if found is None:
        raise _unknown()
    return found


def locked_payment(work: Work, payment_id: UUID, permission: str = READ) -> Payment:
    """As `find_payment`, and nobody else changes it until the unit ends."""
    work.session.flush()
    query = _locked(work.units(permission))
    row = query.first(work.connection, {"payment": payment_id})
    if row is None:
        raise _unknown()
    return work.session.adopt(Payment, row._asdict())


def require_version(payment: Payment, version: int) -> None:
    """StaleEditError when the payment is not as the asker saw it."""
    if payment.version != version:
        raise StaleEditError(
            _("Pembayaran ini baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
        )


def draft(work: Work, claim: Claim, *, key: UUID | None = None) -> Payment:
    """Write a claim down; its writer is the PPTK of the payment.

    The same `key` a second time gives the payment of the first. Raises InvalidInputError for a
    faulty claim, DuplicateBillError for a bill that another payment claims.
    """
    actor = actor_of(work)
    if key is not None and (known := work.session.get(Payment, key)) is not None:
        if known.created_by != actor.person_id:
            raise NotFoundError(_("Pembayaran itu tidak ada."))
        return known
    work.require(MAY_DRAFT, claim.unit_id)
    claim = checked(work, claim)
    payment = Payment(
        id=key or new_id(),
        unit_id=claim.unit_id,
        year=claim.year,
        state=DRAFT,
        since=work.now,
        created_by=actor.person_id,
        created_at=work.now,
        **_columns(claim),
    )
    try:
        with work.session.begin_nested():
            work.session.add(payment)
    except IntegrityError:
        known = work.session.get(Payment, payment.id)  # the same form came twice at once
        if known is None or known.created_by != actor.person_id:
            raise
        work.audit("sp2d.payment.drafted", ref_of(known), repeated=True)
        return known
    _write_parts(work, payment.id, claim)
    take_duty(work, payment.id, actor.person_id, DRAFT)
    work.audit("sp2d.payment.drafted", ref_of(payment), gross=payment.gross, kind=payment.kind)
    return payment


def revise(work: Work, payment_id: UUID, claim: Claim, version: int) -> Payment:
    """Change a claim that is not on its way; unit and year stay.

    The same request again gives the first answer while nothing else has changed it.
    """
    actor = actor_of(work)
    payment = locked_payment(work, payment_id, MAY_DRAFT)
    asked = digest_of(work, "revise", payment_id, version, claim)
    if payment.version == version + 1 and was_done(work, asked):
        return payment
    require_turn(payment.state, DRAFT)
    require_version(payment, version)
    take_duty(work, payment.id, actor.person_id, DRAFT)
    claim = checked(work, claim)
    if (claim.unit_id, claim.year) != (payment.unit_id, payment.year):
        raise ConflictError(_("Unit dan tahun sebuah pembayaran tidak dapat diganti."))
    before = {name: getattr(payment, name) for name in _columns(claim)}
    receipts = [one for one in deductions_of(work, payment.id) if one.billing_id or one.ntpn]
    for name, value in _columns(claim).items():
        setattr(payment, name, value)
    payment.version += 1
    for table in (PaymentLine, Deduction, Bill):
        work.session.execute(delete(table).where(table.payment_id == payment.id))
    work.session.flush()
    _write_parts(work, payment.id, claim)
    note_done(work, asked)
    dropped = [one.billing_id for one in receipts if not _keep_receipt(work, one)]
    changed = sorted(name for name, value in _columns(claim).items() if before[name] != value)
    work.audit(
        "sp2d.payment.revised",
        ref_of(payment),
        changed=changed,
        gross=payment.gross,
        dropped_billing_ids=dropped,
    )
    return payment


def cancel(work: Work, payment_id: UUID, version: int, note: str) -> Payment:
    """Give a claim up that is not on its way; its bill may be claimed again.

    What it was taken up from lies on the desk again. The same request again gives the first answer.
    """
    actor = actor_of(work)
    payment = locked_payment(work, payment_id, MAY_DRAFT)
    asked = digest_of(work, "cancel", payment_id, version, note)
    if was_done(work, asked):
        return payment
    require_turn(payment.state, DRAFT)
    require_version(payment, version)
    take_duty(work, payment.id, actor.person_id, DRAFT)
    work.session.execute(delete(Bill).where(Bill.payment_id == payment.id))
    release_claim(work, payment)  # before the move, of which its claimant hears as of the desk
    note_done(work, asked)
    move(work, payment, CANCELLED)
    work.audit("sp2d.payment.cancelled", ref_of(payment), note=note[:500])
    return payment


def lines_of(view: View, payment_id: UUID) -> dict[UUID, int]:
    """How much each budget line bears."""
    rows = _LINES.rows(view.connection, {"payment": payment_id})
    return {row.line_id: row.amount for row in rows}


def deductions_of(view: View, payment_id: UUID) -> list[Deduction]:
    """The deductions of a payment in their order."""
    return list(
        view.session.scalars(
            select(Deduction).where(Deduction.payment_id == payment_id).order_by(Deduction.place)
        )
    )


def evidence_of(view: View, payment_id: UUID) -> list[Evidence]:
    """The files of a payment, in the order in which they came."""
    return list(
        view.session.scalars(
            select(Evidence).where(Evidence.payment_id == payment_id).order_by(Evidence.id)
        )
    )


def _unknown() -> NotFoundError:
    return NotFoundError(_("Pembayaran itu tidak ada."), advice=_("Mulai dari daftar."))


# The statements of one reader, kept with his units: they are made once a day for each.
@lru_cache(maxsize=1024)
def _visible(units: Select[UUID]) -> Select[Any]:
    return select(Payment).where(_ASKED, Payment.unit_id.in_(units))


@lru_cache(maxsize=1024)
def _locked(units: Select[UUID]) -> Prepared:
    found = select(*Payment.__table__.columns).where(_ASKED, Payment.unit_id.in_(units))
    return Prepared(found.with_for_update(of=Payment.__table__))


_ASKED = Payment.id == bindparam("payment", type_=Payment.id.type)
_LINES = Prepared(
    select(PaymentLine.line_id, PaymentLine.amount).where(
        PaymentLine.payment_id == bindparam("payment")
    )
)


def _columns(claim: Claim) -> dict[str, Any]:
    salary = claim.salary if claim.kind == "LS_GAJI" else None
    return {
        "kind": claim.kind,
        "purpose": claim.purpose,
        "basis": claim.basis,
        "payee": claim.payee,
        "npwp": claim.npwp,
        "bank": claim.bank,
        "account": claim.account,
        "holder": claim.holder,
        "invoice": claim.invoice,
        "invoice_date": claim.invoice_date,
        "gross": claim.gross,
        "net": claim.net,
        "taxed": dict(claim.taxed) if claim.taxed is not None else None,
        "tax_rules_id": claim.tax_rules_id,
        "lpj_id": claim.lpj_id if claim.kind == "GU" else None,
        "salary_month": salary.month if salary else "",
        "salary_type": salary.type if salary else "",
        "salary_run": salary.run if salary else 0,
    }


def _write_parts(work: Work, payment_id: UUID, claim: Claim) -> None:
    if claim.lines:
        work.connection.execute(
            insert(PaymentLine),
            [
                {"payment_id": payment_id, "line_id": line.line_id, "amount": line.amount}
                for line in claim.lines
            ],
        )
    if claim.deductions:
        work.connection.execute(
            insert(Deduction),
            [
                {
                    "id": new_id(),
                    "payment_id": payment_id,
                    "place": place,
                    "code": one.code,
                    "title": one.title,
                    "base": one.base,
                    "rate": one.rate,
                    "how": one.how,
                    "amount": one.amount,
                    "reduces": one.reduces,
                    "kap_kjs": one.kap_kjs,
                    "billing_id": one.billing_id,
                    "ntpn": one.ntpn,
                }
                for place, one in enumerate(claim.deductions)
            ],
        )
    _claim_bill(work, payment_id, claim)


def _keep_receipt(work: Work, before: Deduction) -> bool:
    """A tax that stays as it was keeps its billing id and NTPN; whether there is one."""
    same = update(Deduction).where(
        Deduction.payment_id == before.payment_id,
        Deduction.code == before.code,
        Deduction.amount == before.amount,
        Deduction.billing_id == "",
    )
    receipt = {name: getattr(before, name) for name in ("billing_id", "billing_date", "ntpn")}
    found: Any = work.connection.execute(same.values(**receipt))
    return int(found.rowcount) > 0


def _claim_bill(work: Work, payment_id: UUID, claim: Claim) -> None:
    keys = keys_of(claim)
    try:
        with work.session.begin_nested():
            for key in keys:
                work.connection.execute(insert(Bill), {"key": key, "payment_id": payment_id})
    except IntegrityError as error:
        raise _duplicate(work, claim, keys) from error


def keys_of(claim: Claim) -> tuple[str, ...]:
    """The names under which a claim is paid once."""
    if claim.kind == "UP":
        return (float_key(claim.unit_id, claim.year),)
    if claim.kind == "GU" and claim.lpj_id is not None:
        return (refill_key(claim.lpj_id),)
    if claim.kind == "LS_GAJI" and claim.salary is not None:
        return (salary_key(claim.unit_id, claim.salary),)
    return bill_keys(
        claim.invoice,
        npwp=claim.npwp,
        bank=claim.bank,
        account=claim.account,
        payee=claim.payee,
    )


_TWICE: dict[str, tuple[Text, Text]] = {
    "UP": (
        _("UP unit ini sudah diajukan tahun ini: %(purpose)s (%(number)s)."),
        _("UP diberikan sekali setahun; sesudahnya dengan GU."),
    ),
    "GU": (
        _("LPJ ini sudah diganti: %(purpose)s (%(number)s)."),
        _("Pilih LPJ lain."),
    ),
    "LS_GAJI": (
        _("Gaji bulan dan jenis ini sudah diajukan: %(purpose)s (%(number)s)."),
        _("Periksa bulan, jenis dan nomor urutnya."),
    ),
}
_TWICE_BILL = (
    _("Tagihan ini sudah diajukan: %(purpose)s (%(number)s)."),
    _("Periksa nomor tagihan dan penerimanya."),
)


def _duplicate(work: Work, claim: Claim, keys: Iterable[str]) -> DuplicateBillError:
    """Names the document of the other payment where the asker may see it."""
    other = work.connection.execute(
        select(Payment.id, Payment.purpose, Payment.unit_id)
        .join(Bill, Bill.payment_id == Payment.id)
        .where(Bill.key.in_(list(keys)), Payment.unit_id.in_(work.units(READ)))
        .limit(1)
    ).first()
    if other is None:
        return DuplicateBillError(
            _("Tagihan ini sudah diajukan dalam pembayaran unit lain."),
            advice=_("Periksa nomor tagihan dan penerimanya."),
        )
    number = work.connection.execute(
        select(Paper.number)
        .where(Paper.payment_id == other.id, Paper.state == STANDING)
        .order_by(Paper.id.desc())
        .limit(1)
    ).scalar()
    sentence, advice = _TWICE.get(claim.kind, _TWICE_BILL)
    return DuplicateBillError(
        sentence,
        advice=advice,
        purpose=other.purpose,
        number=number or _("belum bernomor"),
    )
