"""Words and tones by which pages show products to everybody."""

from typing import Final

from leuit.values import _, format_percent
from leuit_ecatalog.models import UNKNOWN
from leuit_ecatalog.models.products import IMPORTED
from leuit_ecatalog.rules.domestic import BANDS, DomesticFigures
from leuit_ecatalog.service.finding import Card
from leuit_ecatalog.service.wanted import SCALES, SMALL

SORTS: Final = {
    "relevance": _("Paling sesuai"),
    "cheapest": _("Termurah"),
    "dearest": _("Termahal"),
    "newest": _("Terbaru"),
    "tkdn": _("TKDN tertinggi"),
}
SCALE_WORDS: Final = {
    SMALL: _("UMKK"),
    "menengah": _("Usaha menengah"),
    "besar": _("Usaha besar"),
}
ORIGIN_WORDS: Final = {
    "pdn_tkdn": _("Produk dalam negeri dengan sertifikat TKDN"),
    "pdn_siinas": _("Produk dalam negeri, terdaftar di SIINas"),
    "pdn_lain": _("Produk dalam negeri tanpa sertifikat"),
    "impor": _("Impor"),
}
VENDOR_SCALES: Final = {
    "mikro": _("usaha mikro"),
    "kecil": _("usaha kecil"),
    "menengah": _("usaha menengah"),
    "besar": _("usaha besar"),
    "koperasi": _("koperasi"),
}


def percent(hundredths: int) -> str:
    """A percentage kept in hundredths: `47,20%`."""
    return format_percent(hundredths / 100)


def chips_of(card: Card) -> list[tuple[str, str, str]]:
    """What is said of a product in one to three words each: text, tone, icon; exceptions first."""
    found: list[tuple[str, str, str]] = []
    if card.frozen:
        found.append((_("Dibekukan"), "bata", "ban"))
    if card.tkdn != UNKNOWN:
        found.append((_("TKDN %s") % percent(card.tkdn), "daun", ""))
    elif card.origin != IMPORTED:
        found.append((_("PDN"), "daun", ""))
    else:
        found.append((_("Impor"), "abu", ""))
    if card.scale in SCALES[SMALL]:
        found.append((_("UMKK"), "abu", ""))
    if card.standard:
        found.append((_("SNI"), "abu", ""))
    return found


def band_words(figures: DomesticFigures | None) -> dict[str, str]:
    """The bands that may be chosen, with the figures in force."""
    total, certificate, uncertified, imported = BANDS
    found: dict[str, str] = {}
    if figures is not None:
        found[total] = _("TKDN + BMP ≥ %s") % _short(figures.sum_from)
        found[certificate] = _("TKDN ≥ %s") % _short(figures.tkdn_from)
    found[uncertified] = _("PDN tanpa sertifikat")
    found[imported] = _("Impor")
    return found


def _short(hundredths: int) -> str:
    return format_percent(hundredths / 100, 0 if hundredths % 100 == 0 else 2)


def stock_word(stock: int | None) -> str:
    """Whether there is any, without telling more than a buyer needs."""
    if stock is None:
        return _("Dibuat menurut pesanan")
    return _("Habis") if stock == 0 else _("Tersedia %s") % stock
