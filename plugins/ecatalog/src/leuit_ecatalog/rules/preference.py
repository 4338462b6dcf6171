"""The preference for domestic products in five steps (Perpres 46/2025 Pasal 66).

Over the products that fit one need: which step holds, which of them may be bought by it, and why
each of the others may not. Percentages are hundredths of a percent; limits are inclusive. What is
domestic but neither certified nor listed falls under no step: then it is said so and a reason is
asked for, and no import is offered silently.
"""

from collections.abc import Sequence

import attrs

from .buying_rules import BuyingRules

CERTIFIED, LISTED, DOMESTIC, IMPORTED = "pdn_tkdn", "pdn_siinas", "pdn_lain", "impor"
UNCLASSIFIED = 0
ENOUGH, SHORT_VOLUME = "", "volume"
IMPORT, NOT_LISTED, NO_CERTIFICATE, LITTLE_CONTENT = (
    "impor",
    "tidak_tercatat",
    "tanpa_sertifikat",
    "tkdn_kurang",
)
EXCLUSIONS = (IMPORT, NOT_LISTED, NO_CERTIFICATE, LITTLE_CONTENT)


@attrs.frozen
class Offer:
    """A product that fits the need: `stock` None is as much as is asked for.

    `tkdn` and `bmp` count with a certificate alone (`origin` CERTIFIED).
    """

    key: str
    origin: str
    tkdn: int = 0
    bmp: int = 0
    stock: int | None = None

    @property
    def total(self) -> int:
        """TKDN and BMP together."""
        return self.tkdn + self.bmp

    def has(self, needed: int) -> bool:
        """Whether it can bring as much as is needed."""
        return self.stock is None or self.stock >= needed


@attrs.frozen
class Preference:
    """The step (1 to 5, UNCLASSIFIED for none), who may be bought, and why not the others.

    `note` is SHORT_VOLUME where none that reaches the sum can bring enough, so that the others with
    the least TKDN stand in (2b). `excluded` holds pairs of key and code of reason.
    """

    step: int
    allowed: tuple[str, ...]
    note: str
    excluded: tuple[tuple[str, str], ...]
    needs_reason: bool = False


def preferred(offers: Sequence[Offer], needed: int, rules: BuyingRules) -> Preference:
    """What may be bought of these for a need; nothing is allowed where nothing was offered."""
    certified = [one for one in offers if one.origin == CERTIFIED]
    above = [one for one in certified if one.tkdn >= rules.tkdn_least]
    full = [one for one in above if one.total >= rules.sum_least]
    if full:
        note = ENOUGH if any(one.has(needed) for one in full) else SHORT_VOLUME
        return _chosen(offers, 1, above, note)
    if above:
        return _chosen(offers, 2, above)
    if certified:
        return _chosen(offers, 3, certified)
    listed = [one for one in offers if one.origin == LISTED]
    if listed:
        return _chosen(offers, 4, listed)
    domestic = [one for one in offers if one.origin == DOMESTIC]
    if domestic:
        return attrs.evolve(_chosen(offers, UNCLASSIFIED, domestic), needs_reason=True)
    return _chosen(offers, 5, list(offers))


def _chosen(
    offers: Sequence[Offer], step: int, allowed: Sequence[Offer], note: str = ENOUGH
) -> Preference:
    keys = {one.key for one in allowed}
    return Preference(
        step,
        tuple(one.key for one in offers if one.key in keys),
        note,
        tuple((one.key, _why_not(one)) for one in offers if one.key not in keys),
    )


def _why_not(one: Offer) -> str:
    reasons = {IMPORTED: IMPORT, DOMESTIC: NOT_LISTED, LISTED: NO_CERTIFICATE}
    return reasons.get(one.origin, LITTLE_CONTENT)
