"""What may be filed where, and what a regency proposes for a kind of record.

A record goes into a dossier of its own unit, whose code is the record's own or one above it; not
into a closed one, and not into one of a later year than its own: a matter that runs on over New
Year takes later papers, but is no place for those of before it began.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from typing import Literal
from uuid import UUID

import attrs

from leuit.values import FieldError, Text, _, format_date

from .codes import is_code, parents_of
from .row_fault import RowFault
from .secrecy import GRADES

Misfit = Literal["", "unit", "closed", "year", "code"]

MISFITS: dict[Misfit, Text] = {
    "unit": _("Berkas itu milik unit lain."),
    "closed": _("Berkas itu sudah ditutup."),
    "year": _("Arsip ini lebih tua daripada tahun berkasnya."),
    "code": _("Kode arsip ini tidak berada di bawah kode berkasnya."),
}

PARTS = ("tahun", "bulan")
_BRACES = re.compile(r"\{([^{}]*)\}")
LONGEST_TITLE = 200
"""Of a dossier in the rules: with a month filled in it still fits its column."""


@attrs.frozen
class Filable:
    """What of a record decides where it may go; its code is None until it is classified."""

    unit_id: UUID
    date: dt.date
    code: str | None


@attrs.frozen
class Shelf:
    """What of a dossier decides what it may take."""

    unit_id: UUID
    code: str
    year: int
    closed: bool


def misfit(record: Filable, dossier: Shelf) -> Misfit:
    """Why the record may not be filed there; empty when it may."""
    if record.unit_id != dossier.unit_id:
        return "unit"
    if dossier.closed:
        return "closed"
    if record.date.year < dossier.year:
        return "year"
    if record.code is not None and not is_within(record.code, dossier.code):
        return "code"
    return ""


def is_within(code: str, above: str) -> bool:
    """Whether a code is another one or stands below it."""
    return code == above or above in parents_of(code)


@attrs.frozen
class FilingRule:
    """What to do with records of one source: a kind of naskah, or the kind of another service's
    record (`sp2d.sp2d`). `title` is that of the dossier, with `{tahun}` and `{bulan}` of the
    record's date. `secrecy` is a word of `GRADES`, empty to leave it to who hands the record over.
    One that is not `automatic` is only proposed to the archivist.
    """

    source: str
    code: str
    title: str
    secrecy: str = ""
    automatic: bool = False


@attrs.frozen
class FilingRules:
    """All rules of an edition."""

    rules: tuple[FilingRule, ...]


def faults_of_filing(rules: Sequence[FilingRule]) -> Iterator[RowFault]:
    """Sources told twice, codes that are none, titles with unknown parts, unknown grades."""
    seen: set[str] = set()
    for index, rule in enumerate(rules):
        source = rule.source.casefold()
        if source in seen:
            sentence = _("Sumber itu sudah ada di atas.")
            yield RowFault(index, FieldError("source", sentence, "twice"))
        seen.add(source)
        if not is_code(rule.code):
            sentence = _("Bukan kode klasifikasi.")
            yield RowFault(index, FieldError("code", sentence, "no_code"))
        if fault := _title_fault(rule.title):
            yield RowFault(index, FieldError("title", fault, "title"))
        if rule.secrecy and rule.secrecy not in GRADES:
            sentence, told = _("Pilih salah satu: %(choices)s."), {"choices": ", ".join(GRADES)}
            yield RowFault(index, FieldError("secrecy", sentence, "unknown", told))


def rule_for(rules: Sequence[FilingRule], kind: str, source: str) -> FilingRule | None:
    """The rule of a record: that of its kind of naskah, else that of the service's own kind."""
    by_source = {rule.source.casefold(): rule for rule in rules}
    return (by_source.get(kind.casefold()) if kind else None) or by_source.get(source.casefold())


def dossier_title(rule: FilingRule, date: dt.date) -> str:
    """The title of the dossier for a record of that date."""
    month = format_date(date).split()[1]
    return rule.title.replace("{tahun}", str(date.year)).replace("{bulan}", month)


def grade_of(given: str | None, rule: FilingRule | None) -> int:
    """The grade of a record, 1 to 4: the stricter of what its service and its rule say.

    Where neither says anything it is Terbatas: what nobody has judged yet is not for everybody.
    """
    told = [word for word in (given, rule.secrecy if rule else "") if word]
    return max((GRADES.index(word) for word in told), default=GRADES.index("limited")) + 1


def _title_fault(title: str) -> str:
    if len(title) > LONGEST_TITLE:
        return str(_("Paling banyak %s huruf.") % LONGEST_TITLE)
    unknown = sorted(set(_BRACES.findall(title)) - set(PARTS))
    if unknown:
        return str(_("Bagian judul tidak dikenal: %(names)s.") % {"names": ", ".join(unknown)})
    if re.search(r"[{}]", _BRACES.sub("", title)):
        return str(_("Kurung kurawal pada judul tidak berpasangan."))
    return ""
