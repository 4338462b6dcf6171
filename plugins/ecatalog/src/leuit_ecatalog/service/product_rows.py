"""What a row of a vendor's file asks for, read against what is there already.

Nothing is written here. Rows of one `sku` are one product: its own cells stand in the first, and a
fault in any of them refuses all.
"""

import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs

from leuit.builtin.organisation import Line, RowReport
from leuit.values import FieldError, InvalidInputError, LeuitError, _, one_line, parse_date
from leuit_ecatalog.models import DOMESTIC
from leuit_ecatalog.models.products import ORIGINS
from leuit_ecatalog.rules.attributes import AttributeSpec, read_values
from leuit_ecatalog.rules.percent_text import parse_percent
from leuit_ecatalog.rules.price_text import parse_fee, parse_price
from leuit_ecatalog.rules.product_values import (
    check_basics,
    check_certificates,
    check_origin,
    read_least_order,
)
from leuit_ecatalog.rules.stock_text import MOST as MOST_STOCK

from .product_file import EMPTIED, taken_off

_PARTED = re.compile(r";(?=\s*[a-z0-9_]{1,40}\s*=)")
_STOCK = re.compile(r"\d{1,7}", re.ASCII)
MOST_BMP = 1_500


@attrs.frozen
class KnownCategory:
    """A category that a file may name."""

    id: UUID
    unit_code: str
    open: bool
    specs: tuple[AttributeSpec, ...]


@attrs.frozen
class KnownVariant:
    """A variant that is there."""

    id: UUID
    name: str
    price: int
    stock: int | None
    place: int


@attrs.frozen
class KnownProduct:
    """A product that is there: its fields by name, its category, its usual shipping."""

    id: UUID
    state: str
    fields: Mapping[str, Any]
    variants: tuple[KnownVariant, ...]
    shipping: tuple[int, int] | None


@attrs.define
class AskedVariant:
    """A variant as its row wants it; `price` None and `stock_given` False leave what is there."""

    report: RowReport
    name: str
    price: int | None
    stock: int | None
    stock_given: bool


@attrs.define
class AskedProduct:
    """A product as its rows want it: all of its fields, its variants, its usual shipping."""

    report: RowReport
    known: KnownProduct | None
    fields: dict[str, Any] = attrs.field(factory=dict)
    variants: list[AskedVariant] = attrs.field(factory=list)
    shipping: tuple[int, int] | None = None

    @property
    def refused(self) -> bool:
        return any(report.faults for report in self.reports)

    @property
    def reports(self) -> list[RowReport]:
        return [
            self.report,
            *(one.report for one in self.variants if one.report is not self.report),
        ]


def read_product(
    lines: list[Line],
    known: KnownProduct | None,
    categories: Mapping[str, KnownCategory],
    by_id: Mapping[UUID, KnownCategory],
) -> AskedProduct:
    """The rows of one product; faults are in the reports of the rows."""
    first = lines[0]
    name = _cell(first, "nama") or (known.fields["name"] if known else "")
    asked = AskedProduct(RowReport(first.number, first.get("sku"), name), known)
    cells = _Cells(first, asked.report)
    category = _category(cells, known, categories, by_id)
    if category is not None:
        _read_fields(cells, asked, category)
    asked.shipping = _shipping(cells, known)
    names: set[str] = set()
    for line in lines:
        report = asked.report if line is first else RowReport(line.number, line.get("sku"), name)
        if line is not first:
            _check_repeated(line, first, report)
        if line is first and known is not None and not any(map(line.get, _OFFER)):
            continue
        variant = _variant(line, report, known)
        if variant.name.casefold() in names:
            report.refuse("varian", _("Varian ini ada dua kali di berkas."))
        names.add(variant.name.casefold())
        asked.variants.append(variant)
    return asked


@attrs.frozen
class _Cells:
    """The cells of a row; `old` is what is there when a cell says nothing."""

    line: Line
    report: RowReport

    def text(self, column: str, old: str = "") -> str:
        raw = self.line.get(column)
        return "" if raw == EMPTIED else taken_off(raw) if raw else old

    def read(self, column: str, reader: Any, old: Any = None) -> Any:
        raw = self.line.get(column)
        if not raw or raw == EMPTIED:
            return None if raw else old
        try:
            return reader(raw)
        except LeuitError as error:
            self.report.refuse(column, error)
            return old


def _read_fields(cells: _Cells, asked: AskedProduct, category: KnownCategory) -> None:
    """All fields of the product: what the row says, else what is there, else the usual."""
    old = dict(asked.known.fields) if asked.known else _USUAL
    fields = dict(old) | {"category_id": category.id}
    sku = old["sku"] if asked.known else cells.text("sku")
    unit = cells.text("satuan", old["unit_code"] or category.unit_code)
    named = {"name": cells.text("nama", old["name"]), "brand": cells.text("merek", old["brand"])}
    described = cells.text("uraian", old["description"])
    _part(
        cells.report,
        fields,
        lambda: check_basics(**named, description=described, unit=unit, sku=sku or ""),
    )
    origin = cells.text("asal", old["origin"]).lower()
    if origin not in ORIGINS:
        cells.report.refuse("asal", _("Tulis pdn_tkdn, pdn_siinas, pdn_lain, atau impor."))
        origin = old["origin"]
    tkdn = cells.read("tkdn", parse_percent, old["tkdn"])
    until = cells.read("tkdn_sampai", parse_date, old["tkdn_until"])
    number = cells.text("tkdn_nomor", old["tkdn_number"])
    land = cells.text("negara", old["country"])
    _part(cells.report, fields, lambda: check_origin(origin, land, tkdn, number, until))
    bmp = cells.read("bmp", lambda text: parse_percent(text, MOST_BMP), old["bmp"])
    if fields["tkdn"] is None:
        bmp = None
    fields["bmp_factors"] = old["bmp_factors"] if bmp == old["bmp"] else []
    fields["bmp"] = bmp
    certificates = {
        "sni_number": cells.text("sni_nomor", old["sni_number"]),
        "sni_until": cells.read("sni_sampai", parse_date, old["sni_until"]),
        "halal_number": cells.text("halal_nomor", old["halal_number"]),
        "halal_until": cells.read("halal_sampai", parse_date, old["halal_until"]),
        "kbki": cells.text("kbki", old["kbki"]),
    }
    _part(cells.report, fields, lambda: check_certificates(**certificates))
    least = cells.read("minimal_pesan", read_least_order, old["least_order"])
    fields["least_order"] = least or 1
    _read_attributes(cells, fields, category)
    asked.fields = fields


def _read_attributes(cells: _Cells, fields: dict[str, Any], category: KnownCategory) -> None:
    raw = cells.line.get("atribut")
    if not raw:
        keys = {spec.key for spec in category.specs}
        fields["attributes"] = {
            key: value for key, value in fields["attributes"].items() if key in keys
        }
        return
    given: dict[str, str] = {}
    for part in () if raw == EMPTIED else _PARTED.split(taken_off(raw)):
        key, sign, text = part.partition("=")
        if not sign:
            cells.report.refuse("atribut", _("Tulis atribut sebagai nama=isi, dipisah titik koma."))
            return
        given[key.strip()] = text.strip()
    values, faults = read_values(category.specs, given, prefix="atribut.")
    cells.report.faults += faults
    fields["attributes"] = values


def _category(
    cells: _Cells,
    known: KnownProduct | None,
    categories: Mapping[str, KnownCategory],
    by_id: Mapping[UUID, KnownCategory],
) -> KnownCategory | None:
    code = cells.text("kategori")
    if not code and known is not None:
        return by_id[known.fields["category_id"]]
    found = categories.get(code)
    if found is None or not found.open:
        told = _("Tulis kode kategori tingkat 3 yang menerima produk, misalnya 01.01.01.")
        cells.report.refuse("kategori", told)
        return None
    return found


def _shipping(cells: _Cells, known: KnownProduct | None) -> tuple[int, int] | None:
    old = known.shipping if known else None
    fee = cells.read("ongkir", parse_fee, old[0] if old else None)
    days = cells.read("hari_kirim", _read_days, old[1] if old else 0)
    return None if fee is None else (fee, days or 0)


def _variant(line: Line, report: RowReport, known: KnownProduct | None) -> AskedVariant:
    cells = _Cells(line, report)
    name = one_line(cells.text("varian"))
    if not name and known is not None and len(known.variants) == 1:
        name = known.variants[0].name
    if len(name) > 80:
        report.refuse("varian", _("Nama varian paling banyak 80 huruf."))
    price = cells.read("harga", parse_price)
    raw = line.get("stok")
    stock = None if raw in ("", EMPTIED) else cells.read("stok", _read_stock)
    there = known and any(one.name.casefold() == name.casefold() for one in known.variants)
    if price is None and not there and not report.faults:
        report.refuse("harga", _("Isi harga varian baru."))
    return AskedVariant(report, name, price, stock, bool(raw))


def _check_repeated(line: Line, first: Line, report: RowReport) -> None:
    """The cells of the product in a later row are empty, or those of the first."""
    for column, text in line.cells.items():
        if column not in _OF_VARIANT and text and text != first.get(column):
            report.refuse(
                column,
                str(
                    _("Berbeda dari baris %s; isi produk cukup di baris pertamanya.") % first.number
                ),
            )


def _part(report: RowReport, fields: dict[str, Any], check: Any) -> None:
    try:
        fields.update(check())
    except InvalidInputError as error:
        report.faults += [
            attrs.evolve(fault, path=_COLUMN.get(fault.path, fault.path)) for fault in error.fields
        ]


def _cell(line: Line, column: str) -> str:
    raw = line.get(column)
    return "" if raw == EMPTIED else taken_off(raw)


def _read_stock(text: str) -> int:
    digits = text.replace(".", "")
    if not _STOCK.fullmatch(digits) or int(digits) > MOST_STOCK:
        raise InvalidInputError(_("Tulis stok sebagai bilangan bulat, atau - bila tak dihitung."))
    return int(digits)


def _read_days(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 3 and int(text) <= 365):
        raise InvalidInputError(_("Tulis jumlah hari, 0 sampai 365."))
    return int(text)


def refusal_of_group(number: int) -> FieldError:
    """What the other rows of a product say when one of them is refused."""
    return FieldError("sku", str(_("Baris %s dari produk ini ditolak.") % number))


_OFFER = ("varian", "harga", "stok")
_OF_VARIANT = frozenset({"sku", *_OFFER})
_COLUMN = {
    "name": "nama",
    "brand": "merek",
    "description": "uraian",
    "unit": "satuan",
    "country": "negara",
    "tkdn_number": "tkdn_nomor",
    "sni_number": "sni_nomor",
    "halal_number": "halal_nomor",
}
_USUAL: Mapping[str, Any] = {
    "sku": None,
    "name": "",
    "brand": "",
    "description": "",
    "unit_code": "",
    "attributes": {},
    "origin": DOMESTIC,
    "country": "ID",
    "tkdn": None,
    "bmp": None,
    "bmp_factors": [],
    "tkdn_number": "",
    "tkdn_until": None,
    "sni_number": "",
    "sni_until": None,
    "halal_number": "",
    "halal_until": None,
    "kbki": "",
    "least_order": 1,
}
FIELDS = ("category_id", *_USUAL)
"""The fields of a product that a file may say."""
