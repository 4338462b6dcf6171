"""What the law says of a purchase before anybody decides: who acts, how, with which papers.

Each point carries its legal basis, since the officer answers for it.
"""

import attrs

from .buying_rules import DIRECT, NEGOTIATION, PA, PP, PPK, BuyingRules

RUP_METHOD = "e-purchasing"
PPK_OR_POKJA = "PPK_POKJA"
SMALL_FIRMS = ("mikro", "kecil", "koperasi")
"""Usaha kecil takes in usaha mikro (Pasal 65(1)); cooperatives stand beside it."""


def keeps_reservation(scale: str) -> bool:
    """Whether a vendor of that scale is one for whom packages are reserved."""
    return scale in SMALL_FIRMS


@attrs.frozen
class Point:
    """One thing that follows from the value: a code, and what it rests on."""

    topic: str
    answer: str
    basis: str


@attrs.frozen
class Proposal:
    """Who acts, by which method, with which papers, and every point with its basis."""

    official: str
    method: str
    price_paper: str
    contract_form: str
    needs_approval: bool
    is_reserved: bool
    points: tuple[Point, ...]


def propose(rules: BuyingRules, kind: str, value: int, pagu: int) -> Proposal:
    """Of a value with tax and the pagu of its RUP package, both whole rupiah.

    ValueError where the edition names no contract form for electronic purchases of that kind.
    """
    official = PP if value <= rules.pp_most else PPK
    paper = rules.price_paper(value)
    form = rules.contract_form(kind, value, electronic=True)
    if form is None:
        raise ValueError(kind)
    method = NEGOTIATION if value > rules.negotiation_above else DIRECT
    approval, reserved = value > rules.approval_above, pagu <= rules.reserved_most
    points = [
        Point("pejabat", official, rules.pp_basis),
        Point("metode", method, rules.method_basis),
        Point("harga", paper.paper, paper.basis),
        Point("kontrak", form.form, form.basis),
    ]
    if approval:
        points.append(Point("persetujuan", PA, rules.approval_basis))
    if reserved:
        points.append(Point("cadangan", "umkk", rules.reserved_basis))
    if rules.competition_above is not None and value > rules.competition_above:
        organiser = PP if value <= rules.competition_pp_most else PPK_OR_POKJA
        points.append(Point("minikompetisi", organiser, rules.competition_basis))
    return Proposal(official, method, paper.paper, form.form, approval, reserved, tuple(points))
