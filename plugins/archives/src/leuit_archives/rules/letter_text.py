"""What the text of a letter proposes: number, date, subject, sender, sifat, attachments.

A proposal is for a person to confirm, and carries the line that it was read from. What could mean
two things is not proposed. Values are parts of the text, with single blanks; only a date is read.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence

import attrs

from .letter_dates import date_of, is_town_and_day
from .letter_lines import Labelled, Lines, addressee, label_of, labelled, lines_of
from .letter_proposal import Proposed
from .letter_sender import sender_of
from .letter_sifat import Sifat, secrecy_of_number, split_sifat

LONGEST_NUMBER = 100
LONGEST_SUBJECT = 500
LONGEST_ATTACHMENT = 100
_MOST_SUBJECT_LINES = 8

_OF_YEAR = re.compile(r"\d{1,5}\s+tahun\s+[12]\d{3}\b", re.IGNORECASE)
_NUMBER = re.compile(r"[\w]+(?:\s?[./–-]\s?[\w()]+(?:&[\w()]+)?)+")
_MIXED = re.compile(r"(?<![A-Za-z0-9])(?=[0-9]*[lOI])(?=[lOI]*[0-9])[0-9lOI]+(?![A-Za-z0-9])")
_ABOUT = re.compile(r"T\s?E\s?N\s?T\s?A\s?N\s?G\s*:?", re.IGNORECASE)
_AFTER_TITLE = re.compile(
    r"(?:DENGAN RAHMAT|MENIMBANG|MENGINGAT|DASAR|MEMUTUSKAN|NOMOR|KEPADA|YTH|PADA HARI INI|"
    r"YANG BERTANDA)\b|"
    # A post may be part of a title; the one who speaks has a comma behind it.
    r"(?:BUPATI|GUBERNUR|WALI ?KOTA|MENTERI|KEPALA|SEKRETARIS|CAMAT|DIREKTUR|KETUA)\b.*,$",
    re.IGNORECASE,
)
_DIRECTION = re.compile(r"di\s*[-–:]?|di\s*-?\s*tempat|(?:u\.p\.|tembusan).*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]{2}")
_STAMP_LINES = 6


@attrs.frozen
class LetterProposals:
    """What is proposed of a letter; None where nothing is, or where it would be a guess.

    `urgency` and `secrecy` are codes of the instruments (see `Sifat`); `kind` is a word such as
    `undangan` where the letter's sifat names a kind.
    """

    number: Proposed[str] | None = None
    date: Proposed[dt.date] | None = None
    subject: Proposed[str] | None = None
    sender: Proposed[str] | None = None
    attachment: Proposed[str] | None = None
    urgency: Proposed[str] | None = None
    secrecy: Proposed[str] | None = None
    kind: Proposed[str] | None = None


def propose(text: str) -> LetterProposals:
    """Read a letter's text. Never raises, whatever the text is."""
    lines = lines_of(text)
    labels = list(labelled(lines.header))
    number = _number(labels)
    sifat_line = next((one for one in labels if one.name == "secrecy"), None)
    sifat = split_sifat(_beside(sifat_line.value)) if sifat_line else Sifat()
    said = sifat_line.line if sifat_line else ""
    return LetterProposals(
        number=number,
        date=date_of(lines),
        subject=_subject(lines, labels),
        sender=sender_of(lines),
        attachment=_attachment(labels),
        urgency=Proposed(sifat.urgency, said, sifat.sure) if sifat.urgency else None,
        secrecy=_secrecy(lines, sifat, said, number),
        kind=Proposed(sifat.kind, said, sifat.sure) if sifat.kind else None,
    )


def _number(labels: Sequence[Labelled]) -> Proposed[str] | None:
    """The one number at the head of a letter; None where a part of it is still blank."""
    found: list[Proposed[str]] = []
    for one in labels:
        if one.name != "number":
            continue
        match = _OF_YEAR.match(one.value) or _NUMBER.match(one.value)
        if not match or _goes_on(one.value[match.end() :]):
            return None
        value = re.sub(r"\s*([./–-])\s*", r"\1", match[0])
        if not any(letter.isdigit() for letter in value) or len(value) > LONGEST_NUMBER:
            return None
        found.append(Proposed(value, one.line, not _MIXED.search(value)))
    return found[0] if found and all(one.value == found[0].value for one in found) else None


def _goes_on(behind: str) -> bool:
    """Whether a number was broken off: a separator, or a part that a blank has parted from it."""
    return behind.lstrip()[:1] in {"/", ".", "-", "–", "_"} or "/" in behind.partition(",")[0][:20]


def _subject(lines: Lines, labels: Sequence[Labelled]) -> Proposed[str] | None:
    """Behind Hal or Perihal, else below TENTANG, until something else begins."""
    for one in labels:
        if one.name == "subject":
            rest = list(_going_on(lines.header, one.at))
            return _words([_beside(one.value), *rest], one.line)
    for index, line in enumerate(lines.header):
        if _ABOUT.fullmatch(line):
            title = list(_title(lines.all, index + 1))
            return _words(title, line)
    return None


def _going_on(lines: Sequence[str], start: int) -> Iterator[str]:
    for line in lines[start : start + _MOST_SUBJECT_LINES]:
        ends = not line or label_of(line) or addressee(line) == 0 or _DIRECTION.fullmatch(line)
        if ends or line.startswith(":") or is_town_and_day(line):
            return
        yield (kept := _beside(line))
        if kept != line:
            return


def _title(lines: Sequence[str], start: int) -> Iterator[str]:
    """Lines of a title: until a blank, who speaks, or the end of capitals."""
    first = next((at for at in range(start, len(lines)) if lines[at]), len(lines))
    capitals = first < len(lines) and lines[first].isupper()
    for line in lines[first : first + _MOST_SUBJECT_LINES]:
        if (
            not line
            or _AFTER_TITLE.match(line)
            or label_of(line)
            or (capitals and not line.isupper())
        ):
            return
        yield line


def _words(parts: Sequence[str], line: str) -> Proposed[str] | None:
    value = " ".join(part for part in parts if part).strip()
    if not _LETTER.search(value) or len(value) > LONGEST_SUBJECT:
        return None
    return Proposed(value, line)


def _attachment(labels: Sequence[Labelled]) -> Proposed[str] | None:
    for one in labels:
        if one.name == "attachment":
            value = _beside(one.value)
            if len(value) <= LONGEST_ATTACHMENT and any(letter.isalnum() for letter in value):
                return Proposed(value, one.line)
            return None
    return None


def _secrecy(
    lines: Lines, sifat: Sifat, said: str, number: Proposed[str] | None
) -> Proposed[str] | None:
    """What the sifat, a stamp at the top and the number say of secrecy; None where they differ."""
    found = [Proposed(sifat.secrecy, said, sifat.sure)] if sifat.secrecy else []
    for line in [line for line in lines.header if line][:_STAMP_LINES]:
        stamp = split_sifat(line).secrecy
        if stamp and line.isupper() and "SIFAT" not in line:
            found.append(Proposed(stamp, line))
    if number and (level := secrecy_of_number(number.value)):
        found.append(Proposed(level, number.line))
    return found[0] if found and all(one.value == found[0].value for one in found) else None


def _beside(value: str) -> str:
    """A value without what stands beside it in a second column: the addressee, or town and day."""
    at = addressee(value)
    return (value if at is None else value[:at]).strip()
