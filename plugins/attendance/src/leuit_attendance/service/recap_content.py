"""What a recap document says: everybody of a unit's month, the editions, and who heads the unit."""

import datetime as dt
import hashlib
import json
from collections.abc import Iterator
from decimal import Decimal
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin.documents import letterhead_on
from leuit.identity import DEFINITIF, Person, Position, Unit, holders_of
from leuit.values import ConflictError, RecordRef, _, format_date, format_percent
from leuit.work import View

from .month_columns import columns_of, counts_of
from .month_deductions import month_deductions
from .recap import month_range
from .unit_month import (
    MonthFilter,
    PersonLine,
    month_basis,
    month_figures,
    month_people,
    shown_days,
)
from .unit_scope import Scope, scope_of

CHUNK = 500
"""People read at a time."""
_MEANINGS = _(
    "TL terlambat, PSW pulang sebelum waktunya, DL dinas luar, TB tugas belajar, TK tanpa"
    " keterangan; TL dan PSW termasuk hari tanpa tap."
)


_OF_WHOLE = _(
    "TPP: yang dipotong dari seluruh TPP bulan itu, menurut bagian yang dikenai dan termasuk hari"
    " di unit lain."
)


@attrs.frozen
class Head:
    """Who heads a unit: the position, and how its holder is printed below a document."""

    position_id: UUID | None
    post: str
    name: str = ""
    nip: str = ""


@attrs.frozen
class RecapContent:
    """Values for the template, without the day of making; `sha256` is that of all of them.

    `deductions` are those of the people in 1/100 percent of the whole TPP.
    """

    unit: Unit
    month: dt.date
    people: int
    head: Head
    government: str
    values: dict[str, Any]
    deductions: dict[UUID, int]
    sha256: str

    @property
    def title(self) -> str:
        return f"Rekapitulasi Kehadiran {self.unit.short}, {self.values['month']}"


def recap_content(view: View, unit: Unit, month: dt.date) -> RecapContent:
    """What the recap of a month that is over says today; reading it is noted.

    Raises ConflictError while the month goes on, while a day of it is still open, and when nothing
    was judged in it.
    """
    first, last = month_range(month)
    if last >= view.today:
        raise ConflictError(
            _("Bulan itu belum lewat."), advice=_("Buat naskah rekap setelah bulannya berakhir.")
        )
    scope = scope_of(view, unit, first, last)
    figures = month_figures(view, scope)
    if figures.open:
        raise _unfinished(figures.open)
    basis = month_basis(view, figures.bases, last)
    columns = columns_of(figures)
    lines = list(_everybody(view, scope, basis.table))
    ids = [line.person_id for line in lines]
    deductions, elsewhere = month_deductions(view, ids, first, last, basis.table)
    if elsewhere:
        raise _unfinished(elsewhere)
    people = [
        {
            "name": line.name,
            "nip": line.nip or "",
            "title": line.title,
            "counts": list(counts_of(line, columns)),
            "deduction": _percent(line.deduction),
            # Of the whole TPP, which is what a claim is made of, where it is another figure.
            "tpp": _percent(deductions[line.person_id])
            if deductions[line.person_id] != line.deduction
            else "",
        }
        for line in lines
    ]
    if not people:
        raise ConflictError(
            _("Belum ada hari yang dihitung pada bulan itu."),
            advice=_("Pastikan jadwal kerja dan tabel potongan berlaku pada bulan itu."),
        )
    if view.identity.kind != "system":
        ref = RecordRef("core.unit", str(unit.id), unit.name)
        view.note_access(ref, what="recap_document", month=f"{first:%Y-%m}", people=len(people))
    letterhead = letterhead_on(view, unit.id, view.today)
    head = head_of(view, unit)
    values = {
        "letterhead": attrs.asdict(letterhead),
        "unit": unit.name,
        "month": month_in_words(first),
        "working": shown_days(view, scope, figures)[1],
        "columns": [label for label, _key in columns],
        "people": people,
        "notes": [
            _MEANINGS,
            *([_OF_WHOLE] if any(person["tpp"] for person in people) else []),
            *(
                _("Dasar: %(title)s, %(basis)s.")
                % {"title": found.title, "basis": found.legal_basis}
                for found in basis.editions
            ),
        ],
        "signer": {"post": head.post, "name": head.name, "nip": head.nip, "place": ""},
    }
    written = json.dumps(values, sort_keys=True, ensure_ascii=True)
    return RecapContent(
        unit,
        first,
        len(people),
        head,
        letterhead.government,
        values,
        deductions,
        hashlib.sha256(f"{head.position_id} {written}".encode()).hexdigest(),
    )


def head_of(view: View, unit: Unit) -> Head:
    """The head of a unit today; who stands in is printed as Plt. or Plh. of the post."""
    post: Position | None = None
    for position in view.session.scalars(
        select(Position)
        .where(Position.unit_id == unit.id, Position.is_head)
        .order_by(Position.title)
    ):
        post = post or position
        holder = view.session.execute(holders_of(position.id, view.today).limit(1)).first()
        if holder is not None:
            person = view.session.get_one(Person, holder.person_id)
            title = (
                position.title if holder.kind == DEFINITIF else f"{holder.kind} {position.title}"
            )
            return Head(position.id, title, person.name, person.nip or "")
    return Head(post.id if post else None, post.title if post else _("Kepala %s") % unit.name)


def month_in_words(first: dt.date) -> str:
    """`Oktober 2026`."""
    return format_date(first).partition(" ")[2]


def _percent(hundredths: int) -> str:
    return format_percent(Decimal(hundredths) / 100) if hundredths else ""


def _unfinished(count: int) -> ConflictError:
    return ConflictError(
        _("Masih ada %(count)s hari pegawai yang belum selesai dihitung."),
        advice=_("Tunggu sampai hari terakhirnya ditutup, lalu ulangi."),
        count=count,
    )


def _everybody(view: View, scope: Scope, table: Any) -> Iterator[PersonLine]:
    count = 0
    while True:
        lines, total = month_people(view, scope, MonthFilter(), table, CHUNK, count)
        yield from lines
        count += len(lines)
        if not lines or count >= total:
            return
