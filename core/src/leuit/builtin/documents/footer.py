"""What stands in italics below a document that was signed electronically, as dated editions.

The sentences come from a law, from the agreement with who issues certificates, and from the
address of the regency's own page: all three change, and a document keeps those of its day.
"""

import datetime as dt
from typing import Any

import attrs
import cattrs

from leuit.builtin.regulations import RegulationKind, edition
from leuit.values import _
from leuit.work import View

FOOTER = "core.document_footer"
MOST_LINES, LONGEST_LINE = 6, 400


@attrs.frozen
class DocumentFooter:
    """Lines from top to bottom."""

    lines: tuple[str, ...]


_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def footer_kind() -> RegulationKind:
    """What is registered with the regulations."""
    return RegulationKind(
        FOOTER,
        _("Kaki dokumen elektronik"),
        DocumentFooter,
        _read,
        _CONVERTER.unstructure,
        {"lines": _("Baris")},
        example=DocumentFooter((_("Dokumen ini telah ditandatangani secara elektronik."),)),
    )


def footer_lines(view: View, on: dt.date) -> tuple[str, ...]:
    """The lines of a date, or none when no edition holds."""
    found = edition(view, FOOTER, on)
    if found is None:
        return ()
    footer: DocumentFooter = found.figures
    return footer.lines


def _read(plain: Any) -> DocumentFooter:
    footer = _CONVERTER.structure(plain, DocumentFooter)
    if not 1 <= len(footer.lines) <= MOST_LINES:
        raise ValueError(_("Kaki dokumen memuat satu sampai enam baris."))
    if any(not line.strip() or len(line) > LONGEST_LINE for line in footer.lines):
        raise ValueError(_("Tiap baris berisi paling banyak 400 huruf dan tidak kosong."))
    return footer
