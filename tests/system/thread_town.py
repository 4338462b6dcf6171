"""The region of the thread: an office that buys and pays, a vendor with a phone, keys to sign with.

Any of its neighbours may be absent: the installation then has no such plugin at all.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.builtin import BUILTINS
from leuit.builtin.documents import FOOTER
from leuit.builtin.organisation import set_password
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM, Grant, Identity, Person
from leuit.plugins import Host, load
from leuit.plugins.discovery import discover
from leuit.settings import Settings
from leuit.testing import cast
from leuit.values import local_time
from leuit.work import Leuit, Worker
from leuit_ecatalog.models import RupPackage, Vendor
from leuit_esign.providers import Secret
from leuit_esign.service.acting import sign_step
from leuit_esign.service.keys import add_key
from leuit_esign.service.tasks import my_turns
from leuit_esign.service.trust import TRUST
from leuit_esign.test_pki import Authority
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Paper, PaymentClaim
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.service.claim_desk import take_claim
from leuit_sp2d.service.evidence import add_evidence, store_evidence
from leuit_sp2d.service.instructions import instructions_of
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.statements import read_bank_statement
from tests.ecatalog import buying_office as desk
from tests.ecatalog.buying_office import PPK, Office, office_in, package, person
from tests.ecatalog.ordering import BANK
from tests.esign.letters import PASSPHRASE
from tests.sp2d import treasury as chest

MANAGER = "pengelola"
PASSWORD = "beras-merah-2026"
NEIGHBOURS = ("esign", "sp2d", "archives")
"""Services that the catalogue works with, and without."""


@attrs.frozen
class Town:
    """Everybody of the thread, by what they are in it."""

    app: Leuit
    host: Host
    office: Office
    money: chest.Treasury | None
    manager: Identity
    plan: RupPackage
    today: dt.date

    def has(self, neighbour: str) -> bool:
        """Whether a neighbour is there."""
        return self.host.state(neighbour).state == "active"

    def who(self, name: str) -> Identity:
        """Somebody by his role in buying; the treasurer of a payment is that of the SP2D too."""
        return self.manager if name == MANAGER else self.office.people[name]

    def work_off(self) -> None:
        """Do every job that waits."""
        Worker(self.app, name="test").run_pending(raise_errors=True)

    def waiting_for(self, who: Identity) -> list[UUID]:
        """The documents that wait for somebody's signature."""
        self.work_off()
        with self.app.read(who) as view:
            found = [one.document_id for one in my_turns(view, 10)]
        assert found
        return found

    def sign_as(self, who: Identity) -> None:
        """Somebody signs all that waits for his signature, away from the browser's own thread."""
        waiting = self.waiting_for(who)
        with ThreadPoolExecutor(1) as elsewhere:
            for document_id in waiting:
                elsewhere.submit(sign_step, self.app, who, document_id, Secret(PASSPHRASE)).result()
        self.work_off()


def without(settings: Settings, gone: str) -> Host:
    """The host of an installation without a plugin; of all of them for an empty word."""
    return load(settings, BUILTINS, found=[one for one in discover() if one.name != gone])


def settle(
    app: Leuit,
    host: Host,
    authority: Authority,
    change: Callable[[Any, str, Any], None],
) -> Town:
    """People, rules, money and keys of today; `change` sets a value until the test is over."""
    today = local_time(app.clock.now(), app.zone).date()
    change(chest, "YEAR", today.year)
    change(desk, "YEAR", today.year)
    money = None
    if host.state("sp2d").state == "active":
        money = chest.treasury(app)
        unit, sibling, stranger = money.unit, money.sibling, money.stranger
    else:
        made = cast(app)
        unit, sibling, stranger = made.unit, made.sibling, made.other_head
    office = office_in(app, unit, sibling, stranger)
    with app.change(SYSTEM) as work:
        root = work.session.scalars(
            select(Grant.unit_id).where(Grant.role == "core.administrator").limit(1)
        ).one()
        manager = person(work, "Pengelola Contoh", root, "ecatalog.manager")
        vendor = work.session.get_one(Vendor, office.shop.vendor)
        for name, value in BANK.items():
            setattr(vendor, name, value)
        desk.told(work)
    town = Town(
        app,
        host,
        office,
        money,
        manager,
        package(
            office,
            20_000_000,
            account_code=chest.ACCOUNT,
            announced_on=dt.date(today.year, 1, 5),
            year=today.year,
        ),
        today,
    )
    if town.has("esign"):
        _give_keys(town, authority)
        account_id = office.people[PPK].account_id
        assert account_id is not None
        set_password(app, SYSTEM, account_id, PASSWORD)
    return town


def pay(town: Town) -> str:
    """The claim is taken up, requested, ordered, tested, and paid by the bank; the SP2D's number.

    By the services of payments, whose pages have walks of their own.
    """
    money = town.money
    assert money is not None
    app = town.app
    town.work_off()
    with app.read(SYSTEM) as view:
        claim = view.session.scalars(select(PaymentClaim)).one()
        assert claim.amount is not None
        kept = {one["item"] for one in claim.evidence}
        form = chest.claim(
            money,
            claim.amount,
            year=town.today.year,
            purpose=claim.purpose,
            basis=claim.basis,
            payee=claim.payee,
            bank=claim.bank,
            account=claim.account,
            holder=claim.holder,
            npwp=claim.npwp,
            invoice="INV-1",
            invoice_date=town.today,
        )
    with app.change(money.people[DRAFT]) as work:
        payment_id = take_claim(work, claim.id, claim.version, form).id
    for item in EXAMPLE.items_of("LS_BJ"):
        if item.required and item.code not in kept:
            file = store_evidence(app, f"{item.code}.pdf", chest.PDF + item.code.encode())
            with app.change(money.people[DRAFT]) as work:
                add_evidence(work, payment_id, item.code, file)
    signers: Mapping[str, tuple[str, ...]] = {SPP: (DRAFT, SPP), SPM: (SPM, SPM), SP2D: (SP2D,)}
    for key in (DRAFT, SPP, VERIFY, SPM, TEST, SP2D):
        chest.step(money, payment_id, key)
        for signer in signers.get(key, ()):
            if town.has("esign"):
                town.sign_as(money.people[signer])
    return _banked(town, money, payment_id)


def _banked(town: Town, money: chest.Treasury, payment_id: UUID) -> str:
    """The file of orders goes to the bank, whose statement comes back: paid."""
    app, delegate = town.app, money.people[SP2D]
    with app.read(delegate) as view:
        orders = [one.id for one in instructions_of(view, payment_id)]
    batch = send_orders(app, delegate, orders)
    statement = answer_orders(app.blobs.get(batch.sha256), app.clock.now(), opening=1_000_000_000)
    read_bank_statement(app, delegate, "rekening-koran.xml", statement)
    town.work_off()
    with app.read(SYSTEM) as view:
        return view.session.scalars(
            select(Paper.number).where(Paper.payment_id == payment_id, Paper.kind == "SP2D")
        ).one()


def _give_keys(town: Town, authority: Authority) -> None:
    roots = {"roots": [{"name": "Root", "pem": authority.root_pem}]}
    people = {town.office.people[PPK].person_id: "kadis"}
    if town.money is not None:
        people |= {
            town.money.people[DRAFT].person_id: "sekda",
            town.money.people[SPP].person_id: "bupati",
            town.money.people[SPM].person_id: "kadis",
            town.money.people[SP2D].person_id: "sekda",
        }
    with town.app.change(SYSTEM) as work:
        lines = {"lines": ["Ditandatangani secara elektronik dengan sertifikat uji."]}
        for kind, body in ((TRUST, roots), (FOOTER, lines)):
            since = dt.date(2024, 1, 1)
            seed_edition(work, kind, Draft("Uji", "Perbup uji 1/2024", "unverified", since, body))
        for person_id, holder in people.items():
            someone = work.session.get_one(Person, person_id)
            someone.name = authority.holders[holder].name
            add_key(work, someone, authority.pkcs12(holder, PASSPHRASE), Secret(PASSPHRASE))
