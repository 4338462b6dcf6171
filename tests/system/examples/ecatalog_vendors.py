"""Examples of vendors: the caller from outside keeps a firm of his own; one waits for the manager,
and one is active with a sanction.
"""

import datetime as dt
import io
from uuid import UUID

from PIL import Image

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM, Identity
from leuit.values import RecordRef, local_day, new_id
from leuit.work import Leuit, register_file, store_file
from leuit_ecatalog.models import Sanction, Vendor, VendorDocument, VendorMember
from leuit_ecatalog.models.vendors import ACTIVE, DRAFT, WAITING
from leuit_ecatalog.rules.sanctions import EXAMPLE
from leuit_ecatalog.service.sanction_rules import KIND, NAME
from tests.system.access import ROOT, Example, Region

SAID = {
    "name": "UD Contoh Aren Sobang",
    "legal_form": "UD",
    "nib": "9999829348964",
    "npwp": "0904858636000000",
    "kbli": ["10721"],
    "scale": "mikro",
    "taxable": False,
    "bank": "110",
    "account_number": "00123456789",
    "account_holder": "Ibu Contoh",
}


def vendor_in(app: Leuit, state: str, nib: str = "") -> Vendor:
    """A vendor in a state, with one paper."""
    packed = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(packed, "PNG")
    file = store_file(app, packed.getvalue(), "image/png", "nib.png")
    with app.change(SYSTEM) as work:
        vendor = Vendor(
            state=state,
            name=SAID["name"],
            pending={} if state == ACTIVE else dict(SAID),
            created_at=work.now,
            submitted_at=work.now,
            round=1,
        )
        if state == ACTIVE:
            for name, value in SAID.items():
                setattr(vendor, name, value)
            vendor.nib, vendor.npwp, vendor.verified_at = nib, None, work.now
        work.session.add(vendor)
        work.session.flush()
        work.session.add(
            VendorDocument(
                vendor_id=vendor.id,
                kind="nib",
                sha256=register_file(work, file),
                file_name=file.name,
                media_type=file.media_type,
                size=file.size,
                added_at=work.now,
            )
        )
        work.session.flush()
        work.audit("ecatalog.vendor.registered", RecordRef("ecatalog.vendor", str(vendor.id)))
        work.session.refresh(vendor)
        work.session.expunge(vendor)
        return vendor


def sanction_of(app: Leuit, vendor: Vendor, person_id: UUID) -> Sanction:
    """A sanction without a file, under the edition of the example."""
    today = local_day(app.clock.now(), app.zone)
    with app.change(SYSTEM) as work:
        draft = Draft(
            "Contoh: sanksi penyedia",
            "Perpres 16/2018 Pasal 80",
            "primary",
            dt.date(2026, 1, 1),
            KIND.unstructure(EXAMPLE),
        )
        sanction = Sanction(
            vendor_id=vendor.id,
            kind="pesanan",
            edition_id=seed_edition(work, NAME, draft),
            decree="027/1-UKPBJ/2026",
            reason="Tidak mengirim barang.",
            since=today,
            until=today + dt.timedelta(days=90),
            recorded_by=person_id,
            recorded_at=work.now,
        )
        work.session.add(sanction)
        work.session.flush()
        work.audit("ecatalog.vendor.sanctioned", RecordRef("ecatalog.vendor", str(vendor.id)))
        work.session.refresh(sanction)
        work.session.expunge(sanction)
        return sanction


def act_for(app: Leuit, who: Identity, vendor: Vendor) -> None:
    """From now on the account acts for the vendor."""
    with app.change(SYSTEM) as work:
        work.session.add(
            VendorMember(account_id=who.account_id, vendor_id=vendor.id, since=work.now)
        )
        work.audit("ecatalog.vendor.registered", RecordRef("ecatalog.vendor", str(vendor.id)))


def shown(app: Leuit, who: Identity, person_id: UUID) -> dict[str, str]:
    """What the pages of vendors show: an own draft, one that waits, one under a sanction."""
    act_for(app, who, vendor_in(app, DRAFT))
    active = vendor_in(app, ACTIVE, "9999658697915")
    return {
        "waiting_vendor": str(vendor_in(app, WAITING).id),
        "vendor_id": str(active.id),
        "sanction_id": str(sanction_of(app, active, person_id).id),
    }


def examples(region: Region) -> dict[str, Example]:
    """The desk is the caller's from outside alone; the manager holds his rights on the root."""
    app = region.app
    own, waiting = vendor_in(app, DRAFT), vendor_in(app, WAITING)
    active = vendor_in(app, ACTIVE, "9999658697915")
    sanction = sanction_of(app, active, region.person)
    act_for(app, region.outsider, own)
    shop = "/ecatalog/shop"
    nothing = {"version": "1"}
    kind = {"kind": "nib"}
    other = Example(params={"document_id": new_id()}, private=True)
    one, given = "/ecatalog/vendors/{vendor_id}", {"vendor_id": waiting.id}
    held = {"vendor_id": active.id}
    it, named = "/ecatalog/sanctions/{sanction_id}", {"sanction_id": sanction.id}
    return {
        "GET /api/ecatalog/v1/vendors": Example(),
        "GET /api/ecatalog/v1/vendors/{vendor_id:uuid}": Example(params=held),
        "GET /ecatalog/register": Example(),
        "POST /ecatalog/register": Example(form={"login": "x"}),
        f"GET {shop}": Example(),
        **{
            f"{method} {shop}/{part}": Example(form=nothing)
            for method in ("GET", "POST")
            for part in ("identity", "scale", "contact", "account", "review")
        },
        f"GET {shop}/papers": Example(),
        f"GET {shop}/papers/{{kind}}": Example(params=kind),
        f"POST {shop}/papers/{{kind}}": Example(params=kind, form=nothing),
        f"GET {shop}/papers/files/{{document_id}}": other,
        f"POST {shop}/papers/files/{{document_id}}/remove": Example(
            params={"document_id": new_id()}, form={"version": str(own.version)}, private=True
        ),
        f"POST {shop}/withdraw": Example(form=nothing),
        f"POST {shop}/drop": Example(form=nothing),
        "GET /ecatalog/vendors": Example(unit=ROOT),
        f"GET {one}": Example(params=given, unit=ROOT),
        f"GET {one}/public": Example(params=held),
        f"GET {one}/papers/{{document_id}}": Example(
            params={**given, "document_id": new_id()}, private=True
        ),
        f"GET {one}/verify": Example(params=given, unit=ROOT),
        f"POST {one}/verify": Example(
            params=given, form={"version": str(waiting.version)}, unit=ROOT
        ),
        f"GET {one}/turn": Example(params=held, unit=ROOT),
        f"POST {one}/turn": Example(params=held, form=nothing, unit=ROOT),
        f"GET {one}/sanctions": Example(params=held, unit=ROOT),
        f"GET {one}/sanctions/record": Example(params=held, query={"kind": "palsu"}, unit=ROOT),
        f"POST {one}/sanctions/record": Example(params=held, form={"kind": "palsu"}, unit=ROOT),
        f"GET {it}": Example(params=named, unit=ROOT),
        f"GET {it}/file": Example(params=named, private=True),
        f"GET {it}/lift": Example(params=named, unit=ROOT),
        f"POST {it}/lift": Example(params=named, form=nothing, unit=ROOT),
    }
