"""A unit's month: figures, chart, fifty people with their strips; filters live in the address."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from urllib.parse import urlencode

import attrs
from markupsafe import Markup

from leuit.values import InvalidInputError, RecordRef, _, format_number, format_percent
from leuit.web import PAGE_SIZE, Listing, Request, Response, page, page_number
from leuit.work import View
from leuit_attendance.service.month_columns import columns_of, counts_of
from leuit_attendance.service.unit_month import (
    SHOWS,
    SORTS,
    MonthBasis,
    MonthFigures,
    MonthFilter,
    PersonLine,
    month_basis,
    month_figures,
    month_people,
    shown_days,
)
from leuit_attendance.service.unit_scope import Scope, readable_unit, scope_of

from .confidence import edition_marks
from .dates import month_choices, month_end, month_of
from .strip import Strips, class_marks, week_starts
from .words import month_name, weekday_and_day

EXPORT = "attendance.recap.export"
SHOW_WORDS: dict[str, str] = {
    "": _("Semua pegawai"),
    "late": _("Pernah terlambat"),
    "early": _("Pernah pulang cepat"),
    "absent": _("Tanpa keterangan"),
    "deducted": _("Kena potongan"),
}
LONGEST_NAME = 100


@attrs.frozen
class MonthAsked:
    """What the address asks for."""

    code: str
    first: dt.date
    last: dt.date
    sub: str
    wanted: MonthFilter


@attrs.frozen
class MonthLine:
    """One row of the table, ready to be written."""

    path: str
    name: str
    title: str
    strip: Markup
    counts: tuple[int, ...]
    deduction: str


@attrs.frozen
class Bar:
    """One bar of the chart."""

    label: str
    value: int
    highlight: bool
    show_label: bool
    gap: bool


_SORT_OF = {"late": "late", "early": "early", "tanpa_keterangan": "absent"}


def asked(request: Request) -> MonthAsked:
    """The month, sub-unit, filter and order of the address; unknown words count as none.

    Raises InvalidInputError for what is no month or cannot be looked for.
    """
    first = month_of(request)
    show = request.query.get("show", "")
    sort = request.query.get("sort", "")
    return MonthAsked(
        str(request.params["code"]),
        first,
        month_end(first),
        searchable(request.query.get("sub", "")),
        MonthFilter(
            show if show in SHOWS else "",
            searchable(request.query.get("name", "")),
            sort if sort in SORTS else "name",
        ),
    )


def searchable(text: str) -> str:
    """A filter as typed, trimmed; InvalidInputError for what no engine can look for."""
    text = text.strip()[:LONGEST_NAME]
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InvalidInputError(_("Ada huruf yang tidak dapat dicari; ketik ulang."))
    return text


def show_month(request: Request) -> Response:
    """The page of a unit's month; reading other people's days is noted."""
    ask = asked(request)
    number = page_number(request)
    with request.read() as view:
        unit = readable_unit(view, ask.code)
        scope = scope_of(view, unit, ask.first, ask.last, ask.sub)
        figures = month_figures(view, scope)
        basis = month_basis(view, figures.bases, min(ask.last, view.today))
        people, total = month_people(
            view, scope, ask.wanted, basis.table, PAGE_SIZE, (number - 1) * PAGE_SIZE
        )
        days, working = shown_days(view, scope, figures)
        note_reading(view, scope, ask, total)
    columns = columns_of(figures)
    bars, caption, top = chart_of(days, figures)
    return page(
        request,
        "attendance/unit_month.html",
        unit=unit,
        ask=ask,
        month=month_name(ask.first),
        months=month_choices(ask.first, request.now.date()),
        children=scope.children,
        shows=SHOW_WORDS,
        figures=figures,
        presence=presence_text(figures),
        days=scale_of(days),
        bars=bars,
        caption=caption,
        top=top,
        columns=[(label, _SORT_OF.get(key, "")) for label, key in columns],
        listing=Listing.of(request, lines_of(people, days, basis, columns, ask.first), total),
        working=working,
        current_month=ask.first == request.now.date().replace(day=1),
        deduction_word=_("Potongan"),
        export_query=export_query(request),
        people_count=total,
        editions=edition_marks(basis.editions),
        table=basis.table,
        filtered=bool(ask.sub or ask.wanted.show or ask.wanted.name),
        may_export=request.may(EXPORT),
    )


def export_query(request: Request) -> str:
    """The filters of the address, for the same rows as a workbook."""
    items = request.query.multi_items()
    return urlencode([(name, value) for name, value in items if name != "page" and value])


def note_reading(view: View, scope: Scope, ask: MonthAsked, people: int, what: str = "") -> None:
    """Note who read which unit's month (UU PDP art. 31)."""
    ref = RecordRef("core.unit", str(scope.unit.id), scope.unit.name)
    if view.identity.kind != "system":
        view.note_access(ref, what=what or "recap", month=f"{ask.first:%Y-%m}", people=people)


def lines_of(
    people: Sequence[PersonLine],
    days: Sequence[dt.date],
    basis: MonthBasis,
    columns: Sequence[tuple[str, str]],
    month: dt.date,
) -> list[MonthLine]:
    """The rows of the table."""
    strips = Strips(days, class_marks(basis.tables))
    percents: dict[int, str] = {0: ""}
    query = f"?month={month:%Y-%m}"
    lines = []
    for line in people:
        deduction = percents.get(line.deduction)
        if deduction is None:
            deduction = format_percent(Decimal(line.deduction) / 100)
            percents[line.deduction] = deduction
        lines.append(
            MonthLine(
                f"/attendance/people/{line.person_id}{query}",
                line.name,
                line.title,
                strips.of(line.days),
                counts_of(line, columns),
                deduction,
            )
        )
    return lines


def scale_of(days: Sequence[dt.date]) -> list[dict[str, object]]:
    """The days over the strips, as the macro of the core takes them."""
    starts = week_starts(days)
    return [{"date": day, "week_start": day in starts} for day in days]


def presence_text(figures: MonthFigures) -> str:
    """`99,5%`, or a dash while nothing is judged. Never rounded up to a full hundred."""
    percent = figures.presence_percent
    if percent is None:
        return "–"
    if figures.absent:
        percent = min(percent, 99.9)
    return format_percent(percent, 1)


def chart_of(days: Sequence[dt.date], figures: MonthFigures) -> tuple[list[Bar], str, int]:
    """The bars of lateness, the sentence that states the finding, and the end of the scale."""
    late = {count.day: count.late for count in figures.days}
    most = max(late.values(), default=0)
    worst = next((day for day in days if late.get(day) == most), None) if most else None
    starts = week_starts(days)
    bars: list[Bar] = []
    for number, day in enumerate(days):
        shown = number == 0 or day in starts
        first_week = shown and number > 0 and not any(bar.show_label for bar in bars[1:])
        label = f"{day.day}{' ' + month_name(day)[:3] if first_week else ''}"
        bars.append(Bar(label, late.get(day, 0), day == worst, shown, day in starts))
    if worst is None:
        return bars, _("Belum ada yang terlambat"), 2
    caption = _("Terlambat paling banyak %(day)s: %(count)s orang") % {
        "day": weekday_and_day(worst),
        "count": format_number(most),
    }
    return bars, caption, scale_end(most)


def scale_end(most: int) -> int:
    """The least multiple of 2, 20, 200 … that is not below, so that half of it is whole."""
    step = 2
    while most > step * 20:
        step *= 10
    return max(2, -(-most // step) * step)
