"""LPJs as records: found by who may see them, written and mended by the treasurer who spent.

Receipts name a budget line, an amount, a number and a date. Whoever wrote an LPJ is the only one
who may change or submit it, so that the person who approves it is always another.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

import attrs
from sqlalchemy import delete, func, insert, select

from leuit.builtin.checks import TextChecker
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
    _,
    new_id,
    one_line,
)
from leuit.work import View, Work
from leuit_sp2d.models import Line, Lpj, LpjEvidence, Receipt
from leuit_sp2d.permissions import READ, REQUEST
from leuit_sp2d.rules.bill import receipt_mark
from leuit_sp2d.rules.rupiah import LARGEST, WrongAmountError, check_amount

from .float import DRAFT, DROPPED, RETURNED, lock_float
from .papers import standing_papers
from .people import actor_of
from .same_request import digest_of, note_done, was_done

KIND = "sp2d.lpj"
MOST_RECEIPTS = 200
OPEN = frozenset({DRAFT, RETURNED})
"""States in which its writer may change an LPJ."""


@attrs.frozen
class SpentReceipt:
    """What was paid out of the float: the line that shall bear it, and its receipt."""

    line_id: UUID
    amount: int
    number: str
    dated: dt.date
    note: str = ""


def ref_of(lpj: Lpj) -> RecordRef:
    """How the audit log names an LPJ."""
    return RecordRef(KIND, str(lpj.id), f"{lpj.number} {lpj.purpose}"[:120])


def find_lpj(view: View, lpj_id: UUID, permission: str = READ) -> Lpj:
    """An LPJ of a unit on which the permission is held; NotFoundError for any other."""
    found = view.session.scalars(
        select(Lpj).where(Lpj.id == lpj_id, Lpj.unit_id.in_(view.units(permission)))
    ).one_or_none()
    if found is None:
        raise NotFoundError(_("LPJ itu tidak ada."), advice=_("Mulai dari daftar LPJ."))
    return found


def locked_lpj(work: Work, lpj_id: UUID, permission: str) -> Lpj:
    """As `find_lpj`, and nobody else changes it until the unit ends."""
    work.session.execute(select(Lpj.id).where(Lpj.id == lpj_id).with_for_update())
    return find_lpj(work, lpj_id, permission)


def require_lpj(lpj: Lpj, states: Iterable[str], version: int) -> None:
    """ConflictError for another state, StaleEditError when the LPJ is not as the asker saw it."""
    if lpj.version != version:
        raise StaleEditError(
            _("LPJ ini baru saja diubah orang lain."),
            advice=_("Muat ulang halaman, lalu periksa lagi."),
        )
    if lpj.state not in states:
        raise ConflictError(
            _("LPJ ini tidak lagi menunggu langkah itu."),
            advice=_("Muat ulang halaman untuk melihat keadaan terakhir."),
        )


def draft_lpj(
    work: Work,
    unit_id: UUID,
    purpose: str,
    receipts: tuple[SpentReceipt, ...],
    *,
    key: UUID | None = None,
) -> Lpj:
    """Write down what was spent of the float of this year; the same `key` again is the same LPJ.

    ConflictError while no UP was paid, InvalidInputError for faulty receipts.
    """
    actor = actor_of(work)
    if key is not None and (known := work.session.get(Lpj, key)) is not None:
        if known.created_by != actor.person_id:
            raise NotFoundError(_("LPJ itu tidak ada."))
        return known
    work.require(REQUEST, unit_id)
    year = work.today.year
    purpose, receipts = _checked(work, unit_id, year, purpose, receipts)
    last = work.session.scalar(
        select(func.max(Lpj.value)).where(Lpj.unit_id == unit_id, Lpj.year == year)
    )
    lpj = Lpj(
        id=key or new_id(),
        unit_id=unit_id,
        year=year,
        value=(last or 0) + 1,
        purpose=purpose,
        total=sum(one.amount for one in receipts),
        state=DRAFT,
        since=work.now,
        created_by=actor.person_id,
        created_at=work.now,
    )
    work.session.add(lpj)
    work.session.flush()
    _write(work, lpj, receipts)
    work.audit("sp2d.lpj.drafted", ref_of(lpj), total=lpj.total, receipts=len(receipts))
    return lpj


def revise_lpj(
    work: Work, lpj_id: UUID, purpose: str, receipts: tuple[SpentReceipt, ...], version: int
) -> Lpj:
    """Change an LPJ that is not on its way.

    The same request again gives the first answer while nothing else has changed it.
    """
    lpj = written_lpj(work, lpj_id)
    asked = digest_of(work, "revise_lpj", lpj_id, version, purpose, receipts)
    if lpj.version == version + 1 and was_done(work, asked):
        return lpj
    require_lpj(lpj, OPEN, version)
    purpose, receipts = _checked(work, lpj.unit_id, lpj.year, purpose, receipts)
    lpj.purpose, lpj.total = purpose, sum(one.amount for one in receipts)
    lpj.version += 1
    work.session.execute(delete(Receipt).where(Receipt.lpj_id == lpj.id))
    work.session.flush()
    _write(work, lpj, receipts)
    note_done(work, asked)
    work.audit("sp2d.lpj.revised", ref_of(lpj), total=lpj.total, receipts=len(receipts))
    return lpj


def drop_lpj(work: Work, lpj_id: UUID, version: int) -> Lpj:
    """Give an LPJ up that is not on its way; its receipts may be accounted for by another.

    The same request again gives the first answer: nobody but its writer can have dropped it.
    """
    lpj = written_lpj(work, lpj_id)
    if lpj.state == DROPPED and lpj.version == version + 1:
        return lpj
    require_lpj(lpj, OPEN, version)
    lpj.state, lpj.since = DROPPED, work.now
    lpj.version += 1
    work.audit("sp2d.lpj.dropped", ref_of(lpj))
    return lpj


def written_lpj(work: Work, lpj_id: UUID) -> Lpj:
    """As `locked_lpj`, for whoever wrote it; PermissionDeniedError for anybody else."""
    lpj = locked_lpj(work, lpj_id, REQUEST)
    if lpj.created_by != actor_of(work).person_id:
        raise PermissionDeniedError(
            _("LPJ ini ditulis orang lain."),
            advice=_("Hanya penulisnya yang dapat mengubah dan mengajukannya."),
        )
    return lpj


def receipts_of(view: View, lpj_id: UUID) -> list[Receipt]:
    """The receipts of an LPJ in their order."""
    return list(
        view.session.scalars(
            select(Receipt).where(Receipt.lpj_id == lpj_id).order_by(Receipt.place)
        )
    )


def evidence_of(view: View, lpj_id: UUID) -> list[LpjEvidence]:
    """The files of an LPJ, in the order in which they came."""
    return list(
        view.session.scalars(
            select(LpjEvidence).where(LpjEvidence.lpj_id == lpj_id).order_by(LpjEvidence.id)
        )
    )


def _write(work: Work, lpj: Lpj, receipts: tuple[SpentReceipt, ...]) -> None:
    work.connection.execute(
        insert(Receipt),
        [
            {"lpj_id": lpj.id, "place": place, **attrs.asdict(one)}
            for place, one in enumerate(receipts)
        ],
    )


def _checked(
    work: Work, unit_id: UUID, year: int, purpose: str, receipts: tuple[SpentReceipt, ...]
) -> tuple[str, tuple[SpentReceipt, ...]]:
    """Texts made plain; InvalidInputError names every fault by its field."""
    given = standing_papers(work, lock_float(work, unit_id, year).id)["SP2D"].dated
    texts = TextChecker()
    purpose = texts.read("purpose", one_line(purpose), most=200)
    plain = tuple(
        attrs.evolve(
            one,
            number=texts.read(f"receipts[{place}].number", one_line(one.number), most=100),
            note=texts.read(
                f"receipts[{place}].note", one_line(one.note), most=200, required=False
            ),
        )
        for place, one in enumerate(receipts)
    )
    faults = [*texts.faults]
    if not 0 < len(receipts) <= MOST_RECEIPTS:
        sentence = _("Isi 1 sampai %(most)s bukti pengeluaran.")
        faults.append(FieldError("receipts", sentence, "count", {"most": MOST_RECEIPTS}))
    known = set(
        work.connection.execute(
            select(Line.id).where(
                Line.id.in_([one.line_id for one in plain]),
                Line.unit_id == unit_id,
                Line.year == year,
            )
        ).scalars()
    )
    seen: set[tuple[str, dt.date, int]] = set()
    for place, one in enumerate(plain):
        path = f"receipts[{place}]"
        if one.line_id not in known:
            sentence = _("Baris anggaran itu bukan milik unit ini.")
            faults.append(FieldError(f"{path}.line", sentence, "unknown_line"))
        try:
            check_amount(one.amount)
        except WrongAmountError as error:
            faults.append(error.at(f"{path}.amount"))
        if not given <= one.dated <= work.today:
            sentence = _("Tanggal bukti sejak UP cair sampai hari ini.")
            faults.append(FieldError(f"{path}.dated", sentence, "date"))
        mark = receipt_mark(one.number, one.dated, one.amount)
        if mark in seen:
            faults.append(FieldError(f"{path}.number", _("Bukti ini disebut dua kali."), "twice"))
        seen.add(mark)
    if sum(one.amount for one in plain) > LARGEST:
        faults.append(FieldError("receipts", _("Jumlahnya terlalu besar."), "wrong_amount"))
    if faults:
        raise InvalidInputError(
            _("LPJ belum dapat disimpan."), advice=_("Perbaiki isian yang ditandai."), fields=faults
        )
    return purpose, plain
