"""Who signs a letter on a day, and by what right: own post, a.n. or u.b. of another."""

import datetime as dt
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.organisation import holder_of
from leuit.identity import Position, UnitClosure, holds_on
from leuit.values import ConflictError, FieldError, InvalidInputError, _
from leuit.work import View
from leuit_archives.rules.letter_content import LetterContent
from leuit_archives.rules.letter_kinds import LetterKind
from leuit_archives.rules.name_line import (
    AUTHORITIES,
    FOR_HIM,
    LEVELS,
    OWN,
    Signatory,
    SignatureBlock,
    level_below,
    signature_block,
)


@attrs.frozen
class SigningPost:
    """The post that signs: its title, and the unit whose letterhead the letter bears."""

    position_id: UUID
    title: str
    unit_id: UUID


def signing_post(view: View, content: LetterContent) -> SigningPost | None:
    """The post that a draft names, if it names one."""
    if not content.signer:
        return None
    post = view.session.get(Position, UUID(content.signer))
    return SigningPost(post.id, post.title, post.unit_id) if post else None


def block_on(view: View, content: LetterContent, day: dt.date, subgroup: str) -> SignatureBlock:
    """The lines of who would sign that day; dots where nobody is named or the post is vacant."""
    post = signing_post(view, content)
    if post is None:
        return SignatureBlock((_("(penanda tangan belum dipilih)"),), "…", "")
    who = _holder(view, post.position_id, day) or Signatory(title=post.title, name="…")
    return signature_block(
        who,
        subgroup=subgroup,
        principal=_title(view, content.principal),
        through=_title(view, content.through),
    )


def check_authority(view: View, content: LetterContent, day: dt.date) -> None:
    """Raise InvalidInputError, by field, when that post may not sign so.

    a.n. is for one level below the head in whose name it is, u.b. for two levels below, by way of
    the one between them.
    """
    post = signing_post(view, content)
    if post is None:
        raise _fault("signer", _("Pilih jabatan penanda tangan."))
    holder_of(view, post.position_id, day)  # a vacant post signs nothing
    if content.authority not in AUTHORITIES:
        raise _fault("authority", _("Pilih salah satu wewenang."))
    if content.authority == OWN:
        return
    if not content.principal:
        raise _fault("principal", _("Pilih atas nama siapa surat ditandatangani."))
    wanted = LEVELS[content.authority]
    if _level(view, content.principal, content.signer, day) != wanted:
        raise _fault(
            "authority",
            _("a.n. untuk pejabat setingkat di bawahnya; u.b. untuk dua tingkat di bawahnya."),
        )
    if content.authority == FOR_HIM and (
        not content.through
        or _level(view, content.principal, content.through, day) != 1
        or not _hands_down(view, content.through, content.signer, day)
    ):
        raise _fault(
            "through", _("Pilih pejabat di antara keduanya, yang melimpahkan wewenangnya.")
        )


def check_kind(view: View, kind: LetterKind, content: LetterContent, day: dt.date) -> None:
    """Raise InvalidInputError at `signer` for a kind that the head of the region alone signs, in
    his own right, when it names another: the right is of post, kind and day.

    The head of the region is the head of a unit that has none above it.
    """
    post = view.session.get(Position, UUID(content.signer)) if content.signer else None
    if post is None or not kind.head_of_region_alone:
        return
    above = view.connection.execute(
        select(UnitClosure.depth).where(
            UnitClosure.descendant_id == post.unit_id,
            UnitClosure.depth > 0,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, day),
        )
    ).first()
    if content.authority != OWN or not post.is_head or above is not None:
        sentence = _("%(kind)s ditandatangani kepala daerah sendiri, bukan pejabat lain.")
        fault = FieldError("signer", sentence, "not_head_of_region", {"kind": kind.kind})
        raise InvalidInputError(sentence, fields=[fault], kind=kind.kind)


def _level(view: View, above: str, below: str, day: dt.date) -> int | None:
    """How many levels a post stands below the head of a unit; None where it does not."""
    head, post = view.session.get(Position, UUID(above)), view.session.get(Position, UUID(below))
    if head is None or post is None or not head.is_head:
        return None
    depth = _depth(view, head, post, day)
    return None if depth is None else level_below(depth, is_head=post.is_head)


def _hands_down(view: View, above: str, below: str, day: dt.date) -> bool:
    """Whether the second post lies in the unit of the first or below it."""
    upper, lower = view.session.get(Position, UUID(above)), view.session.get(Position, UUID(below))
    return upper is not None and lower is not None and _depth(view, upper, lower, day) is not None


def _depth(view: View, upper: Position, lower: Position, day: dt.date) -> int | None:
    found: int | None = view.connection.execute(
        select(UnitClosure.depth).where(
            UnitClosure.ancestor_id == upper.unit_id,
            UnitClosure.descendant_id == lower.unit_id,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, day),
        )
    ).scalar()
    return found


def _holder(view: View, position_id: UUID, day: dt.date) -> Signatory | None:
    try:
        found = holder_of(view, position_id, day)
    except ConflictError:  # vacant: a draft may still be written and looked at
        return None
    return Signatory(title=found.title, kind=found.kind, name=found.name, nip=found.nip or "")


def _title(view: View, post: str) -> str:
    found = view.session.get(Position, UUID(post)) if post else None
    return found.title if found else ""


def _fault(field: str, sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError(field, sentence)])
