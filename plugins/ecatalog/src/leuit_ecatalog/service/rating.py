"""The PPK's word on the vendor ends an order; what is shown to everybody is a mean of many."""

from collections.abc import Mapping
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.builtin.checks import TextChecker
from leuit.values import InvalidInputError, _
from leuit.work import View, Work
from leuit_ecatalog.models import Rating
from leuit_ecatalog.models.purchases import REASON
from leuit_ecatalog.rules.buying_rules import PPK
from leuit_ecatalog.rules.purchase_states import DONE, PAID
from leuit_ecatalog.rules.vendor_rating import ASPECTS, SCORES

from .orders import committed_order
from .purchase_access import note_act


@attrs.frozen
class VendorScore:
    """The mean of all that was said of a vendor in hundredths, and of how many orders."""

    mean: int
    orders: int


def rate(
    work: Work, purchase_id: UUID, version: int, scores: Mapping[str, int | None], note: str
) -> Rating:
    """Rate the vendor in every aspect; the order is done. Raises InvalidInputError by field."""
    purchase = committed_order(work, purchase_id, version, PAID)
    checker = TextChecker()
    said = checker.read("note", note, most=REASON, required=False)
    for aspect in ASPECTS:
        if scores.get(aspect) not in SCORES:
            checker.fault(aspect, _("Pilih salah satu."), "required")
    if checker.faults:
        raise InvalidInputError(_("Periksa penilaian."), fields=checker.faults)
    assert work.identity.person_id is not None
    row = Rating(
        purchase_id=purchase.id,
        vendor_id=purchase.vendor_id,
        note=said,
        person_id=work.identity.person_id,
        at=work.now,
        **{aspect: scores[aspect] for aspect in ASPECTS},
    )
    work.session.add(row)
    purchase.state, purchase.since = DONE, work.now
    facts = {aspect: scores[aspect] for aspect in ASPECTS}
    note_act(work, purchase, "rated", role=PPK, note=said, facts=facts)
    return row


def rating_of(view: View, purchase_id: UUID) -> Rating | None:
    """What was said on an order."""
    return view.session.get(Rating, purchase_id)


def score_of(view: View, vendor_id: UUID) -> VendorScore | None:
    """What was said of a vendor so far; None where nothing was."""
    total = Rating.quality + Rating.cost + Rating.time + Rating.service
    row = view.session.execute(
        select(func.sum(total), func.count()).where(Rating.vendor_id == vendor_id)
    ).one()
    if not row[1]:
        return None
    return VendorScore(int(row[0]) * 100 // (len(ASPECTS) * row[1]), row[1])
