"""Lists of vendors: what the manager sees with its states, and what waits for him."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

import attrs
from sqlalchemy import ColumnElement, and_, exists, func, or_, select

from leuit.values import one_line
from leuit.work import View
from leuit_ecatalog.models import Sanction, Vendor, VendorStep
from leuit_ecatalog.models.vendors import ACTIVE, VENDOR_STATES, WAITING
from leuit_ecatalog.permissions import READ_VENDORS

from .membership import in_force

CHANGED: Final = "perubahan"
SANCTIONED: Final = "sanksi"
FILTERS: Final = (*VENDOR_STATES, CHANGED, SANCTIONED)
_ESCAPE: Final = "\\"


@attrs.frozen
class VendorFilter:
    """What a list is narrowed to: a state or one of the two words above, a district, a text."""

    state: str = ""
    district: str = ""
    text: str = ""


@attrs.frozen
class VendorRow:
    """A vendor in a list."""

    id: UUID
    name: str
    state: str
    scale: str
    district: str | None
    since: dt.datetime
    changing: bool


def list_vendors(view: View, wanted: VendorFilter, skip: int, most: int) -> list[VendorRow]:
    """Vendors by name; those that wait for verification by when they were sent."""
    view.require_on_root(READ_VENDORS)
    order = (Vendor.name, Vendor.id)
    if wanted.state in (WAITING, CHANGED):
        sent = Vendor.submitted_at if wanted.state == WAITING else Vendor.pending_at
        query = select(Vendor).order_by(sent, Vendor.id)
    else:
        query = select(Vendor).order_by(*order)
    rows = view.session.scalars(query.where(*_conditions(view, wanted)).offset(skip).limit(most))
    return [row_of(vendor) for vendor in rows]


def count_vendors(view: View, wanted: VendorFilter) -> int:
    """How many vendors a list holds."""
    query = select(func.count()).select_from(Vendor).where(*_conditions(view, wanted))
    return view.session.execute(query).scalar_one()


def counts_by_state(view: View) -> Mapping[str, int]:
    """How many vendors are in each state, and under each of the other two words."""
    rows = view.session.execute(select(Vendor.state, func.count()).group_by(Vendor.state))
    counts = {state: int(number) for state, number in rows}
    for word in (CHANGED, SANCTIONED):
        counts[word] = count_vendors(view, VendorFilter(word))
    return counts


def waiting(view: View, most: int) -> list[VendorRow]:
    """What waits for verification, the longest first: registrations and changes."""
    sent = func.coalesce(Vendor.pending_at, Vendor.submitted_at)
    query = select(Vendor).where(_waits()).order_by(sent, Vendor.id).limit(most)
    return [row_of(vendor) for vendor in view.session.scalars(query)]


def count_waiting(view: View) -> int:
    """How many registrations and changes wait for verification."""
    query = select(func.count()).select_from(Vendor).where(_waits())
    return view.session.execute(query).scalar_one()


def verified_by(view: View, person_id: UUID, most: int) -> Sequence[tuple[Vendor, VendorStep]]:
    """What a person verified, the newest first."""
    steps = ("accepted", "returned", "refused")
    query = (
        select(Vendor, VendorStep)
        .join(VendorStep, VendorStep.vendor_id == Vendor.id)
        .where(
            VendorStep.person_id == person_id,
            VendorStep.step.in_([*steps, *(f"change_{step}" for step in steps)]),
        )
        .order_by(VendorStep.at.desc(), VendorStep.id.desc())
        .limit(most)
    )
    return [(vendor, step) for vendor, step in view.session.execute(query)]


def steps_of(view: View, vendor_id: UUID) -> Sequence[VendorStep]:
    """The life of a vendor, the newest step first."""
    return view.session.scalars(
        select(VendorStep)
        .where(VendorStep.vendor_id == vendor_id)
        .order_by(VendorStep.at.desc(), VendorStep.id.desc())
    ).all()


def last_step(view: View, vendor_id: UUID, beginning: str = "") -> VendorStep | None:
    """The latest step of a vendor, of those whose name begins so."""
    return view.session.scalars(
        select(VendorStep)
        .where(
            VendorStep.vendor_id == vendor_id,
            VendorStep.step.startswith(beginning, autoescape=True),
        )
        .order_by(VendorStep.at.desc(), VendorStep.id.desc())
        .limit(1)
    ).one_or_none()


def row_of(vendor: Vendor) -> VendorRow:
    """A vendor as a list shows it."""
    changing = vendor.state == ACTIVE and vendor.pending_at is not None
    sent = vendor.submitted_at if vendor.state == WAITING else vendor.verified_at
    return VendorRow(
        vendor.id,
        vendor.name,
        vendor.state,
        vendor.scale if vendor.state == ACTIVE else "",
        vendor.district,
        (vendor.pending_at if changing else sent) or vendor.created_at,
        changing,
    )


def _waits() -> ColumnElement[bool]:
    return or_(
        Vendor.state == WAITING, and_(Vendor.state == ACTIVE, Vendor.pending_at.is_not(None))
    )


def _conditions(view: View, wanted: VendorFilter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.state == CHANGED:
        found.append(and_(Vendor.state == ACTIVE, Vendor.pending_at.is_not(None)))
    elif wanted.state == SANCTIONED:
        found.append(exists().where(Sanction.vendor_id == Vendor.id, in_force(view.today)))
    elif wanted.state:
        found.append(Vendor.state == wanted.state)
    if wanted.district:
        found.append(Vendor.district == wanted.district)
    if text := one_line(wanted.text):
        found.append(_holding(text))
    return found


def _holding(text: str) -> ColumnElement[bool]:
    """The text within the name, or the beginning of a verified NIB."""
    quoted = text
    for letter in (_ESCAPE, "%", "_"):
        quoted = quoted.replace(letter, _ESCAPE + letter)
    named = Vendor.name.ilike(f"%{quoted}%", escape=_ESCAPE)
    digits = text.replace(" ", "")
    return or_(named, Vendor.nib == digits) if digits.isdigit() else named
