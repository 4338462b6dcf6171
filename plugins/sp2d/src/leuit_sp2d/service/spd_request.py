"""What somebody asks an SPD to release: amounts line by line, or one share of every line.

A share is a percentage of the line's ceiling (pagu), rounded down to whole rupiah and never more
than what is not released yet, so that 100 percent releases all that is left.
"""

import re
from collections.abc import Iterable, Mapping
from decimal import ROUND_DOWN, Decimal

import attrs

from leuit.values import FieldError, InvalidInputError, _
from leuit_sp2d.rules.rupiah import parse_rupiah

from .budget_lines import LineKey, LineState
from .dpa_file import AskedLine, AskedLines, read_lines

COLUMNS = ("sub_kegiatan", "rekening", "nilai")
_PERCENT = re.compile(r"\d{1,3}([.,]\d{1,2})?")


@attrs.frozen
class Share:
    """A share of every line, in percent of its ceiling."""

    percent: Decimal


SpdRequest = AskedLines | Share


def read_spd(data: bytes) -> AskedLines:
    """The rows of a file `sub_kegiatan, rekening, nilai`; raises for what is no such file."""
    return read_lines(data, COLUMNS, COLUMNS, parse_rupiah)


def typed_lines(amounts: Mapping[LineKey, str]) -> AskedLines:
    """The amounts that somebody typed beside lines; an empty one asks for nothing."""
    rows = []
    given = ((key, text.strip()) for key, text in amounts.items())
    for number, ((activity, account), text) in enumerate(given, start=1):
        if text:
            try:
                rows.append(AskedLine(number, activity, account, parse_rupiah(text)))
            except InvalidInputError as error:
                fault = FieldError("nilai", str(error), error.code)
                rows.append(AskedLine(number, activity, account, None, (fault,)))
    return AskedLines(tuple(rows))


def parse_percent(text: str) -> Decimal:
    """`25` or `12,5`: above zero and at most 100, two decimals; else InvalidInputError."""
    given = text.strip().removesuffix("%").strip()
    percent = Decimal(0)
    if given.isascii() and _PERCENT.fullmatch(given):
        percent = Decimal(given.replace(",", "."))
    if not 0 < percent <= 100:
        raise InvalidInputError(
            _("“%(text)s” bukan persen dari pagu."),
            advice=_("Tulis angka di atas 0 sampai 100, misalnya 25."),
            text=text[:40],
        )
    return percent


def asked_rows(request: SpdRequest, lines: Iterable[LineState]) -> Iterable[AskedLine]:
    """The rows of a request: those of a file, or one for each line of which a share is left."""
    if isinstance(request, AskedLines):
        return request.rows
    shares = ((line, share_of(line, request.percent)) for line in lines)
    return [
        AskedLine(number, line.activity, line.account, amount)
        for number, (line, amount) in enumerate(shares, start=1)
        if amount
    ]


def share_of(line: LineState, percent: Decimal) -> int:
    """The share of one line in whole rupiah."""
    exact = line.pockets.ceiling * percent / 100
    whole = int(exact.to_integral_value(ROUND_DOWN))
    return min(whole, line.pockets.unreleased)
