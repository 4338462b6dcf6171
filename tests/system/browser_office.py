"""The installation that the browser walks through: the sample office with its files imported,
people who sign in, and every page of it by an example, on SQLite behind a real socket.

The clock stands at Friday 16 October 2026, 17.30 WIB: the last day of the sample's two weeks.
"""

import contextlib
import datetime as dt
import re
import shutil
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import attrs
import uvicorn
from playwright.sync_api import Browser, ConsoleMessage, Page, Request
from sqlalchemy import select

from leuit.builtin.calendar import propose_year, set_holiday
from leuit.builtin.core import first_administrator
from leuit.builtin.organisation import (
    assign,
    create_account,
    create_position,
    grant_role,
    receive,
    set_password,
)
from leuit.builtin.regulations import Draft, draft_edition, propose
from leuit.identity import DEFINITIF, PLT, SYSTEM, Account, Assignment, Grant, Identity, Person
from leuit.plugins import Host
from leuit.settings import Region, Settings, write_first_settings
from leuit.values import ManualClock, RecordRef, new_paper_code
from leuit.web import build, cookie_name, open_session
from leuit.work import Leuit, View, Work, Worker
from leuit_attendance.data import seed_tables
from leuit_attendance.models import AbsenceRow, Device, ScheduleUse
from leuit_attendance.rules import to_plain
from leuit_attendance.service.attlog_import import import_file, keep_file, put_file
from leuit_attendance.service.figures import DEDUCTIONS
from leuit_attendance.service.sample import PEOPLE, UNIT, found_sample
from leuit_attendance.service.set_aside import note_unknown
from leuit_esign.models import RUNNING, SIGN, Document, Step
from leuit_esign.service.documents import bring
from leuit_esign.service.documents import receive as receive_pdf
from leuit_esign.service.places import add_preset
from leuit_sp2d.models import Deduction, Paper
from leuit_sp2d.rules.chain import TEST
from leuit_sp2d.service.lpj import SpentReceipt
from tests.attendance.recaps.rows import put_document
from tests.esign.letters import letter
from tests.sp2d.float_office import float_claim, paid, written
from tests.sp2d.treasury import YEAR
from tests.support.browser import page_in
from tests.system.access import open_outsider
from tests.system.browser_pages import (
    BOUGHT,
    BOUGHT_PAGES,
    INSTRUMENT,
    INSTRUMENTS,
    LETTERS,
    MODERATED,
    ORDERED_PAGES,
    OWN_PRODUCTS,
    PAGES,
    PAYMENT,
    PAYMENT_PAGES,
    SHOP,
    VENDOR,
    VENDORS,
)
from tests.system.examples import (
    archives,
    archives_ending,
    archives_folders,
    archives_records,
    ecatalog_finding,
    ecatalog_products,
    ecatalog_vendors,
    letters,
    outgoing,
    sp2d,
)
from tests.system.examples.ecatalog_buying import browser_ids
from tests.system.examples.ecatalog_categories import REPORT as ORDER_REPORT
from tests.system.examples.ecatalog_categories import one_category
from tests.system.examples.esign import completed
from tests.system.examples.sp2d_api import asked

SAMPLES = Path(__file__).parents[1] / "attendance" / "samples"
NOW = dt.datetime(2026, 10, 16, 10, 30, tzinfo=dt.UTC)
PASSWORD = "kata-sandi-uji-panjang"
STRANGER = "ASING0001"


@attrs.frozen
class Site:
    """A served installation and who can sign in: `admin`, `second` (also an administrator), `head`
    of the sample office, `member`, PIN 2, and `vendor`, somebody from outside with a firm.
    """

    app: Leuit
    address: str
    admin: Identity
    second: Identity
    head: Identity
    member: Identity
    vendor: Identity
    ids: dict[str, str]

    @contextlib.contextmanager
    def page(
        self,
        browser: Browser,
        who: Identity | None = None,
        *,
        size: tuple[int, int],
        scripts: bool = True,
        dark: bool = False,
    ) -> Iterator[Page]:
        """A page of somebody who is signed in; faults that the browser reports end the block."""
        with page_in(browser, size=size, scripts=scripts, dark=dark, base_url=self.address) as page:
            if who is not None:
                self.enter(page, who)
            faults = listen(page, self.address)
            yield page
            assert not faults, "\n".join(faults)

    def enter(self, page: Page, who: Identity) -> None:
        """Give the browser the session of somebody, without the sign-in page."""
        key, _ends = open_session(self.app, who, own_phone=False, request_id="test")
        page.context.add_cookies(
            [{"name": cookie_name(secure=False), "value": key, "url": self.address}]
        )

    def pages(self) -> dict[str, str]:
        """An address for every page route, by the route's own path."""
        own = {
            "/organisation/import/{import_id}": f"/organisation/import/{self.ids['staff']}",
            "/attendance/units/{code}/recaps": f"/attendance/units/{UNIT}/recaps?month=2026-09",
            "/organisation/roles/new": f"/organisation/roles/new?account={self.ids['account']}",
            "/sp2d/budget/import/report": f"/sp2d/budget/import/report?{self.ids['dpa']}",
            "/sp2d/tpp/import/report": f"/sp2d/tpp/import/report?{self.ids['tpp']}",
            "/sp2d/check/{code}": f"/sp2d/check/{self.ids['code_of_paper']}",
            "/archives/dossiers/{dossier_id}/retention": (
                f"/archives/dossiers/{self.ids['ended']}/retention"
            ),
            "/archives/import/{import_id:uuid}": f"/archives/import/{self.ids['folder']}",
            "/ecatalog/p/{product_id:uuid}": f"/ecatalog/p/{self.ids['shown_product']}",
            ORDER_REPORT: f"{ORDER_REPORT}?{self.ids['order']}",
            "/ecatalog/rup/import/report": f"/ecatalog/rup/import/report?{self.ids['rup']}",
            "/ecatalog/purchases/new": (
                f"/ecatalog/purchases/new?vendor={self.ids['purchase_vendor']}"
            ),
            **{
                f"{BOUGHT}{page}": f"{BOUGHT}{page}".format(
                    purchase_id=self.ids[f"purchase_{state}"], line_id=self.ids["purchase_line"]
                )
                for page, state in BOUGHT_PAGES.items()
            },
            **{
                f"{BOUGHT}{page}": f"{BOUGHT}{page}".format(
                    purchase_id=self.ids[f"order_{step}"],
                    document_id=self.ids["order_document"],
                    delivery_id=self.ids["order_delivery"],
                )
                for page, step in ORDERED_PAGES.items()
            },
            "/archives/holds/new": f"/archives/holds/new?dossier={self.ids['ended']}",
            "/archives/appraisals/decide": (
                f"/archives/appraisals/decide?dossier={self.ids['conditional']}"
            ),
            "/archives/records/place": f"/archives/records/place?record={self.ids['waiting']}:1",
            INSTRUMENT: f"{INSTRUMENTS}/classification?code=000.1",
            f"{INSTRUMENT}/import": f"{INSTRUMENTS}/retention/import",
            f"{INSTRUMENT}/import/report": (
                f"{INSTRUMENTS}/retention/import/report?{self.ids['instrument']}"
            ),
            f"{SHOP}/papers/{{kind}}": f"{SHOP}/papers/nib",
            f"{OWN_PRODUCTS}/import/report": (
                f"{OWN_PRODUCTS}/import/report?{self.ids['products']}"
            ),
            f"{MODERATED}/{{product_id:uuid}}/decide/{{step}}": (
                f"{MODERATED}/{self.ids['product_id']}/decide/frozen"
            ),
            f"{VENDOR}/verify": f"{VENDORS}/{self.ids['waiting_vendor']}/verify",
            f"{VENDOR}/sanctions/record": (
                f"{VENDORS}/{self.ids['vendor_id']}/sanctions/record?kind=palsu"
            ),
            f"{LETTERS}/waiting/{{name}}": f"{LETTERS}/waiting/unsettled",
            **{
                f"{PAYMENT}/{page}": f"/sp2d/payments/{self.ids[state]}/{page}"
                for page, state in PAYMENT_PAGES.items()
            },
        }
        return {
            path: own.get(path) or re.sub(r"{(\w+)(:\w+)?}", self._filled, path) for path in PAGES
        }

    def run_jobs(self) -> None:
        """Do every job that waits."""
        Worker(self.app, name="test").run_pending(raise_errors=True)

    def _filled(self, found: re.Match[str]) -> str:
        return self.ids[found[1]]


@contextlib.contextmanager
def site(folder: Path, template: Path, host: Host) -> Iterator[Site]:
    """The office of this module, served on a free port until the block ends."""
    shutil.copyfile(template, folder / "leuit.db")
    write_first_settings(folder, Region("Kabupaten Lebak", "36.02", "Asia/Jakarta"))
    settings = Settings.load(folder, {"LEUIT_DATABASE": f"sqlite:///{folder / 'leuit.db'}"})
    patient = attrs.evolve(
        settings.server, card_milliseconds=9000, inbox_milliseconds=9000, count_milliseconds=9000
    )
    settings = attrs.evolve(settings, server=patient)
    app = Leuit(settings, host.vocabulary, clock=ManualClock(NOW))
    try:
        people, ids = _found(app)
        with served(app, host) as address:
            yield Site(app, address, ids=ids, **people)
    finally:
        app.close()


@contextlib.contextmanager
def served(app: Leuit, host: Host) -> Iterator[str]:
    """The address of the application while the block runs; jobs wait until a test does them."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(build(app, host), log_config=None, access_log=False, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()


def listen(page: Page, address: str) -> list[str]:
    """A list that fills with console errors, script errors, CSP violations and foreign requests."""
    faults: list[str] = []

    def said(message: ConsoleMessage) -> None:
        # A page of a refusal is an answer like any other; the browser reports its status.
        if message.type == "error" and "status of 4" not in message.text:
            faults.append(f"{page.url}: console: {message.text}")

    def asked(request: Request) -> None:
        if not request.url.startswith((address, "data:")):
            faults.append(f"{page.url}: asks {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: faults.append(f"{page.url}: script: {error}"))
    page.on("request", asked)
    return faults


def _found(app: Leuit) -> tuple[dict[str, Identity], dict[str, str]]:
    first_administrator(app, "admin", PASSWORD)
    with app.change(SYSTEM) as work:
        office = found_sample(work)
        post = create_position(work, office.unit.id, "Kepala Kantor Contoh", is_head=True)
        head, member = office.people["1001"], office.people["2"]
        holding = work.session.scalars(select(Assignment).where(Assignment.person_id == head)).one()
        holding.valid_to = dt.date(2026, 10, 2)
        work.session.flush()
        assign(work, head, post.id, DEFINITIF, dt.date(2026, 10, 2))
        work.session.add(
            Grant(
                role="core.administrator",
                unit_id=_root(work),
                account_id=_plain_account(work, "kepegawaian"),
                valid_from=dt.date(2026, 1, 1),
            )
        )
        create_account(work, head)
        grant_role(
            work,
            "ecatalog.buyer",
            office.unit.id,
            account_id=create_account(work, member).id,
            valid_from=dt.date(2026, 1, 1),
        )
        note_unknown(work, STRANGER, "192.0.2.7")
        set_holiday(
            work,
            dt.date(2026, 10, 26),
            kind="libur",
            title="Hari libur contoh",
            legal_basis="Contoh",
        )
    for name in ("1_attlog.dat", "3602099000001_attlog.dat"):
        import_file(app, SYSTEM, (SAMPLES / name).read_bytes(), name)
    people = {
        "admin": _identity(app, "admin"),
        "second": _identity(app, "kepegawaian"),
        "head": _identity(app, PEOPLE[-1].nip),
        "member": _identity(app, PEOPLE[1].nip),
    }
    set_password(app, people["admin"], _account(app, PEOPLE[1].nip).id, PASSWORD)
    people["vendor"] = open_outsider(app)
    ids = _examples(app, people["admin"], office.unit.id, member)
    ids |= ecatalog_vendors.shown(app, people["vendor"], head)
    ids |= _products(app, people["vendor"])
    ids["shown_product"] = str(ecatalog_finding.one_product(app))
    ids["document_id"] = _document(app, people["member"])
    account_id = people["admin"].account_id
    assert account_id is not None
    ids["folder"] = str(archives_folders.tried_folder(app, account_id, office.unit.id))
    category_id, sha256 = one_category(app)
    ids["category_id"] = str(category_id)
    ids["order"] = urlencode({"kind": "categories", "file": sha256, "name": "kategori.csv"})
    _waiting(app, people["member"], people["head"])
    ids["recap_id"] = str(_recap(app, office.unit.id))
    ids["document_code"] = completed(app, people["member"])
    ids |= browser_ids(app, office.unit.id, people["member"])
    ids |= _payments(app, people["admin"], people["member"], office.unit.id)
    ids |= _letters(app, people["member"], people["head"], office.unit.id)
    ids |= _letters_out(app, people["head"], office.unit.id, post.id)
    Worker(app, name="test").run_pending(raise_errors=True)
    return people, ids


def _examples(app: Leuit, admin: Identity, unit: UUID, member: UUID) -> dict[str, str]:
    upload = put_file(app, (SAMPLES / "1_attlog.dat").read_bytes(), "1_attlog.dat")
    staff = "nip,name,unit_code,position\n198001012005011001,Orang Baru,CONTOH,Pelaksana\nx,,,\n"
    staff_import = receive(app, admin, "staff", "pegawai.csv", staff.encode())
    table = seed_tables()["tpp_umum"]
    with app.change(admin) as work:
        device = work.session.scalars(select(Device).where(Device.usb_id == "1")).one()
        kept = keep_file(work, device, upload)
        propose_year(work, 2027)
        draft = Draft(
            title="Potongan 2027",
            legal_basis="Perbup contoh 1/2026 Pasal 4",
            confidence="unverified",
            effective_from=dt.date(2027, 1, 1),
            body=to_plain(table),
        )
        draft_edition(work, DEDUCTIONS, draft)
        other = draft_edition(work, DEDUCTIONS, attrs.evolve(draft, title="Potongan, diajukan"))
        propose(work, other.id, other.version)
        absence = work.session.scalars(select(AbsenceRow.id)).first()
        use = work.session.scalars(select(ScheduleUse.id)).first()
        grant = work.session.scalars(select(Grant.id)).first()
        assignment = work.session.scalars(
            select(Assignment.id).where(Assignment.person_id == member)
        ).one()
    found = {
        "unit_id": unit,
        "person_id": member,
        "assignment_id": assignment,
        "grant_id": grant,
        "absence_id": absence,
        "use_id": use,
        "device_id": device.id,
        "import_id": kept.id,
        "staff": staff_import,
        "account": admin.account_id,
        "edition_id": other.id,
        "day": "2026-10-26",
        "date": "2026-10-13",
        "code": UNIT,
        "serial": STRANGER,
    }
    return {name: str(value) for name, value in found.items()}


def _document(app: Leuit, owner: Identity) -> str:
    received = receive_pdf(app, letter("Surat undangan", pages=2), "surat.pdf")
    with app.change(owner) as work:
        document = bring(work, "Surat undangan rapat", received)
    with app.change(owner) as work:
        add_preset(work, document.id, 1, "bottom_right", 1)
    return str(document.id)


def _waiting(app: Leuit, signer: Identity, maker: Identity) -> None:
    """Letters in every group of the inbox that wait for somebody, for the pages that show them."""
    assert maker.person_id is not None
    with app.change(SYSTEM) as work:
        sha256 = work.session.scalars(select(Document.pdf_sha256)).first()
        assert sha256 is not None
        post = work.session.scalars(
            select(Assignment.position_id).where(Assignment.person_id == signer.person_id)
        ).first()
        for number, hours in enumerate((-30, 2, 40, 400, None)):
            document = Document(
                code=new_paper_code(),
                title=f"Keputusan contoh nomor {number + 1} tentang pembentukan tim kerja",
                owner_id=maker.person_id,
                state=RUNNING,
                source_sha256=sha256,
                pdf_sha256=sha256,
                sheets=[],
                started_at=NOW,
                due_at=None if hours is None else NOW + dt.timedelta(hours=hours),
                created_at=NOW,
            )
            work.session.add(document)
            work.session.flush()
            work.session.add(
                Step(
                    document_id=document.id,
                    number=1,
                    kind=SIGN,
                    position_id=post,
                    title="Pelaksana",
                    state="open",
                    opened_at=NOW,
                    reminded_at=NOW if number == 2 else None,
                )
            )
        work.audit("esign.document.started", RecordRef("esign.document", "contoh", "contoh"))


def _recap(app: Leuit, unit: UUID) -> UUID:
    """A version that was signed, and a later one that the head refused to sign."""
    september = dt.date(2026, 9, 1)
    put_document(app, unit, september, state="signed", signed_on=dt.date(2026, 10, 2))
    reason = "Nama seorang pegawai keliru; perbaiki dahulu"
    ended: dict[str, Any] = {"state": "ended", "outcome": "refused", "reason": reason}
    return put_document(app, unit, september, number=2, signed_sha256=None, **ended)


def _payments(app: Leuit, admin: Identity, stranger: Identity, unit: UUID) -> dict[str, str]:
    """Payments in each state; the usual page is that of one which waits for a checklist."""
    with app.read(SYSTEM) as view:
        root = _root(view)
    archives.in_force(app)
    treasury = sp2d.founded(app, unit, root, stranger, admin)
    paid(treasury, float_claim(treasury))
    lpj = written(treasury, SpentReceipt(treasury.line, 50_000, "KW-01", dt.date(2026, 10, 16)))
    made = sp2d.in_each_state(treasury)
    found = {state: str(payment_id) for state, payment_id in made.by_state.items()}
    return found | {
        "payment_id": found[TEST],
        "kind": "spm",
        "line_id": str(treasury.line),
        "spd_id": str(made.spd),
        "year": str(YEAR),
        "dpa": urlencode(sp2d.asked_report(app, unit)),
        "tpp": urlencode(sp2d.asked_bases(app)),
        "instrument": urlencode(archives.asked_report(app)),
        "lpj_id": str(lpj.id),
        **_records(app, unit),
        **_desks(app, unit, made.by_state[TEST]),
    }


def _records(app: Leuit, unit: UUID) -> dict[str, str]:
    """A record that waits, and one in its dossier."""
    found = archives_records.handed(app, unit, dt.date(2026, 10, 16))
    ended = archives_ending.ended(app, unit, found.dossier)
    return {
        "ended": str(ended.dossier),
        "hold_id": str(ended.hold),
        "transfer_id": str(ended.transfer),
        "disposal_id": str(ended.disposal),
        "appraisal_id": str(ended.appraisal),
        "reapplication_id": str(ended.reapplication),
        "conditional": str(ended.conditional),
        "waiting": str(found.waiting),
        "record_id": str(found.filed),
        "dossier_id": str(found.dossier),
    }


def _desks(app: Leuit, unit: UUID, payment_id: UUID) -> dict[str, str]:
    """A claim on the desk, a deduction, and the code of a paper."""
    with app.change(SYSTEM) as work:
        claim = asked(work, unit)
        work.session.add(claim)
        work.session.flush()
        work.audit("sp2d.claim.handed_in", RecordRef("sp2d.claim", str(claim.id)))
        cut = work.session.scalars(
            select(Deduction.id).where(Deduction.payment_id == payment_id).limit(1)
        ).one()
        code = work.session.scalars(
            select(Paper.code).where(Paper.payment_id == payment_id).limit(1)
        ).one()
        return {"claim_id": str(claim.id), "deduction_id": str(cut), "code_of_paper": code}


def _letters(app: Leuit, clerk: Identity, head: Identity, unit: UUID) -> dict[str, str]:
    """A letter that the head has told a post of, and a file that the clerk has not written down."""
    letters.levels_in_force(app)
    with app.change(SYSTEM) as work:
        post = create_position(work, unit, "Analis Contoh").id
        account_id = clerk.account_id
        grant_role(work, "archives.registrar", unit, account_id=account_id, valid_from=work.today)
        assert clerk.person_id is not None
        assign(work, clerk.person_id, post, PLT, work.today, work.today + dt.timedelta(days=60))
    made = letters.brought(app, clerk, unit, "Kepala Kantor Contoh", post, head)
    return {"letter_id": str(made.letter_id), "file_id": str(made.file_id)}


def _products(app: Leuit, vendor: Identity) -> dict[str, str]:
    """A product on display of the vendor's firm, and a file of products."""
    made = ecatalog_products.offered(app, vendor)
    return {
        "product_id": str(made.product),
        "variant_id": str(made.variant),
        "products": urlencode({"file": made.sha256, "name": "produk.csv"}),
    }


def _letters_out(app: Leuit, head: Identity, unit: UUID, post: UUID) -> dict[str, str]:
    """A draft in two versions with a file, and numbers set aside, by the head of the office."""
    outgoing.in_force(app)
    with app.change(SYSTEM) as work:
        since = dt.date(2026, 1, 1)
        role = Grant(
            role="archives.registrar", unit_id=unit, account_id=head.account_id, valid_from=since
        )
        work.session.add(role)
        work.audit("core.grant.given", RecordRef("core.grant", "contoh", "contoh"))
    made = outgoing.written(app, head, unit, post)
    return {"outgoing_id": made["outgoing_id"]} | outgoing.set_aside(app, head, unit)


def _root(view: View) -> UUID:
    found: UUID = view.session.scalars(select(Grant.unit_id).limit(1)).one()
    return found


def _plain_account(work: Work, login: str) -> UUID:
    account = Account(login=login, created_at=work.now)
    work.session.add(account)
    work.session.flush()
    work.audit("core.account.created", RecordRef("core.account", str(account.id), login))
    return account.id


def _account(app: Leuit, login: str) -> Account:
    with app.read(SYSTEM) as view:
        return view.session.scalars(select(Account).where(Account.login == login)).one()


def _identity(app: Leuit, login: str) -> Identity:
    account = _account(app, login)
    with app.read(SYSTEM) as view:
        person = view.session.get(Person, account.person_id) if account.person_id else None
    return Identity(
        kind="person",
        name=person.name if person else login,
        account_id=account.id,
        person_id=account.person_id,
        login=login,
    )
