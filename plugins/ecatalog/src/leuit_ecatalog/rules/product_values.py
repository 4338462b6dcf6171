"""What a vendor says of a product, checked part by part; every fault at once, by its field.

A part may be incomplete while the product is a draft (`service.product_checks` tells what is
missing when it is submitted), but what is there has to be right. Texts are plain: what looks like
markup stays text and is shown as such.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from typing import Any, Final

from leuit.values import FieldError, InvalidInputError, LeuitError, _, one_line

from .origins import CERTIFIED, IMPORTED
from .units import unit_code

LEAST_NAME, LONGEST_NAME, LONGEST_BRAND, LONGEST_TEXT, LONGEST_NUMBER = 3, 160, 80, 1_000, 80
MOST_ORDER: Final = 100_000
_SKU = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/-]{0,39}")
_COUNTRY = re.compile(r"[A-Z]{2}")
_KBKI = re.compile(r"[0-9]{2,10}")


class Faults:
    """Faults gathered field by field, raised together."""

    def __init__(self) -> None:
        self.found: list[FieldError] = []

    def note(self, path: str, error: LeuitError | str) -> None:
        """A fault of one field."""
        self.found.append(error.at(path) if isinstance(error, LeuitError) else _fault(path, error))

    def check(self) -> None:
        """Raise InvalidInputError with all of them, if there is any."""
        if self.found:
            raise InvalidInputError(_("Periksa isian produk."), fields=self.found)


def plain_text(text: str) -> str:
    """Several lines without what is not seen; blank lines at the ends are left out."""
    lines = [one_line(line) for line in unicodedata.normalize("NFC", text).splitlines()]
    return "\n".join(lines).strip("\n")


def check_basics(
    name: str, brand: str = "", description: str = "", unit: str = "", sku: str = ""
) -> dict[str, Any]:
    """Name, brand, description, unit and the vendor's own code, as they are kept."""
    faults = Faults()
    named = one_line(name)
    if not LEAST_NAME <= len(named) <= LONGEST_NAME:
        faults.note("name", _("Tulis nama produk, 3 sampai 160 huruf."))
    branded = one_line(brand)
    if len(branded) > LONGEST_BRAND:
        faults.note("brand", _("Merek paling banyak 80 huruf."))
    described = plain_text(description)
    if len(described) > LONGEST_TEXT:
        faults.note("description", _("Uraian paling banyak 1.000 huruf."))
    code = ""
    try:
        code = unit_code(unit)
    except InvalidInputError as error:
        faults.note("unit", error)
    own = sku.strip()
    if own and not _SKU.fullmatch(own):
        faults.note("sku", _("Kode barang: huruf, angka, titik, garis; paling banyak 40."))
    faults.check()
    return {
        "name": named,
        "brand": branded,
        "description": described,
        "unit_code": code,
        "sku": own or None,
    }


def check_origin(
    origin: str,
    country: str = "ID",
    tkdn: int | None = None,
    tkdn_number: str = "",
    tkdn_until: dt.date | None = None,
) -> dict[str, Any]:
    """Where a product comes from; percentages and certificate for a certified one alone."""
    faults = Faults()
    land = country.strip().upper() or "ID"
    number = one_line(tkdn_number)
    if not _COUNTRY.fullmatch(land):
        faults.note("country", _("Tulis kode negara dua huruf, misalnya ID atau CN."))
    elif (origin == IMPORTED) == (land == "ID"):
        faults.note(
            "country",
            _("Produk impor dibuat di negara lain; produk dalam negeri dibuat di Indonesia (ID)."),
        )
    if origin == CERTIFIED:
        if tkdn is None:
            faults.note("tkdn", _("Isi persen TKDN pada sertifikat."))
        if not number:
            faults.note("tkdn_number", _("Isi nomor sertifikat TKDN."))
    elif tkdn is not None or number or tkdn_until is not None:
        faults.note(
            "tkdn", _("TKDN hanya untuk produk bersertifikat TKDN; ubah asal atau kosongkan.")
        )
    if len(number) > LONGEST_NUMBER:
        faults.note("tkdn_number", _("Nomor sertifikat paling banyak 80 huruf."))
    faults.check()
    return {
        "origin": origin,
        "country": land,
        "tkdn": tkdn,
        "tkdn_number": number,
        "tkdn_until": tkdn_until,
    }


def check_certificates(
    sni_number: str = "",
    sni_until: dt.date | None = None,
    halal_number: str = "",
    halal_until: dt.date | None = None,
    kbki: str = "",
) -> dict[str, Any]:
    """Numbers of SNI and halal with their last days, and the code of the commodity list."""
    faults = Faults()
    values: dict[str, Any] = {}
    for kind, number, until in (
        ("sni", one_line(sni_number), sni_until),
        ("halal", one_line(halal_number), halal_until),
    ):
        if until is not None and not number:
            faults.note(f"{kind}_number", _("Isi nomor sertifikatnya."))
        if len(number) > LONGEST_NUMBER:
            faults.note(f"{kind}_number", _("Nomor sertifikat paling banyak 80 huruf."))
        values |= {f"{kind}_number": number, f"{kind}_until": until}
    code = kbki.replace(".", "").strip()
    if code and not (code.isascii() and _KBKI.fullmatch(code)):
        faults.note("kbki", _("Kode KBKI berisi 2 sampai 10 angka."))
    faults.check()
    return {**values, "kbki": code}


def read_least_order(text: str) -> int:
    """The least number of one order; InvalidInputError for anything but a whole number."""
    given = text.strip().replace(".", "")
    if not (given.isascii() and given.isdigit() and 1 <= int(given[:9]) <= MOST_ORDER):
        raise InvalidInputError(_("Tulis bilangan bulat, paling sedikit 1."))
    return int(given)


def changed_fields(before: Mapping[str, Any], values: Mapping[str, Any]) -> frozenset[str]:
    """Names of the fields whose value is another one."""
    return frozenset(name for name, value in values.items() if before[name] != value)


def _fault(path: str, sentence: str) -> FieldError:
    return FieldError(path, sentence)
