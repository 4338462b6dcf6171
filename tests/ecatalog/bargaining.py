"""Acts of tests on a purchase: offers by a side, a purchase that was agreed, a draft as shown."""

from uuid import UUID

from leuit.identity import SYSTEM
from leuit.values import (
    RecordRef,
)
from leuit.work import Work
from leuit_ecatalog.models import (
    Purchase,
)
from leuit_ecatalog.rules.buying_rules import NEGOTIATION
from leuit_ecatalog.rules.negotiation import BUYER, VENDOR
from leuit_ecatalog.service.negotiating import (
    buyer_purchase,
    make_offer,
    take_offer,
    vendor_purchase,
)
from leuit_ecatalog.service.proposing import Shown, shown
from leuit_ecatalog.service.purchase_access import (
    find_purchase,
    ref_of,
)
from tests.ecatalog.buying_office import (
    PP,
    Office,
    at,
    draft,
    lines,
    sent,
)


def offer(made: Office, one: UUID, side: str, price: int, shipping: int = 0) -> None:
    """A side offers a price for the only line."""
    [line] = lines(made, one)
    version = at(made, one).version
    if side == BUYER:
        with made.app.change(made.people[PP]) as work:
            make_offer(work, buyer_purchase(work, one, version), BUYER, {line.id: price}, shipping)
    else:
        with made.app.change(made.shop.account) as work:
            make_offer(
                work, vendor_purchase(work, one, version), VENDOR, {line.id: price}, shipping
            )


def bargained(made: Office, variant: UUID, quantity: int, rup_id: str) -> UUID:
    """A purchase that was agreed in two rounds at Rp48.000."""
    one = sent(made, draft(made, variant, quantity, rup_id, method=NEGOTIATION))
    offer(made, one, BUYER, 45_000)
    offer(made, one, VENDOR, 48_000)
    with made.app.change(made.people[PP]) as work:
        take_offer(work, buyer_purchase(work, one, at(made, one).version), BUYER, 2)
    return one


def seen(made: Office, one: UUID) -> Shown:
    """The draft as it is shown now."""
    with made.app.read(SYSTEM) as view:
        return shown(view, view.session.get_one(Purchase, one))


def faults(made: Office, one: UUID) -> set[str]:
    """The steps at which a draft lacks something."""
    return {fault.step for fault in seen(made, one).faults}


def ref(work: Work, purchase_id: UUID) -> RecordRef:
    """How the log names a purchase."""
    return ref_of(find_purchase(work, purchase_id))
