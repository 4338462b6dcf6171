"""Letterheads (kop naskah dinas) as dated editions: one default, and what single units write else.

The office of the signer decides whose letterhead a document bears. A unit without words of its own
bears those of the nearest unit above it that has some, else the name of the office right below the
regency to which it belongs. The regency's own words (those of the Bupati) go down to nobody.
Pictures: a unit's or the default emblem is the text of an SVG file; without one no room is left.
"""

import datetime as dt
from typing import Any
from uuid import UUID
from xml.parsers import expat

import attrs
import cattrs
from sqlalchemy import select

from leuit.builtin.regulations import RegulationKind, edition
from leuit.identity import Unit, UnitClosure, holds_on
from leuit.values import NotFoundError, _, format_date
from leuit.work import View

LETTERHEAD = "core.letterhead"
LONGEST_EMBLEM = 100_000


@attrs.frozen
class UnitLetterhead:
    """The words of one unit: `names` below the name of the government, address lines, contact.

    `place` is the town that its documents name before their date.
    """

    code: str
    names: tuple[str, ...]
    address: tuple[str, ...] = ()
    contact: str = ""
    emblem: str = attrs.field(default="", repr=False)
    place: str = ""


@attrs.frozen
class LetterheadBook:
    """All letterheads of a time; what stands beside the units is of those without their own."""

    government: str
    address: tuple[str, ...] = ()
    contact: str = ""
    emblem: str = attrs.field(default="", repr=False)
    units: tuple[UnitLetterhead, ...] = ()
    place: str = ""


@attrs.frozen
class Letterhead:
    """A letterhead as `letterhead` of `/official.typ` draws it: hand `attrs.asdict` of it over.

    `place` is no part of the drawing: `placed` writes it before the date of the document.
    """

    government: str
    names: tuple[str, ...]
    address: tuple[str, ...]
    contact: str
    emblem: str = attrs.field(repr=False)
    place: str = ""

    def placed(self, day: dt.date) -> str:
        """Place and day as a document bears them: `Rangkasbitung, 5 Oktober 2026`."""
        return f"{self.place}, {format_date(day)}" if self.place else format_date(day)


_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def letterhead_kind() -> RegulationKind:
    """What is registered with the regulations."""
    return RegulationKind(
        LETTERHEAD,
        _("Kop naskah dinas"),
        LetterheadBook,
        _read,
        _CONVERTER.unstructure,
        {
            "government": _("Nama pemerintah daerah"),
            "address": _("Alamat"),
            "contact": _("Kontak"),
            "emblem": _("Lambang (SVG)"),
            "place": _("Tempat di depan tanggal naskah"),
            "units": _("Kop unit"),
            "code": _("Kode unit"),
            "names": _("Nama di kop"),
        },
        example=LetterheadBook(_("Pemerintah Kabupaten Contoh")),
    )


def letterhead_on(view: View, unit_id: UUID, on: dt.date) -> Letterhead:
    """The letterhead that a unit bears on a date; by the names of the units when no edition holds.

    Raises NotFoundError for a unit that is not in the tree that day.
    """
    above = view.session.execute(
        select(Unit.code, Unit.name)
        .join(UnitClosure, UnitClosure.ancestor_id == Unit.id)
        .where(
            UnitClosure.descendant_id == unit_id,
            holds_on(UnitClosure.valid_from, UnitClosure.valid_to, on),
        )
        .order_by(UnitClosure.depth)
    ).all()
    if not above:
        raise NotFoundError(_("Unit itu tidak ada pada hari itu."))
    *below_root, root = above
    found = edition(view, LETTERHEAD, on)
    book: LetterheadBook = found.figures if found else LetterheadBook(root.name)
    own = {unit.code: unit for unit in book.units}
    for unit in below_root or [root]:
        if unit.code in own:
            words = own[unit.code]
            return Letterhead(
                book.government,
                words.names,
                words.address or book.address,
                words.contact or book.contact,
                words.emblem or book.emblem,
                words.place or book.place,
            )
    names = (below_root[-1].name,) if below_root else ()
    return Letterhead(book.government, names, book.address, book.contact, book.emblem, book.place)


def _read(plain: Any) -> LetterheadBook:
    book = _CONVERTER.structure(plain, LetterheadBook)
    codes = [unit.code for unit in book.units]
    if len(codes) != len(set(codes)):
        raise ValueError(_("Satu unit hanya boleh satu kali di daftar kop."))
    emblems = (book.emblem, *(unit.emblem for unit in book.units))
    if any(emblem and not _is_svg(emblem) for emblem in emblems):
        raise ValueError(_("Lambang harus berkas SVG yang utuh, paling besar 100 KB."))
    return book


def _is_svg(text: str) -> bool:
    """A well-formed SVG file that declares no entities and refers to nothing outside itself."""
    if len(text) > LONGEST_EMBLEM:
        return False
    tags: list[str] = []
    outside: list[str] = []
    parser = expat.ParserCreate()

    def start(tag: str, attributes: dict[str, str]) -> None:
        tags.append(tag.rpartition(":")[2])
        outside.extend(
            value
            for name, value in attributes.items()
            if name.rpartition(":")[2] == "href" and not value.startswith("#")
        )

    def declared(*_anything: object) -> None:
        outside.append("DOCTYPE")

    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = declared
    try:
        parser.Parse(text, True)
    except expat.ExpatError:
        return False
    return tags[0] == "svg" and not outside
