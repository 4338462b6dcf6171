"""What a draft says, between its stored form, typed posts and groups, and the letter's own row."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

import cattrs
from sqlalchemy import select

from leuit.builtin.organisation import position_named, spelled
from leuit.builtin.regulations import edition
from leuit.identity import Position, Unit, holds_on
from leuit.values import FieldError, InvalidInputError, LeuitError, _, one_line
from leuit.work import View
from leuit_archives.models import Letter
from leuit_archives.rules.letter_content import LetterContent, Party, faults_of_content

from . import classification
from .letter_levels import current_level, urgency_levels

GROUPS: Mapping[str, tuple[str, str]] = {
    "kecamatan": (_("Semua camat"), _("Para Camat")),
    "kelurahan": (_("Semua lurah"), _("Para Lurah")),
    "dinas": (_("Semua kepala dinas"), _("Para Kepala Dinas")),
    "badan": (_("Semua kepala badan"), _("Para Kepala Badan")),
}
"""By kind of unit: how a group is chosen, and how the letter names it."""

_CONVERTER = cattrs.Converter()


def to_plain(content: LetterContent) -> dict[str, Any]:
    """As a version keeps it."""
    plain: dict[str, Any] = _CONVERTER.unstructure(content)
    return plain


def from_plain(plain: Mapping[str, Any]) -> LetterContent:
    """What a version keeps."""
    return _CONVERTER.structure(dict(plain), LetterContent)


def post_named(view: View, text: str, field: str) -> str:
    """The id of the post that was typed, empty for none; InvalidInputError at the field."""
    words = one_line(text)
    if not words:
        return ""
    try:
        return str(position_named(view, words, view.today))
    except LeuitError as error:
        raise InvalidInputError(str(error), fields=[FieldError(field, str(error))]) from None


def parties_of(
    view: View, posts: Iterable[str], groups: Iterable[str], outside: str, field: str
) -> tuple[Party, ...]:
    """Addressees out of typed posts, chosen groups, and lines of words for those outside."""
    found: list[Party] = []
    for text in posts:
        if post_id := post_named(view, text, field):
            post = view.session.get_one(Position, UUID(post_id))
            found.append(Party(post.title, post_id))
    for kind in groups:
        if kind in GROUPS:
            found.extend(_group(view, kind))
    found.extend(Party(words) for line in outside.splitlines() if (words := one_line(line)))
    return tuple({party.post or party.name: party for party in reversed(found)}.values())[::-1]


def spelled_post(view: View, post: str) -> str:
    """A post as forms show and read it; empty for none."""
    if not post:
        return ""
    row = view.session.execute(
        select(Position.title, Unit.code)
        .join(Unit, Unit.id == Position.unit_id)
        .where(Position.id == UUID(post))
    ).one()
    return spelled(row.title, row.code)


def checked(view: View, content: LetterContent) -> LetterContent:
    """The content, if it can be kept; InvalidInputError with every fault by its field."""
    faults = list(faults_of_content(content))
    if content.class_code and not class_title(view, content.class_code):
        faults.append(FieldError("class_code", _("Kode klasifikasi itu tidak ada."), "unknown"))
    if content.secrecy and current_level(view, content.secrecy, view.today) is None:
        faults.append(FieldError("secrecy", _("Pilih salah satu."), "unknown"))
    if content.urgency and content.urgency not in dict(urgencies_on(view)):
        faults.append(FieldError("urgency", _("Pilih salah satu."), "unknown"))
    if faults:
        raise InvalidInputError(_("Periksa isi surat."), fields=faults)
    return content


def urgency_words(view: View, code: str) -> str:
    """A level of urgency by its name; Biasa where none is chosen."""
    return dict(urgencies_on(view)).get(code, _("Biasa"))


def urgencies_on(view: View) -> list[tuple[str, str]]:
    """Codes and names of the levels of urgency of today."""
    return [(one.code, one.name) for one in urgency_levels(view, view.today)]


def class_title(view: View, code: str) -> str:
    """The title of a code of today's classification; empty for one that is not in it."""
    found = edition(view, classification.REGULATION, view.today)
    steps = classification.trail(view, found, code) if found and code else []
    return steps[-1].title if steps else ""


def put_on(view: View, letter: Letter, content: LetterContent) -> None:
    """Let the letter's own row say what the draft says, for lists and search."""
    level = current_level(view, content.secrecy, view.today)
    letter.subject, letter.attached = content.subject, content.attached
    letter.secrecy = level.order if level else 1
    letter.secrecy_code = level.code if level else ""
    letter.urgency = content.urgency
    letter.class_code = content.class_code
    letter.class_title = class_title(view, content.class_code)[:1_000]


def told(view: View, content: LetterContent) -> dict[str, str]:
    """The content in words by field, as differences between versions are shown."""
    posts = {name: spelled_post(view, getattr(content, name)) for name in _POSTS}
    return {
        "subject": content.subject,
        "attached": content.attached,
        "to": "\n".join(party.name for party in content.to),
        "place": content.place,
        "body": content.body,
        "closing": content.closing,
        "copies": "\n".join(party.name for party in content.copies),
        "urgency": urgency_words(view, content.urgency),
        "secrecy": content.secrecy,
        "class_code": content.class_code,
        **posts,
        "authority": content.authority,
        "parafs": "\n".join(spelled_post(view, post) for post in content.parafs),
        "mode": _("basah") if content.mode == "wet" else _("elektronik"),
    }


_POSTS = ("signer", "principal", "through")


def _group(view: View, kind: str) -> list[Party]:
    rows = view.session.execute(
        select(Position.id, Position.title)
        .join(Unit, Unit.id == Position.unit_id)
        .where(
            Unit.kind == kind,
            Position.is_head,
            holds_on(Unit.valid_from, Unit.valid_to, view.today),
        )
        .order_by(Unit.code)
    )
    shown = GROUPS[kind][1]
    return [Party(row.title, str(row.id), str(shown)) for row in rows]
