"""The kinds of sanctions as dated editions: `ecatalog.sanctions`."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, Final

import cattrs

from leuit.builtin.regulations import Edition, RegulationKind, require_edition
from leuit.values import Text, _
from leuit.work import View
from leuit_ecatalog.rules.sanctions import (
    BLOCKED,
    EXAMPLE,
    NO_ORDERS,
    TAKEN_DOWN,
    SanctionRules,
    faults_of_rules,
)

NAME: Final = "ecatalog.sanctions"
EFFECT_WORDS: Mapping[str, Text] = {
    NO_ORDERS: _("tidak dapat menerima pesanan baru"),
    TAKEN_DOWN: _("produk tidak ditampilkan"),
    BLOCKED: _("tidak dapat mengubah produk"),
}
_FAULTS: Mapping[str, Text] = {
    "empty": _("Sedikitnya satu jenis sanksi harus ada."),
    "twice": _("Satu kode disebut dua kali."),
    "code": _("Kode hanya huruf, angka dan garis bawah, paling banyak 40."),
    "months": _("Lamanya dari 0 sampai 120 bulan."),
    "effects": _("Pilih sedikitnya satu akibat, masing-masing sekali."),
}
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


class _RefusedError(ValueError):
    """Carries faults to the room of regulations as it wants them: pairs of path and sentence."""

    def __init__(self, problems: list[tuple[str, str]]) -> None:
        super().__init__(problems)
        self.problems = problems


def sanctions_on(view: View, day: dt.date) -> Edition:
    """The edition of a day; ConflictError while none holds."""
    return require_edition(view, NAME, day)


def _read(plain: Any) -> SanctionRules:
    rules = _CONVERTER.structure(plain, SanctionRules)
    if faults := faults_of_rules(rules):
        raise _RefusedError([(path, _FAULTS[code]) for path, code in faults])
    return rules


KIND: Final = RegulationKind(
    NAME,
    _("Sanksi penyedia katalog"),
    SanctionRules,
    _read,
    _CONVERTER.unstructure,
    {
        "kinds": _("Jenis sanksi"),
        "code": _("Kode"),
        "title": _("Nama"),
        "act": _("Perbuatan"),
        "months": _("Lamanya, bulan; 0 tanpa batas"),
        "effects": _("Akibat"),
        "basis": _("Dasar hukum"),
    },
    words={("effects", code): word for code, word in EFFECT_WORDS.items()},
    example=EXAMPLE,
)
