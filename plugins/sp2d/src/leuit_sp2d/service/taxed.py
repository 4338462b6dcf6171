"""The taxes of a claim, worked out by the edition of the day and kept with what they follow from.

For goods and services the sum of the budget lines must be the price with its PPN: a claim whose
parts do not make its whole is refused before anybody checks it.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import cattrs

from leuit.builtin.regulations import edition_by_id, require_edition
from leuit.values import FieldError, InvalidInputError, _
from leuit.work import View
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.rupiah import format_rupiah
from leuit_sp2d.rules.tax_amounts import NoPriceWithinError, price_within
from leuit_sp2d.rules.tax_rules import TaxRules
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.rules.taxes import Proposal, propose

from .claims import Claim, ClaimedDeduction
from .tax_edition import TAXES

OTHER = "LAIN"
"""The code of a deduction that is no tax: entered by hand, or imported."""

_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def with_taxes(view: View, claim: Claim, taxable: Taxable) -> Claim:
    """The claim with the taxes of the day before its own deductions.

    Raises InvalidInputError when the lines do not sum to price and PPN, ConflictError while no
    edition of the taxes holds.
    """
    taxable = attrs.evolve(taxable, has_npwp=bool(claim.npwp))
    rules = require_edition(view, TAXES, view.today)
    proposal = propose(taxable, rules.figures)
    if proposal.gross != claim.gross:
        raise InvalidInputError(
            _("Jumlah baris anggaran harus sama dengan harga dan PPN-nya."),
            fields=[
                FieldError(
                    "lines",
                    _("Baris berjumlah %(lines)s, harga dengan PPN %(gross)s."),
                    "unequal",
                    {
                        "lines": format_rupiah(claim.gross),
                        "gross": format_rupiah(proposal.gross),
                    },
                ),
                *_price_meant(claim.gross, taxable, rules.figures),
            ],
        )
    taken = tuple(_deduction(one) for one in proposal.deductions)
    plain = attrs.asdict(taxable) | {"exempt": sorted(taxable.exempt)}
    return attrs.evolve(
        claim, deductions=(*taken, *claim.deductions), taxed=plain, tax_rules_id=rules.id
    )


def _price_meant(gross: int, taxable: Taxable, rules: TaxRules) -> Iterator[FieldError]:
    """The price that would make the lines' sum, where there is one."""
    if not taxable.charges_ppn:
        return
    try:
        price = price_within(gross, rules, luxury=taxable.luxury)
    except NoPriceWithinError:
        return
    yield FieldError(
        "price",
        _("Bila barisnya benar, harga tanpa PPN adalah %(price)s."),
        "unequal",
        {"price": format_rupiah(price)},
    )


def taxable_of(payment: Payment) -> Taxable | None:
    """What the taxes of a payment follow from; None where it has none."""
    return None if payment.taxed is None else read_taxable(payment.taxed)


def read_taxable(plain: Mapping[str, Any]) -> Taxable:
    """The plain form as a value."""
    found: Taxable = _CONVERTER.structure(dict(plain), Taxable)
    return found


def expected(view: View, payment: Payment) -> Proposal | None:
    """The taxes by the edition under which the payment was written down."""
    taxable = taxable_of(payment)
    if taxable is None or payment.tax_rules_id is None:
        return None
    return propose(taxable, edition_by_id(view, payment.tax_rules_id).figures)


def _deduction(one: Any) -> ClaimedDeduction:
    return ClaimedDeduction(
        code=one.code,
        title=str(one.title),
        amount=one.amount,
        reduces=one.reduces,
        base=one.base,
        rate=one.rate,
        how=str(one.how),
        kap_kjs=one.kap_kjs,
    )
