"""Everything that a draft shows before it is sent: quotes, judgements, totals, proposal, faults.

What is shown here is kept with the decision, so that nobody has to believe later what was on a
screen.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import attrs

from leuit.builtin.regulations import Edition
from leuit.values import Text, _
from leuit.work import View
from leuit_ecatalog.models import Purchase, PurchaseLine, RupPackage, Vendor
from leuit_ecatalog.rules.buying_proposal import Proposal, keeps_reservation, propose
from leuit_ecatalog.rules.buying_rules import (
    DIRECT,
    ESTIMATE,
    NEGOTIATION,
    NO_PRICE_PAPER,
    BuyingRules,
)
from leuit_ecatalog.rules.order_totals import Totals, totals

from .buying_edition import buying_on
from .comparing import LineJudgement, judge
from .purchase_access import lines_of
from .quoting import FAULT_WORDS, Quote, quotes, shipping_of, vendor_of
from .rup import UnfitPackageError, require_fit

PACKAGE, DELIVERY, COMPARISON, PRICE, METHOD = "paket", "kirim", "banding", "harga", "cara"
STEPS: Final = (PACKAGE, DELIVERY, COMPARISON, PRICE, METHOD)
CATALOGUE, OUTSIDE, UNIT_COST, DOCUMENT, OWN_ESTIMATE = (
    "katalog",
    "di_luar_katalog",
    "biaya_satuan",
    "dokumen",
    "hps",
)
REFERENCES: Final = {
    CATALOGUE: _("Harga terbaik di katalog"),
    OUTSIDE: _("Produk serupa di luar katalog"),
    UNIT_COST: _("Biaya satuan yang diumumkan resmi"),
    DOCUMENT: _("Dokumen lain yang dapat dipertanggungjawabkan"),
}
_UNREASONED: Final = _("%(name)s: tulis alasan pilihan ini.")
_UNCOMPARED: Final = _("%(name)s: bandingkan dengan produk lain, atau tulis alasannya.")
ESTIMATES: Final = {OWN_ESTIMATE: _("HPS yang ditetapkan PPK")}


@attrs.frozen
class Fault:
    """What keeps a draft from being sent, at the step where it is mended."""

    step: str
    sentence: Text | str


@attrs.frozen
class Shown:
    """A draft as it is shown and judged now."""

    package: RupPackage
    vendor: Vendor
    edition: Edition
    lines: tuple[PurchaseLine, ...]
    quotes: dict[UUID, Quote]
    judgements: tuple[LineJudgement, ...]
    totals: Totals
    proposal: Proposal
    small_firm: bool
    faults: tuple[Fault, ...]

    @property
    def rules(self) -> BuyingRules:
        """The figures of its edition."""
        figures: BuyingRules = self.edition.figures
        return figures

    @property
    def best_total(self) -> int:
        """What the goods would cost at the best prices in the catalogue, without tax."""
        return sum(
            line.quantity * judged.best_price
            for line, judged in zip(self.lines, self.judgements, strict=True)
        )

    def plain(self) -> dict[str, Any]:
        """For the decision that is kept."""
        return {
            "edition": self.edition.title,
            "edition_id": str(self.edition.id),
            "rup_id": self.package.rup_id,
            "package": self.package.name,
            "pagu": self.package.pagu,
            "vendor": self.vendor.name,
            "scale": self.vendor.scale,
            "goods": self.totals.goods,
            "shipping": self.totals.shipping,
            "tax": self.totals.tax,
            "total": self.totals.total,
            "best_total": self.best_total,
            "proposal": attrs.asdict(self.proposal),
            "lines": [
                _plain_line(line, self.quotes[line.variant_id], judged)
                for line, judged in zip(self.lines, self.judgements, strict=True)
            ],
        }

    @property
    def digest(self) -> str:
        """A mark of what is shown: another one means that something changed in between."""
        text = json.dumps(self.plain(), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:32]


def shown(view: View, purchase: Purchase) -> Shown:
    """A draft by the edition of today; ConflictError while none holds."""
    edition = buying_on(view, view.today)
    rules: BuyingRules = edition.figures
    package = view.session.get_one(RupPackage, purchase.rup_id)
    vendor = vendor_of(view, purchase.vendor_id)
    lines = tuple(lines_of(view, purchase.id))
    found = quotes(view, {one.variant_id: one.quantity for one in lines}, purchase.district)
    judgements = tuple(judge(view, lines, found, rules))
    sums = totals(
        ((one.quantity, found[one.variant_id].price) for one in lines),
        shipping_of(found.values()),
        rules,
        taxable=vendor.taxable,
    )
    proposal = propose(rules, package.kind, sums.total, package.pagu)
    small = keeps_reservation(vendor.scale)
    faults = (
        *_faults_of_package(view, purchase, package, sums, proposal, small=small),
        *_faults_of_delivery(view, purchase),
        *_faults_of_lines(lines, found, judgements),
        *_faults_of_price(purchase, proposal),
        *_faults_of_method(purchase, proposal),
    )
    return Shown(package, vendor, edition, lines, found, judgements, sums, proposal, small, faults)


def price_kinds(proposal: Proposal) -> dict[str, Text]:
    """The price papers among which the officer chooses, by what the edition asks for."""
    if proposal.price_paper == ESTIMATE:
        return dict(ESTIMATES)
    return dict(REFERENCES)


def _faults_of_package(
    view: View,
    purchase: Purchase,
    package: RupPackage,
    sums: Totals,
    proposal: Proposal,
    *,
    small: bool,
) -> list[Fault]:
    faults = []
    try:
        require_fit(view, package)
    except UnfitPackageError as error:
        faults.append(Fault(PACKAGE, str(error)))
    if sums.total > package.pagu - package.committed:
        faults.append(Fault(PACKAGE, _("Nilainya melebihi sisa pagu paket RUP.")))
    if proposal.is_reserved and not small and not purchase.reservation_reason:
        faults.append(
            Fault(COMPARISON, _("Paket ini dicadangkan bagi usaha kecil: tulis alasannya."))
        )
    return faults


def _faults_of_delivery(view: View, purchase: Purchase) -> list[Fault]:
    if not purchase.district or not purchase.address or purchase.needed_by is None:
        return [Fault(DELIVERY, _("Isi kecamatan, alamat, dan tanggal barang dibutuhkan."))]
    if purchase.needed_by < view.today:
        return [Fault(DELIVERY, _("Tanggal dibutuhkan sudah lewat."))]
    return []


def _faults_of_lines(
    lines: Sequence[PurchaseLine],
    found: dict[UUID, Quote],
    judgements: Sequence[LineJudgement],
) -> list[Fault]:
    faults = []
    for line, judged in zip(lines, judgements, strict=True):
        quote = found[line.variant_id]
        faults += [
            Fault(COMPARISON, f"{quote.title}: {FAULT_WORDS[code]}.") for code in quote.faults
        ]
        if judged.needs_reason and not line.reason:
            told = _UNCOMPARED if judged.uncompared else _UNREASONED
            faults.append(Fault(COMPARISON, str(told % {"name": quote.title})))
    return faults


def _faults_of_price(purchase: Purchase, proposal: Proposal) -> list[Fault]:
    if proposal.price_paper == NO_PRICE_PAPER:
        return []
    if purchase.price_kind not in price_kinds(proposal) or not purchase.price_amount:
        if proposal.price_paper == ESTIMATE:
            return [Fault(PRICE, _("Nilai ini membutuhkan HPS."))]
        return [Fault(PRICE, _("Nilai ini membutuhkan referensi harga."))]
    return []


def _faults_of_method(purchase: Purchase, proposal: Proposal) -> list[Fault]:
    if not purchase.method:
        return []  # what is proposed is taken
    if (purchase.method, proposal.method) == (DIRECT, NEGOTIATION) and not purchase.method_reason:
        return [Fault(METHOD, _("Tulis alasan membeli tanpa negosiasi."))]
    return []


def _plain_line(line: PurchaseLine, quote: Quote, judged: LineJudgement) -> dict[str, Any]:
    return {
        "name": quote.title,
        "quantity": line.quantity,
        "unit": quote.unit_code,
        "price": quote.price,
        "step": judged.preference.step,
        "note": judged.preference.note,
        "allowed": judged.allowed,
        "uncompared": judged.uncompared,
        "compared": [
            {
                "product_id": str(one.product_id),
                "name": one.name,
                "vendor": one.vendor,
                "price": one.price,
                "origin": one.offer.origin,
                "tkdn": one.offer.tkdn,
                "bmp": one.offer.bmp,
                "bought": one.bought,
                "excluded": one.excluded,
            }
            for one in judged.compared
        ],
        "reason": line.reason,
    }
