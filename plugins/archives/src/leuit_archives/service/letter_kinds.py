"""Kinds of naskah dinas as an instrument."""

from leuit.builtin.organisation import Line
from leuit.values import _
from leuit_archives.rules.letter_kinds import LetterKind, LetterKinds, faults_of_kinds

from .instrument import ReadRow
from .short_instrument import Cells, short_instrument


def _read(line: Line) -> ReadRow[LetterKind]:
    cells = Cells(line)
    kind = LetterKind(
        cells.text("kind"),
        cells.text("group").lower(),
        cells.text("subgroup", required=False),
        cells.text("page_shape").lower(),
        cells.text("number_pattern", required=False),
        cells.text("signatory_rule", required=False),
        cells.text("abbreviation", required=False),
    )
    return ReadRow(line.number, kind, kind.kind.casefold(), kind.kind, tuple(cells.faults))


INSTRUMENT, KIND = short_instrument(
    name="letter_kinds",
    title=_("Jenis naskah dinas"),
    schema=LetterKinds,
    field="kinds",
    columns=(
        "kind",
        "group",
        "subgroup",
        "page_shape",
        "number_pattern",
        "signatory_rule",
        "abbreviation",
    ),
    required=("kind", "group", "page_shape"),
    read=_read,
    check=faults_of_kinds,
    key=lambda kind: kind.kind.casefold(),
    label=lambda kind: kind.kind,
    labels={
        "kinds": _("Jenis"),
        "kind": _("Nama"),
        "group": _("Kelompok"),
        "subgroup": _("Subkelompok"),
        "page_shape": _("Susunan halaman"),
        "number_pattern": _("Pola nomor"),
        "signatory_rule": _("Penanda tangan"),
        "abbreviation": _("Singkatan"),
    },
)
