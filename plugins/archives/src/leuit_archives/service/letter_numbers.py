"""The number of a letter out: reserved, printed, then confirmed or voided; never given twice.

It is reserved when the letter goes for signature, or given after the last signature, as the
region's numbering says; kinds without a pattern bear none.
"""

import datetime as dt
from uuid import UUID

from leuit.identity import Unit
from leuit.values import ConflictError, FieldError, InvalidInputError, RecordRef, _
from leuit.work import View, Work, confirm_number, reserve_number, void_number
from leuit_archives.models import Draft, Letter
from leuit_archives.models.letters import NUMBER
from leuit_archives.rules.letter_kinds import LetterKind
from leuit_archives.rules.number_pattern import NumberParts, number_of, series_key, wants

from .letter_access import ref_of
from .letter_rules import numbering_on

OPEN_CODE = "B"
"""What a letter without a code of secrecy bears where a pattern wants one: Biasa."""


def series_of(view: View, unit_id: UUID, kind: LetterKind, day: dt.date) -> str:
    """The series that counts a letter of that unit and kind on that day."""
    unit = view.session.get_one(Unit, unit_id)
    return series_key(
        numbering_on(view, day), unit=unit.code, kind=kind.kind, group=kind.group, year=day.year
    )


def check_numbering(kind: LetterKind, letter: Letter) -> None:
    """Raise InvalidInputError, by field, where the pattern wants what the letter does not say."""
    if wants(kind.number_pattern, "kode") and not letter.class_code:
        sentence = _("Pilih kode klasifikasi; nomor jenis naskah ini memuatnya.")
        raise InvalidInputError(sentence, fields=[FieldError("class_code", sentence, "required")])


def is_printed(view: View, kind: LetterKind, day: dt.date) -> bool:
    """Whether a number is reserved before signing."""
    return bool(kind.number_pattern) and numbering_on(view, day).given == "before"


def give_number(work: Work, letter: Letter, draft: Draft, kind: LetterKind) -> None:
    """Reserve the next number for a letter that has its date."""
    assert letter.dated is not None
    series = series_of(work, letter.unit_id, kind, letter.dated)
    number = reserve_number(work, series, ref_of(letter))
    draft.number_id = number.id
    letter.number = told_number(work, letter, kind, number.value, letter.dated)


def told_number(view: View, letter: Letter, kind: LetterKind, value: int, day: dt.date) -> str:
    """A number as it is printed; ConflictError where the pattern makes one too long to keep."""
    unit = view.session.get_one(Unit, letter.unit_id)
    parts = NumberParts(
        value=value,
        day=day,
        class_code=letter.class_code,
        unit=unit.short or unit.code,
        secrecy=letter.secrecy_code or OPEN_CODE,
        abbreviation=kind.abbreviation,
    )
    told = number_of(kind.number_pattern, parts)
    if len(told) > NUMBER:
        raise ConflictError(
            _("Nomor surat menjadi lebih panjang dari %s huruf.") % NUMBER,
            advice=_("Pendekkan pola nomor jenis naskah itu."),
        )
    return told


def keep_number(work: Work, draft: Draft) -> None:
    """The number is in use for good."""
    if draft.number_id is not None:
        confirm_number(work, draft.number_id)


def drop_number(work: Work, letter: Letter, draft: Draft, reason: str) -> None:
    """Void the number of a letter that was not signed; it is given to no other letter."""
    if draft.number_id is not None:
        void_number(work, draft.number_id, reason)
        draft.number_id, letter.number = None, ""


def ref_of_block(block_id: UUID) -> RecordRef:
    """How numbers and the audit log name a block."""
    return RecordRef("archives.number_block", str(block_id))
