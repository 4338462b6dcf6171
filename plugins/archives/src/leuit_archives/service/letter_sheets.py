"""What a letter out is drawn from, and its file: as it is written, sent, signed or void."""

import datetime as dt
from uuid import UUID

import attrs

from leuit.builtin.documents import Letterhead, footer_lines, letterhead_on
from leuit.identity import Identity
from leuit.work import Leuit, View
from leuit_archives.documents import NO_NUMBER, LetterSheet, draw_letter
from leuit_archives.models import Draft, Letter
from leuit_archives.models.drafts import ELECTRONIC
from leuit_archives.models.letters import VOID
from leuit_archives.rules.letter_content import LetterContent
from leuit_archives.rules.letter_kinds import LetterKind
from leuit_archives.rules.name_line import SignatureBlock
from leuit_archives.rules.secrecy import SECRET_FROM

from .draft_content import urgency_words
from .letter_levels import current_level
from .letter_rules import kind_of, page_rules
from .outgoing import content_now, find_outgoing, letter_day
from .signatories import block_on, signing_post


@attrs.frozen
class Fixed:
    """What a letter on its way says that comes from others than its writer."""

    shape: str
    group: str
    subgroup: str
    pattern: str
    abbreviation: str
    unit_id: str
    above: tuple[str, ...]
    name: str
    nip: str

    @property
    def block(self) -> SignatureBlock:
        return SignatureBlock(tuple(self.above), self.name, self.nip)


def fixed_of(draft: Draft) -> Fixed | None:
    """What was fixed when it was sent for signature, if it was."""
    if not draft.fixed:
        return None
    plain = dict(draft.fixed)
    return Fixed(**{**plain, "above": tuple(plain["above"])})


def preview_sheet(
    view: View, unit_id: UUID, kind: LetterKind, content: LetterContent, number: str = ""
) -> LetterSheet:
    """A letter as it would look if it were sent today."""
    post = signing_post(view, content)
    return _sheet(
        view,
        kind=kind.kind,
        shape=kind.page_shape,
        content=content,
        number=number or (str(NO_NUMBER) if kind.number_pattern else ""),
        day=view.today,
        letterhead=letterhead_on(view, post.unit_id if post else unit_id, view.today),
        block=block_on(view, content, view.today, kind.subgroup),
    )


def sheet_of(view: View, letter: Letter, draft: Draft) -> LetterSheet:
    """A letter on its way, as of its date."""
    fixed = fixed_of(draft)
    assert fixed is not None
    day = letter_day(view, letter)
    sheet = _sheet(
        view,
        kind=letter.kind,
        shape=fixed.shape,
        content=content_now(view, letter, draft),
        number=letter.number or (str(NO_NUMBER) if fixed.pattern else ""),
        day=day,
        letterhead=letterhead_on(view, UUID(fixed.unit_id), day),
        block=fixed.block,
    )
    return _marked(sheet, letter)


def letter_pdf(app: Leuit, identity: Identity, letter_id: UUID) -> tuple[bytes, str]:
    """The letter's file and its name: signed where it is, else as it stands now.

    Draws outside of any unit. Raises NotFoundError for a letter of others.
    """
    with app.read(identity) as view:
        letter, draft = find_outgoing(view, letter_id)
        name = file_name(letter)
        stored = None
        if letter.state != VOID:
            stored = draft.signed_sha256 or draft.drawn_sha256
        sheet = None
        if stored is None:
            sheet = sheet_of(view, letter, draft) if draft.fixed else _unsent(view, letter, draft)
        now = view.now
    if stored is not None:
        return app.blobs.get(stored), name
    assert sheet is not None
    return draw_letter(sheet, now).pdf, name


def file_name(letter: Letter) -> str:
    """`surat-undangan-b-000-1-5-001-2026.pdf`, by kind and number."""
    words = f"{letter.kind} {letter.number or letter.subject}".lower()
    plain = "".join(one if one.isascii() and one.isalnum() else "-" for one in words)
    return "-".join(part for part in plain.split("-") if part)[:120] + ".pdf"


def _unsent(view: View, letter: Letter, draft: Draft) -> LetterSheet:
    content = content_now(view, letter, draft)
    return _marked(preview_sheet(view, letter.unit_id, kind_of(view, letter), content), letter)


def _marked(sheet: LetterSheet, letter: Letter) -> LetterSheet:
    return attrs.evolve(sheet, watermark="BATAL" if letter.state == VOID else "")


def _sheet(
    view: View,
    *,
    kind: str,
    shape: str,
    content: LetterContent,
    number: str,
    day: dt.date,
    letterhead: Letterhead,
    block: SignatureBlock,
) -> LetterSheet:
    level = current_level(view, content.secrecy, view.today)
    return LetterSheet(
        kind=kind,
        shape=shape,
        content=content,
        number=number,
        day=day,
        urgency=urgency_words(view, content.urgency),
        mark=level.code if level and level.order >= SECRET_FROM else "",
        letterhead=letterhead,
        signer=block,
        page=page_rules(view, day).page,
        footer=footer_lines(view, day) if content.mode == ELECTRONIC else (),
    )
