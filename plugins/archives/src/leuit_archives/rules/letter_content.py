"""What a letter says: simple text with paragraphs, numbered points and rows of label and value.

An empty line ends a part. A part whose every line has the form `label : value` becomes rows; one
whose every line begins with `1.` or `a.` becomes points; one line in capitals is a heading in the
middle (MENUGASKAN); anything else is a paragraph. It is text and never the markup of the program
that draws it.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal

import attrs

from leuit.values import FieldError, _, one_line

MOST_BODY = 30_000
MOST_PARTIES, MOST_PARAFS = 400, 20
SUBJECT, LINE, NAME = 500, 80, 300
_ROW = re.compile(r"(?P<label>\S[^:]{0,59}?)[ \t]+:[ \t]+(?P<value>\S.*)")
_POINT = re.compile(r"(?P<mark>\d{1,3}[.)]|[a-z][.)])[ \t]+(?P<text>\S.*)")
_HEADING = re.compile(r"[^a-z]{3,60}")


@attrs.frozen
class Part:
    """A part of the text; rows and points are pairs, a paragraph or heading is one line."""

    kind: Literal["paragraph", "heading", "points", "rows"]
    text: str = ""
    pairs: tuple[tuple[str, str], ...] = ()


@attrs.frozen
class Party:
    """To whom a letter goes: a post by its id, or only words; `group` is shown for many posts."""

    name: str
    post: str = ""
    group: str = ""


@attrs.frozen(kw_only=True)
class LetterContent:
    """All that somebody decides about a letter before it is sent for signature.

    `place` stands below the addressees. Posts are ids as text: `signer`, `principal` and `through`
    (see `name_line`), `parafs` in their order. `mode` is `electronic` or `wet`.
    """

    subject: str
    body: str = ""
    closing: str = ""
    attached: str = ""
    place: str = ""
    to: tuple[Party, ...] = ()
    copies: tuple[Party, ...] = ()
    urgency: str = ""
    secrecy: str = ""
    class_code: str = ""
    signer: str = ""
    authority: str = ""
    principal: str = ""
    through: str = ""
    parafs: tuple[str, ...] = ()
    mode: str = "electronic"


def clean_text(text: str) -> str:
    """Typed text with one kind of line end and no characters that nobody sees."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [one_line(unicodedata.normalize("NFC", line)) for line in lines]
    return "\n".join(kept).strip("\n")


def parts_of(text: str) -> tuple[Part, ...]:
    """The parts of a text in their order."""
    return tuple(_part(lines) for lines in _grouped(text.split("\n")))


def faults_of_content(content: LetterContent) -> Iterator[FieldError]:
    """What is too long or missing to be kept as a draft."""
    if not content.subject:
        yield FieldError("subject", _("Tulis hal suratnya."), "required")
    for name, text, most in (
        ("subject", content.subject, SUBJECT),
        ("attached", content.attached, LINE),
        ("place", content.place, LINE),
        ("body", content.body, MOST_BODY),
        ("closing", content.closing, MOST_BODY),
    ):
        if len(text) > most:
            sentence = _("Paling banyak %(most)s huruf.")
            yield FieldError(name, sentence, "too_long", {"most": most})
    if len(content.parafs) > MOST_PARAFS:
        sentence = _("Paling banyak %(most)s paraf.")
        yield FieldError("parafs", sentence, "too_many", {"most": MOST_PARAFS})
    for name, parties in (("to", content.to), ("copies", content.copies)):
        if len(parties) > MOST_PARTIES:
            sentence = _("Paling banyak %(most)s tujuan.")
            yield FieldError(name, sentence, "too_many", {"most": MOST_PARTIES})
        if any(len(party.name) > NAME for party in parties):
            sentence = _("Paling banyak %(most)s huruf.")
            yield FieldError(name, sentence, "too_long", {"most": NAME})


def shown_parties(parties: Sequence[Party]) -> list[str]:
    """Addressees as the letter names them: a group once, in the place of its first post."""
    return list(dict.fromkeys(party.group or party.name for party in parties))


def _grouped(lines: Sequence[str]) -> Iterator[list[str]]:
    group: list[str] = []
    for line in lines:
        if line.strip():
            group.append(line.strip())
        elif group:
            yield group
            group = []
    if group:
        yield group


def _part(lines: Sequence[str]) -> Part:
    rows = [_ROW.fullmatch(line) for line in lines]
    if all(rows):
        return Part("rows", pairs=tuple((row["label"], row["value"]) for row in rows if row))
    points = [_POINT.fullmatch(line) for line in lines]
    if all(points):
        return Part("points", pairs=tuple((one["mark"], one["text"]) for one in points if one))
    text = " ".join(lines)
    if len(lines) == 1 and _HEADING.fullmatch(text) and any(letter.isalpha() for letter in text):
        return Part("heading", text)
    return Part("paragraph", text)
