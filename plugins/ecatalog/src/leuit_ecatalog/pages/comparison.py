"""The rows of a comparison: what every product says of the same thing, and whether they differ."""

import attrs

from leuit.values import _, format_rupiah
from leuit_ecatalog.rules.units import unit_label
from leuit_ecatalog.service.public_products import Certificate, PublicProduct

from .shown import ORIGIN_WORDS, VENDOR_SCALES, percent, stock_word


@attrs.frozen
class ComparedRow:
    """One thing: a text for each product, empty where it says nothing."""

    label: str
    values: tuple[str, ...]

    @property
    def differs(self) -> bool:
        """Whether not all say the same."""
        return len(set(self.values)) > 1


def rows_of(products: list[PublicProduct]) -> list[ComparedRow]:
    """Rows that say something of at least one product: price first, attributes last."""
    if not products:
        return []
    made = [
        ComparedRow(_("Harga satuan"), tuple(price_text(one) for one in products)),
        ComparedRow(_("Satuan"), tuple(unit_label(one.unit_code) for one in products)),
        ComparedRow(_("Asal"), tuple(_(ORIGIN_WORDS[one.origin]) for one in products)),
        ComparedRow(_("TKDN"), tuple(content_text(one) for one in products)),
        ComparedRow(
            _("BMP"), tuple("" if one.bmp is None else percent(one.bmp) for one in products)
        ),
        ComparedRow(_("SNI"), tuple(paper_text(one.sni) for one in products)),
        ComparedRow(_("Halal"), tuple(paper_text(one.halal) for one in products)),
        ComparedRow(_("Merek"), tuple(one.brand for one in products)),
        ComparedRow(_("Stok"), tuple(stock_word(one.stock) for one in products)),
        ComparedRow(_("Pesanan paling sedikit"), tuple(str(one.least_order) for one in products)),
        ComparedRow(_("Ongkos kirim"), tuple(_shipping_text(one) for one in products)),
        ComparedRow(
            _("Penyedia"),
            tuple(f"{one.vendor}, {_(VENDOR_SCALES[one.vendor_scale])}" for one in products),
        ),
        ComparedRow(_("Lokasi"), tuple(one.vendor_place for one in products)),
    ]
    labels = dict.fromkeys(label for one in products for label, _value in one.attributes)
    made += [
        ComparedRow(label, tuple(dict(one.attributes).get(label, "") for one in products))
        for label in labels
    ]
    return [row for row in made if any(row.values)]


def price_text(product: PublicProduct) -> str:
    """One price, or from the lowest to the highest of its variants."""
    low, high = product.low, product.high
    return format_rupiah(low) if low == high else f"{format_rupiah(low)}–{format_rupiah(high)}"


def content_text(product: PublicProduct) -> str:
    """The TKDN of a certificate, and whether it has ended."""
    if product.tkdn is None:
        return ""
    paper = product.tkdn_paper
    ended = paper is not None and not paper.holds
    return (
        f"{percent(product.tkdn)} ({_('sertifikat berakhir')})" if ended else percent(product.tkdn)
    )


def paper_text(paper: Certificate | None) -> str:
    """The number of a certificate, and whether it has ended."""
    if paper is None:
        return ""
    return paper.number if paper.holds else f"{paper.number} ({_('sudah berakhir')})"


def _shipping_text(product: PublicProduct) -> str:
    if product.shipping is None:
        return "" if not product.district else _("Tidak diantar ke sini")
    days = _("%s hari") % product.shipping.days
    return f"{format_rupiah(product.shipping.fee)}, {days}"
