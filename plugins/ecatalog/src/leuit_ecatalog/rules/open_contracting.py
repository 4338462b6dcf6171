"""Orders as open contracting data: OCDS 1.1.5 releases, packages and records.

One order is one contracting process. A direct call-off has one award and one contract, the Surat
Pesanan, as no contract of definite value stands before it (OCDS guidance on frameworks and
purchase orders); the catalogue of the year is the framework that it refers to. A finished contract
is `terminated`: 1.1 knows no "completed". Times carry the zone of the region.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import attrs

from .open_order import (
    ACCEPTED,
    AMENDED,
    CANCELLED,
    DELIVERED,
    DIRECT,
    FINISHED,
    PAID,
    STOPPED,
    WAITING,
    OpenDelivery,
    OpenLine,
    OpenOrder,
    OpenVendor,
)

VERSION = "1.1"
_TECHNIQUES = (
    "https://raw.githubusercontent.com/open-contracting-extensions/"
    "ocds_techniques_extension/master/extension.json"
)
_SCALE = (
    "https://raw.githubusercontent.com/open-contracting-extensions/"
    "ocds_partyDetails_scale_extension/master/extension.json"
)
_STATUS = (
    "https://gitlab.com/dncp-opendata/ocds_statusdetails_extension/-/raw/master/extension.json"
)
_PAGINATION = (
    "https://raw.githubusercontent.com/open-contracting-extensions/"
    "ocds_pagination_extension/master/extension.json"
)
EXTENSIONS: Final = (_TECHNIQUES, _SCALE, _STATUS)
_TAGS: Final = {
    WAITING: ("award", "contract"),
    CANCELLED: ("awardCancellation",),
    ACCEPTED: ("contractUpdate",),
    AMENDED: ("contractAmendment",),
    DELIVERED: ("implementation",),
    PAID: ("implementationUpdate",),
    FINISHED: ("contractTermination",),
    STOPPED: ("contractTermination",),
}
_CONTRACT: Final = {WAITING: "pending", CANCELLED: "cancelled", FINISHED: "terminated"} | {
    STOPPED: "terminated"
}
_SCALES: Final = {
    "mikro": "micro",
    "kecil": "small",
    "menengah": "medium",
    "besar": "large",
}
_CATEGORIES: Final = {
    "barang": ("goods", ()),
    "jasa": ("services", ()),
    "konstruksi": ("works", ()),
    "konsultansi": ("services", ("consultingServices",)),
}


@attrs.frozen
class Publisher:
    """Who publishes: its name, its prefix of ocid, its code of the region, and its zone."""

    name: str
    prefix: str
    region: str
    zone: dt.tzinfo
    license: str = ""
    policy: str = ""

    def instant(self, at: dt.datetime) -> str:
        """RFC 3339 with the offset of the region, whole seconds."""
        return at.astimezone(self.zone).isoformat(timespec="seconds")

    def day(self, day: dt.date) -> str:
        """The beginning of a day there."""
        return dt.datetime.combine(day, dt.time(), self.zone).isoformat(timespec="seconds")


def ocid_of(publisher: Publisher, number: str) -> str:
    """The id of the process of one order; never used for another."""
    return f"{publisher.prefix}-{number}"


def release(order: OpenOrder, publisher: Publisher) -> dict[str, Any]:
    """All of an order at one moment, as a release of its own."""
    changed = publisher.instant(order.changed_at)
    buyer = {"id": f"ID-SATKER-{publisher.region}-{order.buyer.code}", "name": order.buyer.name}
    supplier = {"id": _id_of(order.vendor), "name": order.vendor.name}
    told: dict[str, Any] = {
        "ocid": ocid_of(publisher, order.number),
        "id": f"{order.number}-{changed}" + (f"-{order.place}" if order.place else ""),
        "date": changed,
        "tag": list(_TAGS[order.state]),
        "initiationType": "tender",
        "language": "id",
        "parties": _parties(order, buyer, supplier),
        "buyer": buyer,
        "planning": {
            "budget": {
                "id": f"RUP-{order.rup_id}",
                "description": order.rup_name,
                "amount": _money(order.pagu),
            }
        },
        "tender": _tender(order, buyer),
        "awards": [_award(order, publisher, supplier)],
        "contracts": [_contract(order, publisher, buyer, supplier)],
        "relatedProcesses": [
            {
                "id": "1",
                "relationship": ["framework"],
                "scheme": "ocid",
                "identifier": ocid_of(publisher, f"KATALOG-{order.agreed_at.year}"),
            }
        ],
    }
    return told


def release_package(
    releases: Sequence[dict[str, Any]], publisher: Publisher, uri: str, published: dt.datetime
) -> dict[str, Any]:
    """Releases with who published them, at which address, and when."""
    return _head(publisher, uri, published) | {"releases": list(releases)}


def with_next(package: dict[str, Any], following: str) -> dict[str, Any]:
    """A package of many, with the address of those that follow (OCDS extension “pagination”)."""
    extensions = [*package["extensions"], _PAGINATION]
    return package | {"extensions": extensions, "links": {"next": following}}


def record_package(
    releases: Sequence[Sequence[dict[str, Any]]],
    publisher: Publisher,
    uri: str,
    published: dt.datetime,
) -> dict[str, Any]:
    """A record of each order from its releases, the oldest first; each of them tells all of it, so
    that the last one compiled is the order as it stands.
    """
    records = [
        {
            "ocid": all_of_one[-1]["ocid"],
            "releases": list(all_of_one),
            "compiledRelease": all_of_one[-1]
            | {"id": f"{all_of_one[-1]['id']}-compiled", "tag": ["compiled"]},
        }
        for all_of_one in releases
        if all_of_one
    ]
    return _head(publisher, uri, published) | {"records": records}


def _head(publisher: Publisher, uri: str, published: dt.datetime) -> dict[str, Any]:
    head: dict[str, Any] = {
        "uri": uri,
        "version": VERSION,
        "extensions": list(EXTENSIONS),
        "publishedDate": publisher.instant(published),
        "publisher": {"name": publisher.name},
    }
    if publisher.license:
        head["license"] = publisher.license
    if publisher.policy:
        head["publicationPolicy"] = publisher.policy
    return head


def _parties(
    order: OpenOrder, buyer: dict[str, str], supplier: dict[str, str]
) -> list[dict[str, Any]]:
    seller: dict[str, Any] = {
        **supplier,
        "roles": ["supplier", "payee"],
    }
    if order.vendor.nib:
        seller["identifier"] = {
            "scheme": "ID-NIB",
            "id": order.vendor.nib,
            "legalName": order.vendor.name,
        }
    if order.vendor.scale in _SCALES:
        seller["details"] = {"scale": _SCALES[order.vendor.scale]}
    return [{**buyer, "roles": ["buyer", "procuringEntity", "payer"]}, seller]


def _tender(order: OpenOrder, buyer: dict[str, str]) -> dict[str, Any]:
    category, more = _CATEGORIES[order.kind]
    how = "pembelian langsung" if order.method == DIRECT else "negosiasi harga"
    tender: dict[str, Any] = {
        "id": order.number,
        "title": order.rup_name,
        "status": "complete",
        "procurementMethod": "direct",
        "procurementMethodDetails": f"E-purchasing katalog lokal - {how}",
        "mainProcurementCategory": category,
        "procuringEntity": buyer,
        "competitive": False,
    }
    if more:
        tender["additionalProcurementCategories"] = list(more)
    return tender


def _award(order: OpenOrder, publisher: Publisher, supplier: dict[str, str]) -> dict[str, Any]:
    return {
        "id": _award_id(order),
        "status": "cancelled" if order.state == CANCELLED else "active",
        "date": publisher.instant(order.agreed_at),
        "value": _money(order.total),
        "suppliers": [supplier],
    }


def _contract(
    order: OpenOrder, publisher: Publisher, buyer: dict[str, str], supplier: dict[str, str]
) -> dict[str, Any]:
    contract: dict[str, Any] = {
        "id": order.order_number,
        "awardID": _award_id(order),
        "status": _CONTRACT.get(order.state, "active"),
        "value": _money(order.total),
        "items": [_item(line) for line in order.lines],
    }
    if order.signed_at is not None:
        contract["dateSigned"] = publisher.instant(order.signed_at)
    if order.reason and order.state in (CANCELLED, STOPPED):
        contract["statusDetails"] = order.reason
    done: dict[str, Any] = {}
    if order.deliveries:
        done["milestones"] = [_milestone(one, publisher) for one in order.deliveries]
    if order.payments:
        done["transactions"] = [
            {
                "id": one.number,
                "date": publisher.day(one.paid_on),
                "value": _money(one.amount),
                "payer": buyer,
                "payee": supplier,
            }
            for one in order.payments
        ]
    if done:
        contract["implementation"] = done
    return contract


def _item(line: OpenLine) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": str(line.place),
        "description": line.name,
        "quantity": line.quantity,
        "unit": {
            "scheme": "UNCEFACT",
            "id": line.unit_code,
            "name": line.unit_name,
            "value": _money(line.price),
        },
    }
    if line.kbki:
        item["classification"] = {"scheme": "x_KBKI", "id": line.kbki}
        if line.category:
            item["classification"]["description"] = line.category
    return item


def _milestone(one: OpenDelivery, publisher: Publisher) -> dict[str, Any]:
    milestone: dict[str, Any] = {
        "id": f"D{one.place}",
        "title": "Pengiriman",
        "type": "delivery",
        "dueDate": publisher.day(one.due),
        "status": "scheduled" if one.accepted_on is None else "met",
    }
    if one.accepted_on is not None:
        milestone["dateMet"] = publisher.day(one.accepted_on)
    return milestone


def _id_of(vendor: OpenVendor) -> str:
    return f"ID-NIB-{vendor.nib}" if vendor.nib else f"x_leuit-vendor-{vendor.id}"


def _award_id(order: OpenOrder) -> str:
    return f"{order.number}-A1"


def _money(amount: int) -> dict[str, Any]:
    return {"amount": amount, "currency": "IDR"}
