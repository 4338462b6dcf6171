"""Lines of a letter's text, and what its labels (Nomor, Sifat, Lampiran, Hal) say.

Text layers of scans break words, take 1 for l and 0 for O, and lose colons. A label is known in
spite of that; a value is passed on as it stands, with single blanks.
"""

import re
from collections.abc import Iterator, Sequence

import attrs

MOST_LINES = 3_000
LONGEST_LINE = 300
_HEADER_LINES = 45
"""Filled lines within which a letter says what it is."""


@attrs.frozen
class Labelled:
    """What stands behind a label: the lines of it, and the line where it was found."""

    name: str
    value: str
    line: str
    at: int
    """Where the line after the value is."""


def _loose(word: str) -> str:
    """A pattern of a word whose letters a scan may have parted or mistaken."""
    swaps = {"l": "[lI1|]", "i": "[iIl1|]", "o": "[oO0]", "m": "(?:m|rn)"}
    return r"\s?".join(swaps.get(letter, letter) for letter in word)


_NAMES = {
    "number": rf"{_loose('nomor')}|no\.?",
    "secrecy": _loose("sifat"),
    "attachment": rf"{_loose('lampiran')}|lamp\.?",
    "subject": rf"{_loose('perihal')}|{_loose('hal')}",
    "date": _loose("tanggal"),
}
_LABEL = re.compile(
    "(?:" + "|".join(f"(?P<{name}>{form})" for name, form in _NAMES.items()) + ")"
    r"(?P<mark>\s*[:;=]|\s*\.(?!\w)|(?=\s|$))\s*(?P<value>.*)",
    re.IGNORECASE,
)
_ADDRESSEE = re.compile(r"(?:^|\s)(?:kepada\b|yth\b|yang\s+terhormat\b)", re.IGNORECASE)
_BODY = re.compile(
    r"(?:Dengan [Hh]ormat|DENGAN RAHMAT|Ass?alam|Menindaklanjuti|Sehubungan|Berdasarkan|Berkenaan|"
    r"Dalam rangka|Memperhatikan|Menunjuk|Dengan ini|Bersama ini|Yang bertanda|Dasar\b|"
    r"D A S A R|DASAR\b|M\s?e\s?n\s?i\s?m\s?b\s?a\s?n\s?g|MENIMBANG|Mengingat|Pada hari ini|"
    r"Disampaikan|Diberitahukan|Mohon\b|Memenuhi\b|Mempertimbangkan)"
)
"""How a body begins. A subject may go on with "dalam rangka", a body begins with a capital."""

_PAGE = re.compile(r"(?:halaman|hal\.?)?\s*-?\s*\d+\s*(?:dari|/|-)?\s*\d*\s*-?", re.IGNORECASE)


@attrs.frozen
class Lines:
    """A letter line by line. Blank lines are kept: they end what stands before them."""

    all: tuple[str, ...]
    header_end: int

    @property
    def header(self) -> tuple[str, ...]:
        """What stands before the body."""
        return self.all[: self.header_end]

    @property
    def rest(self) -> tuple[str, ...]:
        """The body and who signs."""
        return self.all[self.header_end :]


def lines_of(text: str) -> Lines:
    """The first lines of a text, without page numbers and with single blanks."""
    found: list[str] = []
    for line in re.split(r"[\n\f]", text[: MOST_LINES * LONGEST_LINE])[:MOST_LINES]:
        plain = " ".join(line[:LONGEST_LINE].split())
        found.append("" if _PAGE.fullmatch(plain) else plain)
    return Lines(tuple(found), _header_end(found))


def _header_end(lines: Sequence[str]) -> int:
    filled = 0
    for index, line in enumerate(lines):
        filled += bool(line)
        if filled > _HEADER_LINES or (filled > 1 and _BODY.match(line)):
            return index
    return len(lines)


def label_of(line: str) -> tuple[str, str] | None:
    """The name of the label that a line begins with, and what follows it; None without one."""
    found = _LABEL.match(line)
    if not found:
        return None
    name = next(name for name in _NAMES if found[name] is not None)
    value = found["value"]
    # Without a colon, "Hal 2" counts pages and "Tanggal merah" is a sentence.
    if not found["mark"].strip() and name in {"subject", "date"} and not _capital(value):
        return None
    return name, value


def _capital(value: str) -> bool:
    return not value or value[0].isupper()


def labelled(lines: Sequence[str]) -> Iterator[Labelled]:
    """Every label of these lines with its value, which may begin on the next line.

    Where a table was read column by column, so many values with a colon follow so many labels.
    """
    index = 0
    while index < len(lines):
        found = label_of(lines[index])
        if found is None:
            index += 1
        elif found[1]:
            yield Labelled(found[0], found[1], lines[index], index + 1)
            index += 1
        else:
            alone = _alone(lines, index)
            yield from _column(lines, index, alone)
            index += alone


def _alone(lines: Sequence[str], start: int) -> int:
    """How many labels without a value follow each other."""
    count = 0
    while start + count < len(lines):
        found = label_of(lines[start + count])
        if found is None or found[1]:
            break
        count += 1
    return count


def _column(lines: Sequence[str], start: int, count: int) -> Iterator[Labelled]:
    values: list[tuple[str, int]] = []
    index = start + count
    while index < len(lines) and len(values) < count:
        line = lines[index].lstrip(":; ")
        marked = line != lines[index]
        index += 1
        if not line and (marked or not lines[index - 1]):
            continue
        if (count > 1 and not marked) or label_of(line) or addressee(line) is not None:
            break
        values.append((line, index))
    if len(values) == count:
        for offset, (value, end) in enumerate(values):
            name = label_of(lines[start + offset])
            assert name is not None
            yield Labelled(name[0], value, f"{lines[start + offset]} {value}"[:LONGEST_LINE], end)


def addressee(line: str) -> int | None:
    """Where in a line the addressee begins, which may stand beside a value; None without one."""
    found = _ADDRESSEE.search(line)
    return found.start() if found else None
