"""Codes and words of SiRUP: package ids, kinds of procurement, methods (Perpres 16/2018)."""

import re
from typing import Final

from leuit.values import _

from .buying_proposal import RUP_METHOD
from .buying_rules import KINDS

RUP_ID = re.compile(r"[0-9]{5,12}", re.ASCII)
METHODS: Final = {
    RUP_METHOD: _("E-purchasing"),
    "pengadaan langsung": _("Pengadaan langsung"),
    "penunjukan langsung": _("Penunjukan langsung"),
    "tender": _("Tender"),
    "tender cepat": _("Tender cepat"),
    "seleksi": _("Seleksi"),
    "dikecualikan": _("Dikecualikan"),
    "swakelola": _("Swakelola"),
}
KIND_WORDS: Final = {
    "barang": _("Barang"),
    "jasa": _("Jasa lainnya"),
    "konstruksi": _("Pekerjaan konstruksi"),
    "konsultansi": _("Jasa konsultansi"),
}
_SPOKEN: Final = {
    "jasa lainnya": "jasa",
    "pekerjaan konstruksi": "konstruksi",
    "jasa konsultansi": "konsultansi",
    "jasa konsultasi": "konsultansi",
}


def kind_of(text: str) -> str | None:
    """The kind of procurement that a text of SiRUP names, None for none of ours."""
    plain = " ".join(text.lower().split())
    plain = _SPOKEN.get(plain, plain)
    return plain if plain in KINDS else None


def method_of(text: str) -> str | None:
    """The method that a text of SiRUP names, None for none of ours."""
    plain = " ".join(text.lower().split())
    plain = RUP_METHOD if plain in ("epurchasing", "e purchasing") else plain
    return plain if plain in METHODS else None
