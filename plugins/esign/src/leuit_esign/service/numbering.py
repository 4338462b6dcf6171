"""Numbers of letters: patterns as dated editions, one number for each document that is sent.

By its pattern a number is reserved when the document is sent, and printed on it; or it is given
when the last signature is there.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs
import cattrs
from sqlalchemy import select

from leuit.builtin.regulations import RegulationKind, edition
from leuit.identity import Position, Unit
from leuit.values import ConflictError, _, local_day
from leuit.work import (
    Number,
    ReservedNumber,
    View,
    Work,
    confirm_number,
    reserve_number,
    void_number,
)
from leuit_esign.models import FOR_NUMBER, SIGN, Document, PlaceRow
from leuit_esign.rules import NumberPattern, number_of, series_of

from .chain import steps_of
from .documents import ref_of
from .faults import fault_at

NUMBERING = "esign.numbering"
CLASSIFICATION = 40
NOT_PRINTED = _("Nomor yang diberikan sesudah tanda tangan tidak dicetak; hapus tempat nomornya.")


@attrs.frozen
class Numbering:
    """The ways in which this region numbers its letters."""

    patterns: tuple[NumberPattern, ...]

    def __attrs_post_init__(self) -> None:
        names = [one.name for one in self.patterns]
        if len(set(names)) != len(names):
            raise ValueError(_("Dua penomoran bernama sama."))


_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def numbering_kind() -> RegulationKind:
    """What e-sign registers with the regulations of the core."""
    return RegulationKind(
        NUMBERING,
        _("Penomoran naskah"),
        Numbering,
        lambda plain: _CONVERTER.structure(plain, Numbering),
        _CONVERTER.unstructure,
        {
            "patterns": _("Penomoran"),
            "name": _("Nama"),
            "pattern": _("Pola nomor"),
            "restarts": _("Mulai lagi tiap"),
            "per_unit": _("Tiap unit menghitung sendiri"),
            "given": _("Diberikan sebelum atau sesudah tanda tangan"),
        },
    )


def patterns_on(view: View, day: dt.date | None = None) -> tuple[NumberPattern, ...]:
    """The ways to number a letter on a day, today if none; none while no edition holds."""
    found = edition(view, NUMBERING, day or view.today)
    return () if found is None else found.figures.patterns


def is_given_after(view: View, pattern: str) -> bool:
    """Whether numbers of that name are given, as of today, when the last signature is there."""
    found = _named(patterns_on(view), pattern)
    return found is not None and not found.is_printed


def check_numbering(view: View, document: Document, pattern: str, classification: str) -> None:
    """Raise InvalidInputError, naming the field, when a document cannot be numbered that way."""
    if not pattern:
        return
    wanted = _named(patterns_on(view), pattern)
    if wanted is None:
        raise fault_at("pattern", _("Penomoran itu tidak berlaku hari ini."))
    if wanted.is_printed and document.signatures:
        raise fault_at(
            "pattern", _("PDF ini sudah ditandatangani; nomor tidak dapat dicetak lagi.")
        )
    has_place = _has_place(view, document)
    if wanted.is_printed and not has_place:
        raise fault_at("pattern", _("Tentukan dahulu tempat nomornya pada halaman."))
    if has_place and not wanted.is_printed:
        raise fault_at("pattern", NOT_PRINTED)
    code = classification.strip()
    if wanted.wants_classification and not code:
        raise fault_at("classification", _("Isi kode klasifikasi."))
    if len(code) > CLASSIFICATION or not code.isprintable():
        raise fault_at(
            "classification", _("Kode klasifikasi paling banyak %s huruf.") % CLASSIFICATION
        )


def reserve(work: Work, document: Document) -> None:
    """Reserve the document's number, of the office whose head signs it last.

    A number that was reserved for it before is used again if it is of the same series, else voided.
    Where numbers are given after signing only this is checked. Raises ConflictError when the
    pattern no longer holds.
    """
    if not document.pattern:
        give_back(work, document)
        return
    wanted = _named(patterns_on(work), document.pattern)
    if wanted is None:
        raise ConflictError(_("Penomoran itu tidak berlaku hari ini."))
    office = _office(work, document)
    if not office.is_head:
        raise ConflictError(
            _("Nomor unit hanya untuk naskah yang terakhir ditandatangani kepala unitnya."),
            advice=_("Jadikan kepala unit penanda tangan terakhir, atau kirim tanpa nomor."),
        )
    if not wanted.is_printed:
        if _has_place(work, document):
            raise ConflictError(NOT_PRINTED)
        give_back(work, document)
        return
    series = series_of(wanted, office.code, work.today)
    known = work.session.get(Number, document.number_id) if document.number_id else None
    if known is not None and known.series == series:
        number = ReservedNumber(known.id, known.value)
    else:
        give_back(work, document)
        number = reserve_number(work, series, ref_of(document))
    _give(work, document, wanted, office, number)


def settle(work: Work, document: Document) -> None:
    """All have signed: a reserved number is in use for good, and one that comes after is given.

    It is counted today, in the way that held when the document was sent.
    """
    if document.number_id is None and document.pattern and document.started_at is not None:
        sent_on = local_day(document.started_at, work.app.zone)
        wanted = _named(patterns_on(work, sent_on), document.pattern)
        if wanted is not None and not wanted.is_printed:
            office = _office(work, document)
            series = series_of(wanted, office.code, work.today)
            _give(work, document, wanted, office, reserve_number(work, series, ref_of(document)))
    if document.number_id is not None:
        confirm_number(work, document.number_id)


def give_back(work: Work, document: Document) -> None:
    """Void a number that was reserved but not sent with the document."""
    if document.number_id is not None:
        void_number(work, document.number_id, _("Dokumen diubah sebelum dikirim."))
        document.number_id, document.number = None, ""


def _give(
    work: Work, document: Document, wanted: NumberPattern, office: Any, number: ReservedNumber
) -> None:
    document.number_id = number.id
    document.number = number_of(
        wanted.pattern, number.value, document.classification, office.short, work.today
    )


def _office(view: View, document: Document) -> Any:
    """Code and short name of the unit of who signs last, and whether he is its head."""
    last = [step for step in steps_of(view, document.id) if step.kind == SIGN][-1]
    return view.session.execute(
        select(Unit.code, Unit.short, Position.is_head)
        .join(Position, Position.unit_id == Unit.id)
        .where(Position.id == last.position_id)
    ).one()


def _named(patterns: Iterable[NumberPattern], name: str) -> NumberPattern | None:
    return next((one for one in patterns if one.name == name), None)


def _has_place(view: View, document: Document) -> bool:
    places = select(PlaceRow.id).where(
        PlaceRow.document_id == document.id, PlaceRow.purpose == FOR_NUMBER
    )
    return view.session.execute(places.limit(1)).first() is not None
