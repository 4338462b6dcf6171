"""What attacks on signed letters are made with: raw incremental updates, signatures taken apart.

The attacks themselves are in `attacks_content`, `attacks_forms`, `attacks_coverage`, `attacks_cms`,
`attacks_fields` and `attacks_structure`; `controls` has the good files that must stay good. Nothing
here is read by pyHanko before the examiner reads it: an attack is bytes, as a forger would send it.
"""

import asyncio
import functools
import hashlib
import re
from collections.abc import Callable, Mapping
from typing import Any

import attrs
from asn1crypto import cms

from leuit_esign.rules import INVALID, OPEN, Word
from tests.esign.letters import Pen, letter, pdf_of, stream

Build = Callable[[Pen], bytes]

CATALOG, PAGES, FONT, PAGE, CONTENT = 1, 2, 3, 4, 5
"""Numbers of the objects of a letter; pictures, fields and the like follow from `EXTRA` on."""
EXTRA = 6
FORM, FIELD, APPEARANCE, SIGNATURE, INFO = 7, 8, 10, 11, 12
"""Numbers of what signing adds to a letter of one page and no extra objects."""
NEXT = 13
"""The first number that is free in `signed(pen)`."""

SPEECH = b"BT /F1 14 Tf 72 700 Td (Dana hibah dialihkan) Tj ET"
"""What the forger wants the letter to say."""
EITHER: frozenset[Word] = frozenset({INVALID, OPEN})
"""Where the house rule leaves it open whether the file is called changed or not verifiable."""


@attrs.frozen
class Attack:
    """A way to make a bad file, and the words with which the house rule answers it.

    `heavy` marks files made to take long: only the time limit ends their examination.
    """

    name: str
    words: frozenset[Word]
    build: Build
    heavy: bool = False


class Corpus:
    """Attacks of one kind, in the order of their writing."""

    def __init__(self) -> None:
        self.attacks: list[Attack] = []

    def answered(
        self, *words: Word, of: str = "", heavy: bool = False
    ) -> Callable[[Callable[..., bytes]], Callable[..., bytes]]:
        """Enter a function as an attack that is to be answered with one of these words."""

        def entered(build: Callable[..., bytes]) -> Callable[..., bytes]:
            self.attacks.append(Attack(of or build.__name__, frozenset(words), build, heavy))
            return build

        return entered

    def each(
        self, variants: Mapping[str, Any], *words: Word
    ) -> Callable[[Callable[..., bytes]], Callable[..., bytes]]:
        """Enter a function as one attack for each variant, which it takes after the pen."""

        def entered(build: Callable[..., bytes]) -> Callable[..., bytes]:
            for name, variant in variants.items():
                built = functools.partial(_with_variant, build, variant)
                attack = Attack(f"{build.__name__}[{name}]", frozenset(words), built)
                self.attacks.append(attack)
            return build

        return entered


def _with_variant(build: Callable[..., bytes], variant: Any, pen: Pen) -> bytes:
    return build(pen, variant)


def page_letter(
    content: bytes = b"BT /F1 14 Tf 72 760 Td (Surat Uji) Tj ET",
    *extra: bytes,
    catalog: bytes = b"",
    page: bytes = b"",
    resources: bytes = b"/Resources<</Font<</F1 3 0 R>>>>",
    contents: bytes = b"5 0 R",
    parent: int = PAGES,
) -> bytes:
    """A letter of one page with objects of one's own from `EXTRA` on, and entries for old ones."""
    return pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
            b"<</Type/Pages/Kids[4 0 R]/Count 1>>",
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 595 842]/Contents %s%s%s>>"
            % (parent, contents, resources, page),
            stream(content),
            *extra,
        ]
    )


def form_of(content: bytes, entries: bytes = b"/Resources<</Font<</F1 3 0 R>>>>") -> bytes:
    """A form XObject as large as the page."""
    return (
        b"<</Type/XObject/Subtype/Form/BBox[0 0 595 842]%s/Length %d>>\nstream\n%s\nendstream"
        % (
            entries,
            len(content),
            content,
        )
    )


@functools.cache
def signed(pen: Pen, holder: str = "bupati", level: str = "B-B") -> bytes:
    """The plain letter, signed once; the same bytes for every attack."""
    return pen.sign(letter(), holder, level=level, reason="Menyetujui")


@functools.cache
def signed_twice(pen: Pen) -> bytes:
    """The plain letter with two good signatures."""
    return pen.sign(signed(pen), "sekda", "TTE2")


def body_of(pdf: bytes, number: int) -> bytes:
    """What stands last in a file as the object of that number."""
    found = re.findall(rb"(?:^|\n)%d 0 obj\s(.*?)\sendobj" % number, pdf, re.DOTALL)
    return bytes(found[-1])


def last_table(pdf: bytes) -> int:
    """Where the last cross-reference section begins, by what the file says."""
    return int(re.findall(rb"startxref\s+(\d+)", pdf)[-1])


def size_of(pdf: bytes) -> int:
    """The first object number that is free in a file with a classic trailer."""
    return int(re.findall(rb"/Size (\d+)", pdf)[-1])


def trailer_of(pdf: bytes) -> bytes:
    """The entries of the last trailer but the size and the way to the previous table."""
    last = re.findall(rb"trailer\s*<<(.*?)>>\s*startxref", pdf, re.DOTALL)[-1]
    return re.sub(rb"/(Size|Prev) \d+", b"", last).strip()


def updated(
    pdf: bytes,
    objects: Mapping[int, bytes],
    *,
    entries: bytes = b"",
    rows: Mapping[int, bytes] | None = None,
    previous: int | None = None,
) -> bytes:
    """A file with one incremental update: objects written anew, and a classic table for them.

    `entries` are the trailer's in place of those it had, `rows` further rows of the table as text,
    `previous` another place for the previous table.
    """
    out, table = bytearray(pdf), dict(rows or {})
    for number, body in objects.items():
        table[number] = b"%010d 00000 n " % len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return bytes(out) + table_of(pdf, table, len(out), entries, previous)


def table_of(
    pdf: bytes,
    rows: Mapping[int, bytes],
    place: int,
    entries: bytes = b"",
    previous: int | None = None,
) -> bytes:
    """A cross-reference section with its trailer, for an update that has it at a place."""
    out = b"xref\n0 1\n0000000000 65535 f \n"
    for number in sorted(rows):
        out += b"%d 1\n%s\n" % (number, rows[number])
    out += b"trailer\n<<%s/Size %d/Prev %d>>\n" % (
        entries or trailer_of(pdf),
        max(size_of(pdf), *(number + 1 for number in rows), 1),
        last_table(pdf) if previous is None else previous,
    )
    return out + b"startxref\n%d\n%%%%EOF\n" % place


def rewritten(
    pdf: bytes, number: int, old: bytes, new: bytes, more: Mapping[int, bytes] | None = None
) -> bytes:
    """One update: a part of an object's text is replaced by another; more objects come along."""
    return updated(pdf, {number: replaced(pdf, number, old, new)} | dict(more or {}))


def replaced(pdf: bytes, number: int, old: bytes, new: bytes) -> bytes:
    """An object's text with a part of it replaced."""
    body = body_of(pdf, number)
    assert old in body, (number, old, body)
    return body.replace(old, new, 1)


@attrs.frozen
class Seal:
    """The last signature of a file as it lies in the bytes: `<hex>` from `start` up to `end`."""

    pdf: bytes
    start: int
    end: int

    @classmethod
    def of(cls, pdf: bytes) -> "Seal":
        """Of the last signature."""
        *_, last = re.finditer(rb"/Contents (<[0-9A-Fa-f]*>)", pdf)
        return cls(pdf, last.start(1), last.end(1))

    @property
    def padded(self) -> bytes:
        """The CMS with the zeros after it."""
        return bytes.fromhex(self.pdf[self.start + 1 : self.end - 1].decode())

    @property
    def message(self) -> bytes:
        """The CMS alone."""
        length = int.from_bytes(self.padded[2:4], "big")  # of DER's long form with two bytes
        assert self.padded[:2] == b"\x30\x82"
        return self.padded[: 4 + length]

    @property
    def content_info(self) -> cms.ContentInfo:
        """The CMS, parsed and free to be changed."""
        return cms.ContentInfo.load(self.message)

    @property
    def byte_range(self) -> re.Match[bytes]:
        """The first /ByteRange behind the signature, with the spaces after it."""
        found = re.compile(rb"/ByteRange \[([^\]]*)\] *").search(self.pdf, self.end)
        assert found
        return found

    def holding(self, message: bytes) -> bytes:
        """The file with another CMS in this place."""
        return self.with_gap(b"<%s>" % message.hex().upper().encode().ljust(self.width - 2, b"0"))

    def with_gap(self, gap: bytes) -> bytes:
        """The file with other bytes between the two signed parts, as many as there were."""
        assert len(gap) == self.width, (len(gap), self.width)
        return self.pdf[: self.start] + gap + self.pdf[self.end :]

    @property
    def width(self) -> int:
        """How many bytes lie between the two signed parts."""
        return self.end - self.start

    def saying(self, byte_range: bytes) -> "Seal":
        """With another /ByteRange in the place of the old one."""
        found = self.byte_range
        text = (b"/ByteRange [%s]" % byte_range).ljust(len(found[0]))
        assert len(text) == len(found[0])
        return Seal.of(self.pdf[: found.start()] + text + self.pdf[found.end() :])


def literal(data: bytes) -> bytes:
    """A PDF string in parentheses, in which a byte takes one byte and not two."""
    return b"(%s)" % re.sub(
        rb"[()\\\r\n]", lambda found: b"\\%03o" % found[0][0], data, flags=re.DOTALL
    )


def signed_over(pen: Pen, seal: Seal, covered: bytes, holder: str = "bupati") -> bytes:
    """The file with a CMS that a holder made over bytes of the forger's choice."""
    return seal.holding(message_over(pen, covered, holder))


def message_over(pen: Pen, covered: bytes, holder: str = "bupati") -> bytes:
    """A CMS of a holder over any bytes."""
    digest = hashlib.sha256(covered).digest()
    made = asyncio.run(pen.signer(holder).async_sign(digest, "sha256", use_pades=True))
    return bytes(made.dump())
