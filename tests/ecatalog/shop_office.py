"""A regency with a manager of the catalogue, and vendors that register themselves.

    manager    holds `ecatalog.manager` for the whole region
    reader     holds `ecatalog.reader` for the whole region
    local      holds `ecatalog.manager` on one unit only
    plain      staff without a role here

Everything goes by the functions that pages use. Numbers are those of the sample data.
"""

import datetime as dt
import functools
import io
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import attrs
from PIL import Image

from leuit.builtin.organisation import grant_role, open_outside_account, outsider
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import ANONYMOUS, SYSTEM, Identity, hash_password
from leuit.values import RecordRef
from leuit.work import Leuit, StoredFile, store_file
from leuit_ecatalog.models import District, Sanction, Vendor, VendorMember
from leuit_ecatalog.rules.legal_forms import missing_papers
from leuit_ecatalog.rules.sanctions import EXAMPLE
from leuit_ecatalog.rules.vendor_checks import ACCEPT, Finding
from leuit_ecatalog.service.answers import save_answers, save_contact
from leuit_ecatalog.service.registering import begin_vendor
from leuit_ecatalog.service.sanction_rules import KIND, NAME
from leuit_ecatalog.service.sanctions import Decided, record_sanction
from leuit_ecatalog.service.submitting import submit
from leuit_ecatalog.service.vendor_papers import Paper, add_paper, papers_by_kind
from leuit_ecatalog.service.verifying import Verification, asked_fields, verify
from tests.core.organisation.office import Office, open_office

ROOT = "36.02"
PASSWORD = "gula aren dari Sobang"
SOBANG, BAYAH = "36.02.22", "36.02.03"
AREN: Mapping[str, Any] = {
    "name": "UD Contoh Aren Sobang",
    "legal_form": "UD",
    "nib": "9999829348964",
    "npwp": "0904858636000000",
    "kbli": "10721",
    "scale": "mikro",
    "taxable": False,
    "bank": "110",
    "account_number": "0012 3456 789",
    "account_holder": "Ibu Contoh",
}
KERTAS: Mapping[str, Any] = {
    **AREN,
    "name": "PT Contoh Kertas Prima Lebak",
    "legal_form": "PT",
    "nib": "9999928281131",
    "npwp": "0017455346000000",
    "scale": "menengah",
    "taxable": True,
}
BATIK: Mapping[str, Any] = {
    **AREN,
    "name": "Rumah Batik Contoh Bojongmanik",
    "legal_form": "perorangan",
    "nib": "9999805442670",
    "npwp": "3602990103859907",
}
CONTACT: Mapping[str, Any] = {
    "address": "Kampung Contoh RT 01 RW 02, Desa Contoh",
    "district": SOBANG,
    "phone": "0812 9999 0001",
    "email": "aren@contoh.id",
    "about": "Gula aren cetak dan semut.",
}


@attrs.frozen
class ShopOffice:
    """The installation, the people of the regency, and the vendors by their identities."""

    app: Leuit
    office: Office
    manager: Identity
    reader: Identity
    local: Identity
    plain: Identity

    def open(self, login: str, name: str = "Usaha Contoh") -> Identity:
        """An account from outside with its vendor as a draft, as registering leaves them."""
        with self.app.change(ANONYMOUS) as work:
            account = open_outside_account(work, login, "Ibu Contoh", hashed())
            begin_vendor(work, account, name)
            return outsider(account)

    def vendor(self, who: Identity) -> Vendor:
        """The vendor of an account, as it stands."""
        with self.app.read(SYSTEM) as view:
            member = view.session.get_one(VendorMember, who.account_id)
            vendor = view.session.get_one(Vendor, member.vendor_id)
            view.session.expunge(vendor)
            return vendor

    def version(self, who: Identity) -> int:
        """The version that a page of the vendor would carry."""
        return self.vendor(who).version

    def fill(self, who: Identity, answers: Mapping[str, Any] = AREN) -> None:
        """Answer everything and bring every paper that is asked for."""
        with self.app.change(who) as work:
            version = save_answers(work, self.version(who), answers).version
            save_contact(work, version, CONTACT)
        self.bring_papers(who, str(answers["legal_form"]))

    def bring_papers(self, who: Identity, form: str) -> None:
        """Bring each required paper that is not there."""
        file = picture(self.app)
        with self.app.change(who) as work:
            vendor = work.session.get_one(Vendor, self.vendor(who).id)
            for kind in missing_papers(form, set(papers_by_kind(work, vendor))):
                add_paper(work, vendor.version, Paper(kind.code, f"No. {kind.code}"), file)
                work.session.flush()

    def send(self, who: Identity) -> None:
        """Send for verification."""
        with self.app.change(who) as work:
            submit(work, self.version(who))

    def judge(
        self, who: Identity, outcome: str = ACCEPT, note: str = "", **wrong: tuple[str, str]
    ) -> None:
        """Verify as the manager; `wrong` gives reason and note of what is not right."""
        vendor_id = self.vendor(who).id
        with self.app.change(self.manager) as work:
            vendor = work.session.get_one(Vendor, vendor_id)
            findings = [
                Finding(field, *wrong.get(field.replace("paper.", "paper_"), ("", "")))
                for field in asked_fields(work, vendor)
            ]
            verify(work, vendor_id, vendor.version, Verification(tuple(findings), outcome, note))

    def active(self, login: str, answers: Mapping[str, Any] = AREN) -> Identity:
        """A vendor that was verified."""
        who = self.open(login)
        self.fill(who, answers)
        self.send(who)
        self.judge(who)
        return who

    def sanction(
        self, who: Identity, kind: str, since: dt.date, until: dt.date | None = None
    ) -> UUID:
        """Record a sanction."""
        file = picture(self.app)
        vendor = self.vendor(who)
        with self.app.change(self.manager) as work:
            decided = Decided(kind, "027/1-UKPBJ/2026", "Tidak mengirim barang.", since, until)
            made: Sanction = record_sanction(work, vendor.id, vendor.version, decided, file)
            return made.id


def shop_office(app: Leuit) -> ShopOffice:
    """The office with its districts and the edition of sanctions since 2026."""
    office = open_office(app)
    with app.change(SYSTEM) as work:
        for number, role, unit in (
            (6, "ecatalog.manager", ROOT),
            (4, "ecatalog.reader", ROOT),
            (3, "ecatalog.manager", "DIN.B"),
        ):
            grant_role(
                work,
                role,
                office.unit(unit),
                account_id=office.account(office.nip(number)),
                valid_from=dt.date(2026, 1, 1),
            )
        for code, name in ((SOBANG, "Sobang"), (BAYAH, "Bayah")):
            work.session.add(District(code=code, name=name))
        work.audit("core.account.created", RecordRef("ecatalog.district", "semua"))
        seed_edition(
            work,
            NAME,
            Draft(
                "Contoh: sanksi penyedia",
                "Perpres 16/2018 Pasal 80",
                "primary",
                dt.date(2026, 1, 1),
                KIND.unstructure(EXAMPLE),
            ),
        )
    who = {number: office.staff(number) for number in (3, 4, 5, 6)}
    return ShopOffice(app, office, who[6], who[4], who[3], who[5])


@functools.cache
def hashed() -> str:
    """The password's hash, made once: argon2 is slow by design."""
    return hash_password(PASSWORD)


@functools.cache
def png(width: int = 40, height: int = 30) -> bytes:
    """A picture."""
    packed = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(packed, "PNG")
    return packed.getvalue()


@functools.cache
def jpeg(width: int = 40, height: int = 30) -> bytes:
    """A photograph."""
    packed = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(packed, "JPEG")
    return packed.getvalue()


def picture(app: Leuit) -> StoredFile:
    """A picture that lies in the store."""
    return store_file(app, png(), "image/png", "foto.png")
