"""Blocks of numbers for an outage: set aside, then each entered with its letter or cancelled.

They come out of the same series as numbers given here, so the next letter goes on after the block
(vector AR-38). A letter that bears one was written and signed on paper: it comes in as sent.
"""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.identity import Unit
from leuit.values import (
    ConflictError,
    FieldError,
    InvalidInputError,
    NotFoundError,
    _,
    local_day,
    one_line,
)
from leuit.work import StoredFile, View, Work, confirm_number, reserve_number, void_number
from leuit_archives.models import Addressee, BlockNumber, Letter, NumberBlock
from leuit_archives.models.letters import OUT, SENT, SUBJECT, TO
from leuit_archives.models.number_blocks import CANCELLED, SET_ASIDE, USED
from leuit_archives.permissions import REGISTER
from leuit_archives.rules.secrecy import SecrecyLevel

from .drafting import letter_file, writer_of
from .letter_access import ref_of
from .letter_events import letter_sent
from .letter_levels import current_level
from .letter_numbers import ref_of_block, series_of, told_number
from .letter_rules import kind_on, kind_to_write
from .sending_out import enter_agenda

MOST_NUMBERS = 200
REASON = 500


@attrs.frozen(kw_only=True)
class PaperLetter:
    """A letter as it was written on paper during an outage; `secrecy` is a code in use today,
    which somebody has to choose: nothing is open because nobody said so.
    """

    dated: dt.date
    subject: str
    secrecy: str
    to: str = ""
    class_code: str = ""


@attrs.frozen
class OpenNumbers:
    """Numbers of a block that nobody has accounted for."""

    block: NumberBlock
    unit: str
    values: tuple[int, ...]


def reserve_block(
    work: Work, key: UUID, unit_id: UUID, kind: str, count: int, reason: str
) -> NumberBlock:
    """Set the next numbers of a kind of letter aside; the same key again gives the same block.

    Raises InvalidInputError by field, PermissionDeniedError, ConflictError for a key that another
    unit or kind had.
    """
    work.require(REGISTER, unit_id)
    known = work.session.scalar(select(NumberBlock).where(NumberBlock.key == key))
    if known is not None:
        if (known.unit_id, known.kind.casefold()) != (unit_id, kind.casefold()):
            raise ConflictError(
                _("Kunci permintaan itu sudah dipakai untuk nomor cadangan lain."),
                advice=_("Buka formulir itu sekali lagi."),
            )
        return known
    chosen = kind_to_write(work, kind)
    words = one_line(reason)[:REASON]
    faults = []
    if not 1 <= count <= MOST_NUMBERS:
        sentence = _("Banyaknya nomor dari 1 sampai %(most)s.")
        faults.append(FieldError("count", sentence, "range", {"most": MOST_NUMBERS}))
    if not chosen.number_pattern:
        faults.append(FieldError("kind", _("Jenis naskah itu tidak bernomor."), "no_pattern"))
    if not words:
        faults.append(FieldError("reason", _("Tulis alasannya."), "required"))
    if faults:
        raise InvalidInputError(_("Periksa permintaan nomor cadangan."), fields=faults)
    series = series_of(work, unit_id, chosen, work.today)
    block = NumberBlock(
        key=key,
        unit_id=unit_id,
        kind=chosen.kind,
        series=series,
        year=work.today.year,
        first=0,
        last=0,
        reason=words,
        created_by=writer_of(work),
        created_at=work.now,
    )
    work.session.add(block)
    work.session.flush()
    # Others of the series wait from the first of them on, so they follow each other.
    for _number in range(count):
        number = reserve_number(work, series, ref_of_block(block.id))
        work.session.add(BlockNumber(block_id=block.id, value=number.value, number_id=number.id))
        block.first = block.first or number.value
        block.last = number.value
    work.audit(
        "archives.block.reserved",
        ref_of_block(block.id),
        series=series,
        first=block.first,
        last=block.last,
        reason=words,
    )
    return block


def enter_letter(
    work: Work, number_id: UUID, paper: PaperLetter, file: StoredFile, pages: int = 0
) -> Letter:
    """Enter the letter that bears a number of a block, with its scan: it is a sent letter out.

    Raises InvalidInputError by field, ConflictError for a number that is accounted for.
    """
    block, row = _open(work, number_id)
    level = _checked(work, block, paper, file)
    letter = Letter(
        direction=OUT,
        state=SENT,
        unit_id=block.unit_id,
        year=work.today.year,
        kind=block.kind,
        dated=paper.dated,
        subject=one_line(paper.subject)[:SUBJECT],
        sender=work.session.get_one(Unit, block.unit_id).name,
        secrecy=level.order,
        secrecy_code=level.code,
        class_code=one_line(paper.class_code)[:40],
        created_by=writer_of(work),
        created_at=work.now,
        sent_at=work.now,
    )
    kind = kind_on(work, block.kind, local_day(block.created_at, work.app.zone))
    letter.number = told_number(work, letter, kind, row.value, paper.dated)
    work.session.add(letter)
    work.session.flush()
    enter_agenda(work, letter)
    if name := one_line(paper.to)[:300]:
        work.session.add(Addressee(letter_id=letter.id, part=TO, place=1, name=name))
    letter_file(work, letter.id, 1, file, pages)
    confirm_number(work, row.number_id)
    row.state, row.letter_id = USED, letter.id
    row.ended_at, row.ended_by = work.now, work.identity.person_id
    letter_sent(work, letter)
    work.audit("archives.block.entered", ref_of(letter), block=str(block.id), value=row.value)
    return letter


def cancel_number(work: Work, number_id: UUID, reason: str) -> BlockNumber:
    """A number of a block was not used: it is void with its reason, and given to nobody."""
    block, row = _open(work, number_id)
    words = one_line(reason)[:REASON]
    if not words:
        sentence = _("Tulis alasannya.")
        raise InvalidInputError(sentence, fields=[FieldError("reason", sentence, "required")])
    void_number(work, row.number_id, words)
    row.state, row.reason = CANCELLED, words
    row.ended_at, row.ended_by = work.now, work.identity.person_id
    work.audit("archives.block.cancelled", ref_of_block(block.id), value=row.value, reason=words)
    return row


def blocks_of(view: View, limit: int, start: int = 0) -> tuple[Sequence[NumberBlock], int]:
    """Blocks of units for which the reader registers letters, the newest first, and their count."""
    condition = NumberBlock.unit_id.in_(view.units(REGISTER))
    query = select(NumberBlock).where(condition).order_by(NumberBlock.id.desc())
    rows = view.session.scalars(query.limit(limit).offset(start)).all()
    count = select(func.count()).select_from(NumberBlock).where(condition)
    return rows, view.connection.execute(count).scalar_one()


def find_block(view: View, block_id: UUID) -> NumberBlock:
    """A block of such a unit; NotFoundError for any other."""
    block = view.session.get(NumberBlock, block_id)
    if block is None or not view.allows(REGISTER, block.unit_id):
        raise NotFoundError(_("Nomor cadangan itu tidak ada."))
    return block


def find_number(view: View, number_id: UUID) -> tuple[NumberBlock, BlockNumber]:
    """A number of such a block; NotFoundError for any other."""
    row = view.session.get(BlockNumber, number_id)
    if row is None:
        raise NotFoundError(_("Nomor cadangan itu tidak ada."))
    return find_block(view, row.block_id), row


def numbers_of(view: View, block_id: UUID) -> Sequence[BlockNumber]:
    """The numbers of a block in their order."""
    query = select(BlockNumber).where(BlockNumber.block_id == block_id)
    return view.session.scalars(query.order_by(BlockNumber.value)).all()


def open_numbers(view: View, before: int | None = None) -> list[OpenNumbers]:
    """Numbers still open of blocks of the reader's units; only of years `before` that one."""
    query = (
        select(NumberBlock, Unit.name, BlockNumber.value)
        .join(BlockNumber, BlockNumber.block_id == NumberBlock.id)
        .join(Unit, Unit.id == NumberBlock.unit_id)
        .where(BlockNumber.state == SET_ASIDE, NumberBlock.unit_id.in_(view.units(REGISTER)))
        .order_by(NumberBlock.year, Unit.code, NumberBlock.id, BlockNumber.value)
    )
    if before is not None:
        query = query.where(NumberBlock.year < before)
    found: dict[UUID, OpenNumbers] = {}
    for block, unit, value in view.session.execute(query):
        known = found.get(block.id, OpenNumbers(block, unit, ()))
        found[block.id] = attrs.evolve(known, values=(*known.values, value))
    return list(found.values())


def _open(work: Work, number_id: UUID) -> tuple[NumberBlock, BlockNumber]:
    block, _row = find_number(work, number_id)
    row = work.session.get_one(BlockNumber, number_id, with_for_update=True, populate_existing=True)
    if row.state != SET_ASIDE:
        raise ConflictError(
            _("Nomor %(value)s sudah dipertanggungjawabkan."),
            advice=_("Muat ulang halaman nomor cadangan."),
            value=row.value,
        )
    return block, row


def _checked(work: Work, block: NumberBlock, paper: PaperLetter, file: StoredFile) -> SecrecyLevel:
    """The level of the letter; InvalidInputError with every fault."""
    faults = []
    if not one_line(paper.subject):
        faults.append(FieldError("subject", _("Tulis hal suratnya."), "required"))
    if paper.dated.year != block.year or paper.dated > work.today:
        sentence = _("Tanggal surat di tahun %(year)s, dan tidak sesudah hari ini.")
        faults.append(FieldError("dated", sentence, "range", {"year": block.year}))
    if file.media_type != "application/pdf":
        faults.append(FieldError("file", _("Unggah hasil pindaian sebagai PDF."), "not_pdf"))
    level = current_level(work, paper.secrecy, work.today)
    if level is None:
        faults.append(FieldError("secrecy", _("Pilih salah satu."), "unknown"))
    if faults or level is None:
        raise InvalidInputError(_("Periksa isian surat."), fields=faults)
    return level
