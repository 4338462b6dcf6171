"""TKDN and BMP as people type them: a percentage with up to two decimals, kept in hundredths."""

import re

from leuit.values import InvalidInputError, _

_SHAPE = re.compile(r"(\d{1,3})(?:[.,](\d{1,2}))? ?%?", re.ASCII)


def parse_percent(text: str, most: int = 10_000) -> int:
    """`40,25`, `40.25%` as 4025; InvalidInputError above `most` hundredths or for anything else."""
    found = _SHAPE.fullmatch(text.strip())
    hundredths = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else most + 1
    if hundredths > most:
        raise InvalidInputError(
            _("“%(text)s” bukan persen dari 0 sampai %(most)s."),
            advice=_("Tulis paling banyak dua angka di belakang koma, misalnya 40,25."),
            text=text[:20],
            most=most // 100,
        )
    return hundredths


def percent_text(hundredths: int | None) -> str:
    """`40,25`; nothing for None."""
    return "" if hundredths is None else f"{hundredths // 100},{hundredths % 100:02}"
