"""Drawing a paper of a payment: its values become texts here, its template only lays them out.

Dates become `5 Oktober 2026`, amounts `Rp1.450.000`; what is not known becomes a dash. Lines are
grouped by sub-kegiatan in the order in which each appears first. Call it outside a unit of work.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeAlias

import attrs

from leuit.builtin.documents import Letterhead, Rendered, qr_svg, render_document
from leuit.values import format_date, format_percent
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.words import in_words

from .allowance import AllowanceList
from .papers import Claim, ClaimLine, Coded, ReturnLetter, Sp2dPaper, SpmPaper, SppLine, SppPaper

Paper: TypeAlias = SppPaper | SpmPaper | Sp2dPaper | ReturnLetter

_ROOM = Path(__file__).parent
_NOTHING = "Nihil"


def draw(
    paper: Paper | AllowanceList,
    *,
    letterhead: Letterhead,
    title: str,
    now: dt.datetime,
    footer: tuple[str, ...] = (),
    voided: bool = False,
) -> Rendered:
    """The paper as PDF/A with its signature places by the names that its class tells.

    `footer` are the lines of documents that are signed electronically; one that was `voided` has
    BATAL across every page, but for a letter of return. Raises WrongAmountError when a paper asks
    for nothing or deducts more than it pays, TooLargeError when it is too long.
    """
    template, more = _SHAPES[type(paper)]
    values = _printed(paper) | more(paper)
    values |= {
        "letterhead": attrs.asdict(letterhead),
        "footer": list(footer),
        "mark": "BATAL" if voided else "",
        "signing_place": letterhead.placed(paper.date),
    }
    return render_document(
        _ROOM / template, values, title=title, now=now, author=letterhead.government
    )


def _spp(paper: SppPaper) -> dict[str, Any]:
    return {
        "groups": _groups(paper.lines),
        "total": format_rupiah(paper.total),
        "words": in_words(paper.total, capital=True),
        "qr": _qr(paper.check_address),
    }


def _spm(paper: SpmPaper) -> dict[str, Any]:
    duty = format_rupiah(paper.stamp_duty) if paper.stamp_duty else None
    return _sums(paper.claim) | {"stamp_duty": duty, "qr": _qr(paper.check_address)}


def _sp2d(paper: Sp2dPaper) -> dict[str, Any]:
    return _sums(paper.claim) | {"qr": _qr(paper.check_address)}


def _qr(address: str) -> str:
    return qr_svg(address).decode() if address else ""


def _return(_paper: ReturnLetter) -> dict[str, Any]:
    return {}


def _allowance(paper: AllowanceList) -> dict[str, Any]:
    """A percentage is no amount of money; a list that pays nobody is refused by its words."""
    rows = [
        _printed(row) | {"deduction": format_percent(Decimal(row.deduction) / 100)}
        for row in paper.rows
    ]
    return {
        "rows": rows,
        "people": str(len(rows)),
        "total": format_rupiah(paper.total),
        "words": in_words(paper.total, capital=True),
    }


# The type of the key and of the function's argument agree, which the type of a mapping cannot say.
_SHAPES: Mapping[type, tuple[str, Callable[[Any], dict[str, Any]]]] = {
    SppPaper: ("spp.typ", _spp),
    SpmPaper: ("spm.typ", _spm),
    Sp2dPaper: ("sp2d.typ", _sp2d),
    ReturnLetter: ("return.typ", _return),
    AllowanceList: ("allowance.typ", _allowance),
}


def _sums(claim: Claim) -> dict[str, Any]:
    """A claim that pays nothing (GU Nihil) says so in words; its gross is never nothing."""
    return {
        "groups": _groups(claim.lines),
        "gross": format_rupiah(claim.gross),
        "gross_words": in_words(claim.gross, capital=True),
        "withheld": format_rupiah(claim.withheld),
        "informed": format_rupiah(claim.informed),
        "net": format_rupiah(claim.net),
        "words": in_words(claim.net, capital=True) if claim.net else _NOTHING,
    }


def _groups(lines: Iterable[SppLine | ClaimLine]) -> list[dict[str, Any]]:
    """The lines of each sub-kegiatan; `activity` is None for those without one."""
    found: dict[Coded | None, list[dict[str, Any]]] = {}
    for line in lines:
        row = _printed(line)
        if isinstance(line, SppLine):
            row["remainder"] = _text(line.remainder)
        found.setdefault(line.activity, []).append(row)
    return [
        {"activity": _printed(activity) if activity else None, "lines": rows}
        for activity, rows in found.items()
    ]


def _printed(value: Any) -> dict[str, Any]:
    return attrs.asdict(value, value_serializer=_serialized)


def _serialized(_owner: object, field: "attrs.Attribute[Any] | None", value: Any) -> Any:
    """A value of a field as its text; a year is no amount of money."""
    if field is not None and field.name == "fiscal_year":
        return str(value)
    return _text(value)


def _text(value: Any) -> Any:
    if isinstance(value, dt.date):
        return format_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return format_rupiah(value)
    return value
