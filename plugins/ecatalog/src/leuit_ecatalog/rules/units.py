"""Units of sale: codes of UN/ECE Recommendation 20 (and 21 for packages) with the words of people.

OCDS and Peppol both write Rec 20, so the code is what is kept. A code may have several words
(`H87` is buah, unit and batang): the first is shown, each is understood.
"""

from typing import Final

from leuit.values import InvalidInputError, _

WORDS: Final[dict[str, tuple[str, ...]]] = {
    "H87": ("buah", "unit", "batang", "pcs", "biji"),
    "SET": ("set", "stel"),
    "PR": ("pasang",),
    "DZN": ("lusin",),
    "RM": ("rim",),
    "KGM": ("kg", "kilogram"),
    "GRM": ("gram",),
    "TNE": ("ton",),
    "LTR": ("liter",),
    "MLT": ("ml", "mililiter"),
    "MTR": ("meter", "m"),
    "MTK": ("m2", "meter persegi"),
    "MTQ": ("m3", "meter kubik"),
    "XPK": ("bungkus", "pak", "kemasan"),
    "XST": ("lembar",),
    "XBO": ("botol",),
    "XBX": ("kotak", "boks"),
    "XCT": ("dus", "karton"),
    "XSA": ("sak", "karung", "zak"),
    "XRO": ("gulung", "rol"),
    "XTN": ("kaleng",),
    "XGL": ("galon",),
    "XDR": ("drum",),
    "PTN": ("porsi",),
    "HEA": ("ekor",),
    "HUR": ("jam",),
    "DAY": ("hari",),
    "MON": ("bulan",),
    "ANN": ("tahun",),
    "E48": ("kegiatan", "layanan"),
    "LS": ("paket", "ls"),
}
_BY_WORD: Final = {word: code for code, words in WORDS.items() for word in (code.lower(), *words)}


class UnknownUnitError(InvalidInputError):
    """Neither a code of Rec 20 that is in use here nor one of its words."""

    code = "unknown_unit"


def unit_code(text: str) -> str:
    """The code of what was written: `H87`, `buah` or `Unit`; UnknownUnitError for anything else."""
    code = _BY_WORD.get(" ".join(text.lower().split()))
    if code is None:
        raise UnknownUnitError(
            _("Satuan “%(text)s” tidak dikenal."),
            advice=_("Pakai misalnya buah, kg, bungkus, atau kode UN/ECE seperti H87."),
            text=text[:40],
        )
    return code


def unit_label(code: str) -> str:
    """The word that is shown for a code; the code itself where there is none."""
    return WORDS.get(code, (code,))[0]
