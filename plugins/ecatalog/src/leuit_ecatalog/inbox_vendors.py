"""Vendors in Tugas: registrations for the manager of the catalogue, one's own for the vendor."""

from collections.abc import Iterator

from sqlalchemy import select

from leuit.plugins import InboxSource, Task
from leuit.values import _
from leuit.work import View

from .models import Vendor, VendorMember
from .models.vendors import ACTIVE, CORRECT, DRAFT, WAITING
from .permissions import SHOP, VERIFY
from .service.vendor_listing import count_waiting, last_step, verified_by, waiting
from .words import STEP_WORDS

VENDORS = "ecatalog.vendors"
SHOP_SOURCE = "ecatalog.shop"
_DESK = "/ecatalog/shop"


def to_verify(view: View, limit: int) -> Iterator[Task]:
    """Registrations and changes that wait, the longest first."""
    if not view.allows_on_root(VERIFY):
        return
    for row in waiting(view, limit):
        yield Task(
            title=row.name,
            meta=_("Perubahan data penyedia") if row.changing else _("Pendaftaran penyedia"),
            since=row.since,
            verb=_("Periksa"),
            path=f"/ecatalog/vendors/{row.id}/verify",
        )


def verified(view: View, limit: int) -> Iterator[Task]:
    """What the reader verified."""
    person_id = view.identity.person_id
    if person_id is None:
        return
    for vendor, step in verified_by(view, person_id, limit):
        yield Task(
            title=vendor.name,
            meta=STEP_WORDS[step.step],
            since=step.at,
            verb=_("Lihat"),
            path=f"/ecatalog/vendors/{vendor.id}",
        )


def count_to_verify(view: View) -> int:
    """How many wait."""
    return count_waiting(view) if view.allows_on_root(VERIFY) else 0


def own_turn(view: View, limit: int) -> Iterator[Task]:
    """What the vendor has to do: complete a registration, or mend what came back."""
    vendor = _own(view)
    if vendor is None or not limit:
        return
    if vendor.state == DRAFT:
        told = (_("Lengkapi pendaftaran usaha"), _("Lengkapi"), "")
    elif vendor.state == CORRECT or _change_came_back(view, vendor):
        told = (_("Perbaiki data usaha"), _("Perbaiki"), _("Dikembalikan"))
    else:
        return
    meta, verb, chip = told
    latest = last_step(view, vendor.id)
    since = latest.at if latest else vendor.created_at
    yield Task(
        title=vendor.name, meta=meta, since=since, verb=verb, path=_DESK, chip=chip, tone="bata"
    )


def count_own_turn(view: View) -> int:
    """One where something is to be done."""
    return len(list(own_turn(view, 1)))


def own_waiting(view: View, limit: int) -> Iterator[Task]:
    """What of the vendor's waits for the manager."""
    vendor = _own(view)
    if vendor is None or not limit:
        return
    sent = vendor.submitted_at if vendor.state == WAITING else vendor.pending_at
    if sent is not None:
        yield Task(
            title=vendor.name,
            meta=_("Sedang diperiksa pengelola katalog"),
            since=sent,
            verb=_("Lihat"),
            path=_DESK,
        )


def count_own_waiting(view: View) -> int:
    """One while something is being verified."""
    return len(list(own_waiting(view, 1)))


def none(_view: View, _limit: int) -> Iterator[Task]:
    """Nothing: what one handed on is no task of this kind."""
    return iter(())


def count_none(_view: View) -> int:
    """As many."""
    return 0


def _own(view: View) -> Vendor | None:
    query = (
        select(Vendor)
        .join(VendorMember, VendorMember.vendor_id == Vendor.id)
        .where(VendorMember.account_id == view.identity.account_id, VendorMember.until.is_(None))
    )
    return view.session.scalars(query).one_or_none()


def _change_came_back(view: View, vendor: Vendor) -> bool:
    if vendor.state != ACTIVE or vendor.pending_at is not None:
        return False
    latest = last_step(view, vendor.id, "change_")
    return latest is not None and latest.step == "change_returned"


INBOX = [
    InboxSource(
        VENDORS,
        _("Pendaftaran penyedia"),
        "store",
        VERIFY,
        mine=to_verify,
        others=none,
        done=verified,
        count=count_to_verify,
        count_others=count_none,
    ),
    InboxSource(
        SHOP_SOURCE,
        _("Usaha saya"),
        "store",
        SHOP,
        mine=own_turn,
        others=own_waiting,
        done=none,
        count=count_own_turn,
        count_others=count_own_waiting,
        tile="tunggu",
    ),
]
