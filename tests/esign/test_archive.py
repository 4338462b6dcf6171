"""Our signatures on a PDF/A-2b keep it one, by what ISO 19005-2 asks of fields and their looks.

Checked by hand against clauses 6.1.13, 6.2.5, 6.2.8, 6.2.10, 6.2.11, 6.3 and 6.4: no validator is
at hand here.
"""

import datetime as dt
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leuit.builtin.documents import StampLine, render_pdf, stamp_pdf
from leuit_esign.providers import Look
from leuit_esign.rules import Place
from leuit_esign.service.keys import OpenedKey
from leuit_esign.signing import CmsBuilder, LetterSigner
from leuit_esign.signing.prepare import NewField, with_fields
from tests.esign.conftest import Judge
from tests.esign.test_letters_signed import builder, opened, order

__all__ = ["OpenedKey", "builder", "opened"]  # fixtures of the letters' tests

NOW = dt.datetime(2026, 11, 24, 1, tzinfo=dt.UTC)
PRINT, FORBIDDEN = 1 << 2, 0b100011 | 1 << 8
"""Flags of annotations: printed; invisible, hidden, toggled, unviewed (ISO 32000-1 12.5.3)."""

DRAWN_OTHERWISE = {"/TR", "/TR2", "/HTO", "/HTP", "/OPI", "/Ref", "/PS", "/F"}
"""Entries by which a look would depend on a device, or on another file."""


@pytest.fixture
def signed(builder: CmsBuilder, tmp_path: Path) -> bytes:
    """A PDF/A-2b with a visible signature of ours and one that nobody sees."""
    template = tmp_path / "surat.typ"
    template.write_text("= Surat\nIsi surat.", encoding="utf-8")
    pdf = render_pdf(template, {}, title="Surat", now=NOW)
    place = Place(0, 50, 50, 210, 120)
    fields = {
        "TTE1": NewField("Tanda tangan elektronik Bupati", place),
        "PARAF1": NewField("Paraf elektronik Sekretaris Daerah"),
    }
    look = Look(stamp_pdf([StampLine("Bupati"), StampLine("SITI", "strong")], "x", 160, 70))
    signer = LetterSigner(builder)
    return signer.sign(order(signer.sign(order(with_fields(pdf, fields), "PARAF1")), look=look))


def below(thing: Any, seen: set[tuple[int, int]]) -> Iterator[Any]:
    """Every dictionary below one, streams with their own."""
    if isinstance(thing, pikepdf.Object) and thing.is_indirect:
        if thing.objgen in seen:
            return
        seen.add(thing.objgen)
    if isinstance(thing, pikepdf.Stream | pikepdf.Dictionary):
        yield thing
        for value in thing.values():
            yield from below(value, seen)
    elif isinstance(thing, pikepdf.Array):
        for value in thing:
            yield from below(value, seen)


def test_the_field_is_as_an_archive_asks(signed: bytes) -> None:
    """Printed and seen, one appearance without states, nothing that runs, words for who listens."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        form: Any = pdf.Root.AcroForm
        assert not form.get("/NeedAppearances", False)
        fields = {str(field.T): field for field in form.Fields}
        assert list(fields) == ["TTE1", "PARAF1"]
        for field in fields.values():
            assert field.Subtype == pikepdf.Name.Widget
            flags = int(field.F)
            assert flags & PRINT
            assert not flags & FORBIDDEN
            assert "/A" not in field
            assert "/AA" not in field
            assert len(bytes(field.V.Contents)) <= 32767
            assert str(field.TU) == str(field.Contents)
        assert str(fields["TTE1"].TU) == "Tanda tangan elektronik Bupati"
        assert list(fields["TTE1"].AP) == ["/N"]
        assert isinstance(fields["TTE1"].AP.N, pikepdf.Stream)
        hidden = [float(side) for side in fields["PARAF1"].Rect]
        assert "/AP" in fields["PARAF1"] or (hidden[0], hidden[1]) == (hidden[2], hidden[3])
        with pdf.open_metadata() as told:
            assert told.pdfa_status == "2B"


def test_the_look_is_as_an_archive_asks(signed: bytes) -> None:
    """Fonts are embedded, colours are of a profile, nothing is transparent, nothing is outside."""
    with pikepdf.open(io.BytesIO(signed)) as pdf:
        field: Any = next(one for one in pdf.Root.AcroForm.Fields if str(one.T) == "TTE1")
        things = list(below(field.AP.N, set()))
        fonts = [one for one in things if one.get("/Type") == "/FontDescriptor"]
        assert len(fonts) == 2
        for font in fonts:
            assert isinstance(font.FontFile3, pikepdf.Stream)
        for one in things:
            assert "/Group" not in one
            assert "/SMask" not in one
            assert one.get("/CA", 1) == 1
            assert one.get("/ca", 1) == 1
            assert str(one.get("/BM", "/Normal")) in ("/Normal", "/Compatible")
            assert not set(one.keys()) & DRAWN_OTHERWISE
            if "/ColorSpace" in one and one.get("/Subtype") != "/Image":
                assert all(str(space[0]) == "/ICCBased" for _name, space in one.ColorSpace.items())
        device = {"g", "G", "rg", "RG", "k", "K", "sh", "Do", "BI"}
        for form in things:
            if form.get("/Subtype") != "/Form":
                continue
            used = {str(one.operator) for one in pikepdf.parse_content_stream(form)}
            assert used & device <= {"Do"}


def test_both_signatures_hold(signed: bytes, verdict_of: Judge) -> None:
    """What is in the fields was there before anybody signed."""
    verdict = verdict_of(signed)
    assert [one.word for one in verdict.signatures] == ["VALID", "VALID"]
