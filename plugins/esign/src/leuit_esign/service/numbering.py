"""Numbers of letters: patterns as dated editions, one number for each document that is sent."""

import attrs
import cattrs
from sqlalchemy import select

from leuit.builtin.regulations import RegulationKind, edition
from leuit.identity import Position, Unit
from leuit.values import ConflictError, _
from leuit.work import Number, View, Work, reserve_number, void_number
from leuit_esign.models import FOR_NUMBER, SIGN, Document, PlaceRow
from leuit_esign.rules import NumberPattern, number_of, series_of

from .chain import steps_of
from .documents import ref_of
from .faults import fault_at

NUMBERING = "esign.numbering"
CLASSIFICATION = 40


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
        },
    )


def patterns_on(view: View) -> tuple[NumberPattern, ...]:
    """The ways to number a letter today; none while no edition holds."""
    found = edition(view, NUMBERING, view.today)
    return () if found is None else found.figures.patterns


def check_numbering(view: View, document: Document, pattern: str, classification: str) -> None:
    """Raise InvalidInputError, naming the field, when a document cannot be numbered that way."""
    if not pattern:
        return
    wanted = next((one for one in patterns_on(view) if one.name == pattern), None)
    if wanted is None:
        raise fault_at("pattern", _("Penomoran itu tidak berlaku hari ini."))
    if document.signatures:
        raise fault_at(
            "pattern", _("PDF ini sudah ditandatangani; nomor tidak dapat dicetak lagi.")
        )
    places = select(PlaceRow.id).where(
        PlaceRow.document_id == document.id, PlaceRow.purpose == FOR_NUMBER
    )
    if view.session.execute(places.limit(1)).first() is None:
        raise fault_at("pattern", _("Tentukan dahulu tempat nomornya pada halaman."))
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
    Raises ConflictError when the pattern no longer holds.
    """
    if not document.pattern:
        give_back(work, document)
        return
    wanted = next((one for one in patterns_on(work) if one.name == document.pattern), None)
    if wanted is None:
        raise ConflictError(_("Penomoran itu tidak berlaku hari ini."))
    last = [step for step in steps_of(work, document.id) if step.kind == SIGN][-1]
    unit = work.session.execute(
        select(Unit.code, Unit.short, Position.is_head)
        .join(Position, Position.unit_id == Unit.id)
        .where(Position.id == last.position_id)
    ).one()
    if not unit.is_head:
        raise ConflictError(
            _("Nomor unit hanya untuk naskah yang terakhir ditandatangani kepala unitnya."),
            advice=_("Jadikan kepala unit penanda tangan terakhir, atau kirim tanpa nomor."),
        )
    series = series_of(wanted, unit.code, work.today)
    number = work.session.get(Number, document.number_id) if document.number_id else None
    if number is None or number.series != series:
        give_back(work, document)
        number = reserve_number(work, series, ref_of(document))
        document.number_id = number.id
    document.number = number_of(
        wanted.pattern, number.value, document.classification, unit.short, work.today
    )


def give_back(work: Work, document: Document) -> None:
    """Void a number that was reserved but not sent with the document."""
    if document.number_id is not None:
        void_number(work, document.number_id, _("Dokumen diubah sebelum dikirim."))
        document.number_id, document.number = None, ""
