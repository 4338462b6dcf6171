"""The guide to official documents is true: its template and its function make a document."""

import datetime as dt
import re
from pathlib import Path
from typing import Any
from uuid import UUID

import attrs
import pypdfium2

from leuit.builtin.documents import letterhead_on, render_document
from leuit.identity import SYSTEM, Unit, rebuild_closure
from leuit.values import RecordRef
from leuit.work import Leuit

GUIDE = Path(__file__).parents[3] / "docs/guides/official-documents.md"


def printed(language: str) -> str:
    """The one block of a language in the guide."""
    (found,) = re.findall(rf"```{language}\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return str(found)


def test_the_guide_makes_a_document(app: Leuit, tmp_path: Path) -> None:
    """Run as printed: letterhead, subject, and a place to sign above the name."""
    with app.change(SYSTEM) as work:
        unit = Unit(
            code="R", name="Kabupaten Contoh", short="R", kind="kabupaten", valid_from=dt.date.min
        )
        work.session.add(unit)
        rebuild_closure(work.session)
        work.audit("core.unit.created", RecordRef("core.unit", str(unit.id)))
        unit_id: UUID = unit.id
    template = tmp_path / "notice.typ"
    template.write_text(printed("typst"), encoding="utf-8")
    names: dict[str, Any] = {
        "attrs": attrs,
        "letterhead_on": letterhead_on,
        "render_document": render_document,
        "NOTICE": template,
    }
    exec(printed("python"), names)
    made = names["make_notice"](app, SYSTEM, unit_id, "Undangan #import", "Isi.")
    with pypdfium2.PdfDocument(made.pdf) as opened:
        text = opened[0].get_textpage().get_text_bounded()
    assert "KABUPATEN CONTOH" in text
    assert "UNDANGAN #IMPORT" in text
    assert made.places["signer"].page == 0
