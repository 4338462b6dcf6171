"""NIP and NIK: identity numbers as strings, taken apart and checked as far as the law lets one.

NIP: BKN Regulations 22/2007 and 43/2007, 18 digits, no check digit. Digits 13 and 14 are a month
for PNS and a contract code from 21 for PPPK, which tells the two apart. NIK: 16 digits, checked by
python-stdnum.
"""

import datetime as dt
import re
from typing import Literal

import attrs

from .errors import FieldError, InvalidInputError
from .text import _


@attrs.frozen
class Nip:
    """A parsed NIP; `started` is the first of the TMT month (PNS) or None (PPPK knows a year)."""

    text: str
    kind: Literal["PNS", "PPPK"]
    born: dt.date
    started_year: int
    started_month: int | None
    contract_code: int | None
    sex: Literal["L", "P"]
    serial: int


@attrs.frozen
class Nik:
    """A parsed NIK; `region` are the six digits of the place of first registration."""

    text: str
    region: str
    born: dt.date
    sex: Literal["L", "P"]


def parse_nip(text: str) -> Nip:
    """Read an 18-digit NIP, blanks allowed; raise InvalidInputError naming the wrong part."""
    digits = re.sub(r"\s", "", text)
    if not re.fullmatch(r"[0-9]{18}", digits):
        raise _wrong("nip", _("NIP harus 18 angka."))
    try:
        born = dt.date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        raise _wrong("nip", _("Delapan angka pertama NIP bukan tanggal lahir.")) from None
    year, part = int(digits[8:12]), int(digits[12:14])
    if not 1945 <= year <= 2100:
        raise _wrong("nip", _("Angka 9 sampai 12 NIP bukan tahun pengangkatan."))
    if digits[14] not in "12":
        raise _wrong("nip", _("Angka ke-15 NIP harus 1 (laki-laki) atau 2 (perempuan)."))
    serial = int(digits[15:])
    if serial == 0:
        raise _wrong("nip", _("Nomor urut NIP dimulai dari 001."))
    if 1 <= part <= 12:
        kind: Literal["PNS", "PPPK"] = "PNS"
    elif part >= 21:
        kind = "PPPK"
    else:
        raise _wrong("nip", _("Angka 13 dan 14 NIP bukan bulan dan bukan kode PPPK."))
    return Nip(
        text=digits,
        kind=kind,
        born=born,
        started_year=year,
        started_month=part if kind == "PNS" else None,
        contract_code=part if kind == "PPPK" else None,
        sex="L" if digits[14] == "1" else "P",
        serial=serial,
    )


def parse_nik(text: str) -> Nik:
    """Read a 16-digit NIK; raise InvalidInputError when place, date or serial is impossible."""
    from stdnum.exceptions import ValidationError  # late: only imports of people need it
    from stdnum.id import nik

    try:
        digits = nik.validate(text)
        born = nik.get_birth_date(digits)
    except ValidationError:
        raise _wrong("nik", _("NIK tidak sah: periksa 16 angka pada KTP.")) from None
    return Nik(
        text=digits,
        region=digits[:6],
        born=born,
        sex="P" if int(digits[6:8]) > 40 else "L",
    )


def _wrong(path: str, sentence: str) -> InvalidInputError:
    return InvalidInputError(sentence, fields=[FieldError(path, sentence, f"invalid_{path}")])
