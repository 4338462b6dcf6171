"""Vendors of the demonstration: forty invented firms, registered and verified as people do it.

Names, numbers and states are those of `data/vendor_contoh.csv`: every name contains "Contoh", every
NIB begins with 9999. One is under a sanction, one waits for verification; three have accounts that
are listed for everybody. Where an edition of sanctions is missing it is put in force first.
"""

import csv
import datetime as dt
from collections.abc import Iterator, Mapping
from importlib import resources
from pathlib import Path
from uuid import UUID

from sqlalchemy import select

from leuit.builtin.documents import render_pdf
from leuit.builtin.organisation import (
    cast_identity,
    hashed_password,
    open_outside_account,
    outsider,
)
from leuit.builtin.regulations import Draft, enact_edition
from leuit.identity import ANONYMOUS, SYSTEM, Account, Identity
from leuit.plugins import CommandContext, DemoAccount
from leuit.values import _
from leuit.work import Leuit, StoredFile, Work, store_file
from leuit_ecatalog.models import Vendor
from leuit_ecatalog.models.vendors import DRAFT, WAITING
from leuit_ecatalog.rules.legal_forms import missing_papers
from leuit_ecatalog.rules.sanctions import EXAMPLE
from leuit_ecatalog.rules.vendor_checks import ACCEPT, Finding
from leuit_ecatalog.service.answers import save_answers, save_contact
from leuit_ecatalog.service.membership import own_vendor
from leuit_ecatalog.service.registering import begin_vendor
from leuit_ecatalog.service.sanction_rules import KIND, NAME
from leuit_ecatalog.service.sanctions import Decided, record_sanction, sanctions_of
from leuit_ecatalog.service.submitting import submit
from leuit_ecatalog.service.vendor_papers import Paper, add_paper
from leuit_ecatalog.service.verifying import Verification, asked_fields, verify

from .people import ACCOUNT, PASSWORD, manager_of

LOGINS: Mapping[str, str] = {
    "V001": "aren@contoh.id",
    "V021": "komputer@contoh.id",
    "V040": "jasa@contoh.id",
}
_TITLES = {
    "V001": _("Penyedia aktif: UD Contoh Aren Sobang"),
    "V021": _("Penyedia aktif: CV Contoh Komputer Multatuli"),
    "V040": _("Penyedia yang menunggu verifikasi"),
}
_KBLI: Mapping[str, tuple[str, ...]] = {
    "01": ("10721", "47111"),
    "02": ("47611",),
    "03": ("47411",),
    "04": ("56210",),
    "05": ("47521",),
    "06": ("46691",),
    "07": ("81290",),
    "08": ("18111",),
    "09": ("46633",),
    "10": ("95110",),
    "11": ("31001",),
    "12": ("46599",),
}
_TEMPLATE = Path(str(resources.files("leuit_ecatalog") / "demo" / "paper.typ"))


def fill_vendors(context: CommandContext) -> list[DemoAccount]:
    """Register the forty once; the manager and three vendors may sign in."""
    app = context.app
    manager = manager_of(context)
    _rules_in_force(app)
    hashed, paper, rows = hashed_password(PASSWORD), _paper(app), list(_rows())
    for number, row in enumerate(rows, 1):
        context.progress(number, len(rows), str(_("Penyedia")))
        _bring(app, manager, row, hashed, paper)
    listed = [DemoAccount(_TITLES[code], login, PASSWORD) for code, login in LOGINS.items()]
    return [ACCOUNT, *listed]


def _rows() -> Iterator[Mapping[str, str]]:
    text = resources.files("leuit_ecatalog").joinpath("data", "vendor_contoh.csv")
    yield from csv.DictReader(text.read_text("utf-8").splitlines())


def _bring(
    app: Leuit, manager: Identity, row: Mapping[str, str], hashed: str, paper: StoredFile
) -> None:
    """One vendor: it registers, answers and sends; the manager verifies and sanctions.

    What was done before is not done again, so that a run that was cut short is continued.
    """
    code = row["vendor_id"]
    login = LOGINS.get(code, f"{code.lower()}@contoh.id")
    who = _registered(app, login, row["name"], hashed)
    with app.read(who) as view:
        vendor = own_vendor(view)
        vendor_id, state = vendor.id, vendor.state
        sanctioned = bool(sanctions_of(view, vendor_id))
    if state == DRAFT:
        with app.change(who) as work:
            _answer(work, row, login, paper, vendor_id)
    if row["state"] == "menunggu_verifikasi":
        return
    if state in (DRAFT, WAITING):
        with app.change(manager) as work:
            vendor = work.session.get_one(Vendor, vendor_id)
            findings = tuple(Finding(field) for field in asked_fields(work, vendor))
            verify(work, vendor_id, vendor.version, Verification(findings, ACCEPT))
    if row["state"] == "ditangguhkan" and not sanctioned:
        with app.change(manager) as work:
            version = work.session.get_one(Vendor, vendor_id).version
            decided = Decided(
                "kontrak",
                "027/118-UKPBJ/2026",
                str(_("Barang tidak dikirim sesuai kontrak katalog setelah dua peringatan.")),
                work.today,
            )
            record_sanction(work, vendor_id, version, decided, paper)


def _registered(app: Leuit, login: str, name: str, hashed: str) -> Identity:
    with app.read(SYSTEM) as view:
        known = view.session.scalars(select(Account).where(Account.login == login)).one_or_none()
    if known is not None:
        return outsider(known)
    with app.change(ANONYMOUS) as work:
        account = open_outside_account(work, login, f"Pemilik {name}"[:120], hashed)
        begin_vendor(work, account, name)
        return outsider(account)


def _answer(
    work: Work, row: Mapping[str, str], login: str, paper: StoredFile, vendor_id: UUID
) -> None:
    groups = dict.fromkeys(code[:2] for code in row["category_codes"].split(";"))
    answers = {
        "name": row["name"],
        "legal_form": row["legal_form"],
        "nib": row["nib"],
        "npwp": row["npwp"],
        "kbli": ", ".join(code for group in groups for code in _KBLI[group]),
        "scale": row["scale"],
        "taxable": row["pkp"] == "ya",
        "bank": "110",
        "account_number": row["nib"][-10:],
        "account_holder": row["name"][:120],
    }
    contact = {
        "address": f"Jalan Contoh Nomor {int(row['vendor_id'][1:])}, {row['kecamatan']}",
        "district": row["kecamatan_code"],
        "phone": f"0800 1{row['nib'][-6:]}",
        "email": login,
        "about": str(_("Usaha contoh di Kecamatan %s.") % row["kecamatan"]),
    }
    vendor = work.session.get_one(Vendor, vendor_id)
    save_answers(work, vendor.version, answers)
    save_contact(work, vendor.version, contact)
    for kind in missing_papers(row["legal_form"], set()):
        number = f"{row['vendor_id']}/{kind.code.upper()}/2026"
        add_paper(work, vendor.version, Paper(kind.code, number), paper)
    submit(work, vendor.version)


def _paper(app: Leuit) -> StoredFile:
    with app.read(SYSTEM) as view:
        now = view.now
    values = {"title": str(_("Dokumen contoh")), "text": str(_("Bukan dokumen sungguhan."))}
    pdf = render_pdf(_TEMPLATE, values, title=values["title"], now=now)
    return store_file(app, pdf, "application/pdf", "dokumen-contoh.pdf")


def _rules_in_force(app: Leuit) -> None:
    with app.read(SYSTEM) as view:
        since = view.today - dt.timedelta(days=365)
    draft = Draft(
        str(_("Contoh: sanksi penyedia katalog")),
        "Perpres 16/2018 Pasal 80",
        "primary",
        since,
        KIND.unstructure(EXAMPLE),
        str(_("Teks 2018; perubahan oleh Perpres 46/2025 belum dibandingkan")),
    )
    enact_edition(
        app,
        NAME,
        draft,
        drafter=cast_identity(app, "personnel"),
        activator=cast_identity(app, "regent"),
    )
