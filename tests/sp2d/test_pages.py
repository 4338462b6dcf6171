"""Pages of payments: a claim is written, its documents attached, and walked to the bank by six."""

import datetime as dt
import functools
import re
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from leuit.identity import SYSTEM, Account, hash_password
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Act, Evidence, Payment
from leuit_sp2d.rules.chain import BANK, DRAFT, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from tests.sp2d.treasury import PDF, Treasury, claim, pockets, state_of, treasury, walked
from tests.support.client import Client

pytestmark = pytest.mark.ci

PASSWORD = "beras-merah-2026"
FIELDS = {
    "kind": "LS_BJ",
    "purpose": "Laptop layanan kecamatan",
    "basis": "Surat Pesanan EP-2026-000118",
    "invoice": "INV/7/2026",
    "invoice_date": "01/10/2026",
    "payee": "CV Contoh Komputer",
    "npwp": "01.234.567.4-901.000",
    "bank": "110",
    "account": "0012344417",
    "holder": "CV CONTOH KOMPUTER",
    "object": "barang",
    "price": "10.000.000",
    "charges_ppn": "ya",
    "amount-0": "Rp11.100.000",
}
ANSWERS = {f"answer-{item.code}": "ok" for item in EXAMPLE.items_of("LS_BJ")}


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury, with a password for everybody."""
    made = treasury(app)
    ids = [person.account_id for person in made.people.values()]
    with app.change(SYSTEM) as work:
        work.connection.execute(
            update(Account).where(Account.id.in_(ids)).values(password_hash=hashed())
        )
        work.audit("core.account.password_set", RecordRef("core.account", "contoh"))
    return made


@functools.cache
def hashed() -> str:
    """The password's hash, made once: argon2 is slow by design."""
    return hash_password(PASSWORD)


def test_six_people_pay_one_bill_by_the_pages(office: Treasury, client: Client) -> None:
    """From the form to the statement of the bank, each by his own page; taxes are worked out."""
    payment_id = written(office, client)
    with office.app.read(SYSTEM) as view:
        payment = view.session.get_one(Payment, payment_id)
        assert (payment.gross, payment.net) == (11_100_000, 9_850_000)  # vector 24
    attached(office, client, payment_id)
    for key in (DRAFT, SPP, VERIFY, SPM, TEST, SP2D):
        answer = act(office, client, payment_id, key)
        assert answer.status_code == 303, answer.text
    assert state_of(office, payment_id) == BANK
    with client.as_(office.people[SP2D]):
        page = client.get("/sp2d/bank").text
        assert "Rp9.850.000" in page
        order = re.findall(r'name="order" value="([^"]+)"', page)
        sent = client.post_form("/sp2d/bank/send", {"order": order, "password": PASSWORD})
        assert sent.status_code == 303
        file = re.findall(r"/sp2d/bank/orders/[0-9a-f-]+", client.get("/sp2d/bank").text)[0]
        orders = client.get(file)
        assert orders.headers["content-type"] == "application/xml"
        statement = answer_orders(
            orders.content, dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC), opening=50_000_000
        )
        for told in ("1 dibayar", "sudah dibaca"):
            read = client.post_form(
                "/sp2d/bank/statements", {}, files={"file": ("rk.xml", statement)}
            )
            assert read.status_code == 303
            assert told in client.get("/sp2d/bank").text
        assert "Rp40.150.000" in client.get("/sp2d/bank").text
    assert state_of(office, payment_id) == "paid"
    with client.as_(office.people[DRAFT]):
        page = client.get(f"/sp2d/payments/{payment_id}").text
        assert "Dibayar" in page
        assert "Sembilan juta delapan ratus lima puluh ribu rupiah" in page
        listed = client.get("/sp2d").text
        assert "Laptop layanan kecamatan" in listed


def test_a_claim_is_refused_with_every_fault_and_nothing_typed_is_lost(
    office: Treasury, client: Client
) -> None:
    """Wrong account, wrong NPWP, an amount in sen, unequal sums: all are told, all text is kept."""
    with client.as_(office.people[DRAFT]):
        faults = {
            "npwp": "123",
            "bank": "999",
            "amount-0": "1,5",
            "invoice_date": "31/11/2026",
            "price": "-5",
        }
        answer = client.post_form("/sp2d/payments/new", fields(office) | faults)
        assert answer.status_code == 422
        for text in (
            "Laptop layanan kecamatan",
            "1,5",
            "31/11/2026",
            "bukan tanggal",
            "rupiah utuh",
        ):
            assert text in answer.text
        unequal = client.post_form("/sp2d/payments/new", fields(office) | {"amount-0": "11000000"})
        assert unequal.status_code == 422
        assert "Rp11.100.000" in unequal.text
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Payment)).all() == []


def test_the_same_form_sent_twice_makes_one_payment(office: Treasury, client: Client) -> None:
    """The key of the form gives the first answer to its second sending."""
    with client.as_(office.people[DRAFT]):
        sent = fields(office) | {"key": form_key(client)}
        first = client.post_form("/sp2d/payments/new", sent)
        second = client.post_form("/sp2d/payments/new", sent)
    assert first.headers["location"] == second.headers["location"]


def test_a_return_tells_why_and_comes_back_mended(office: Treasury, client: Client) -> None:
    """Unfit items become reasons; the PPTK sees them, mends the claim, and it goes round again."""
    payment_id = walked(office, VERIFY)
    with client.as_(office.people[VERIFY]):
        step = step_fields(office, payment_id, VERIFY) | {"answer-kuitansi": "wrong"}
        asked = client.post_form(f"/sp2d/payments/{payment_id}/steps", step | {"do": "return"})
        assert "<legend>Kuitansi</legend>" in asked.text
        empty = client.post_form(f"/sp2d/payments/{payment_id}/return", step)
        assert empty.status_code == 422
        given = {"item-kuitansi": "tidak_lengkap", "itemremark-kuitansi": "tanpa meterai"}
        back = client.post_form(f"/sp2d/payments/{payment_id}/return", step | given)
        assert back.status_code == 303
    with client.as_(office.people[DRAFT]):
        page = client.get(f"/sp2d/payments/{payment_id}").text
        assert "tanpa meterai" in page
        form = client.get(f"/sp2d/payments/{payment_id}/edit")
        assert form.status_code == 200
        assert "Belanja alat tulis kantor" in form.text
        assert "Dikembalikan" in client.get("/tasks").text
    with office.app.read(SYSTEM) as view:
        act_row = view.session.scalars(select(Act).where(Act.what == "returned")).one()
        assert act_row.reasons[0]["item"] == "kuitansi"


@pytest.mark.parametrize("key", [SPM, SP2D])
def test_money_is_bound_with_the_password_only(office: Treasury, client: Client, key: str) -> None:
    """SPM and SP2D ask for the password again; a wrong one moves nothing."""
    payment_id = walked(office, key)
    before = pockets(office, office.line)
    for password in ("", "salah"):
        answer = act(office, client, payment_id, key, password=password)
        assert answer.status_code == 422
    assert pockets(office, office.line) == before


def test_a_step_taken_on_an_old_page_is_told(office: Treasury, client: Client) -> None:
    """Who acts on a page that is no longer true reads so, and nothing happens."""
    payment_id = walked(office, SPP)
    with client.as_(office.people[SPP]):
        answer = client.post_form(
            f"/sp2d/payments/{payment_id}/steps", {"step": SPP, "version": "99"}
        )
    assert answer.status_code == 422
    assert "baru saja diubah" in answer.text


def test_several_sp2d_leave_with_one_password(office: Treasury, client: Client) -> None:
    """Kuasa BUD ticks what shall be issued; one that moved on is refused alone, with its reason."""
    first = walked(office, SP2D)
    second = walked(office, SP2D, claim(office, 5_000_000, invoice="INV/2/2026"))
    with client.as_(office.people[SP2D]):
        page = client.get("/sp2d/release").text
        boxes = re.findall(r'name="payment" value="([^"]+)"', page)
        assert len(boxes) == 2
        wrong = client.post_form("/sp2d/release", {"payment": boxes, "password": "salah"})
        assert wrong.status_code == 422
        twice = client.post_form(
            "/sp2d/release", {"payment": [boxes[0], boxes[0]], "password": PASSWORD}
        )
        assert twice.status_code == 422
        assert "disebut dua kali" in twice.text
        assert (state_of(office, first), state_of(office, second)) == (SP2D, SP2D)
        old = [box.rpartition(":")[0] + ":1" if str(second) in box else box for box in boxes]
        mixed = client.post_form("/sp2d/release", {"payment": old, "password": PASSWORD})
        assert "1 SP2D terbit, 1 tidak" in mixed.text
        assert "baru saja diubah" in mixed.text
        rest = [box for box in boxes if str(second) in box]
        done = client.post_form("/sp2d/release", {"payment": rest, "password": PASSWORD})
        assert done.status_code == 303
    assert (state_of(office, first), state_of(office, second)) == (BANK, BANK)


@pytest.mark.parametrize("path", ["", "/edit", "/evidence/{id}", "/void", "/repeat", "/refund"])
def test_other_units_people_find_nothing(office: Treasury, client: Client, path: str) -> None:
    """A payment of another unit is not there, at every address of it."""
    payment_id = walked(office, BANK)
    with client.as_(office.stranger):
        address = f"/sp2d/payments/{payment_id}" + path.format(id=payment_id)
        assert client.get(address).status_code in (403, 404)


def test_files_are_kept_as_they_came_and_by_what_they_are(office: Treasury, client: Client) -> None:
    """A script named .pdf is refused; a PDF comes back with the same bytes."""
    payment_id = written(office, client)
    with client.as_(office.people[DRAFT]):
        path = f"/sp2d/payments/{payment_id}/evidence"
        wrong = client.post_form(
            path, {"item": "bast"}, files={"file": ("bast.pdf", b"<script>alert(1)</script>")}
        )
        assert wrong.status_code == 422
        right = client.post_form(path, {"item": "bast"}, files={"file": ("bast.pdf", PDF)})
        assert right.status_code == 303
        with office.app.read(SYSTEM) as view:
            evidence = view.session.scalars(select(Evidence)).one()
        assert client.get(f"{path}/{evidence.id}").content == PDF
        assert client.post_form(f"{path}/{evidence.id}/remove", {}).status_code == 303


def test_registers_hold_voided_documents_and_leave_as_files(
    office: Treasury, client: Client
) -> None:
    """The register of SPM shows number, amount and sum; CSV and XLSX carry the same rows."""
    walked(office, TEST)
    with client.as_(office.people[SPM]):
        page = client.get("/sp2d/registers/spm?year=2026").text
        assert "Rp11.100.000" in page
        csv = client.get("/sp2d/registers/spm?format=csv").content.decode("utf-8-sig")
        assert csv.count("\r\n") == 2
        assert "36.02/03.0/000001/LS/" in csv
        assert client.get("/sp2d/registers/spm?format=xlsx").content[:2] == b"PK"
        assert client.get("/sp2d/registers/faktur").status_code == 404


def fields(office: Treasury) -> dict[str, str]:
    """The form of the claim, filled in."""
    return FIELDS | {"unit": str(office.unit), "line-0": str(office.line)}


def form_key(client: Client) -> str:
    """The key of a fresh form."""
    found: str = re.findall(
        r'name="key" value="([^"]+)"', client.get("/sp2d/payments/new?kind=LS_BJ").text
    )[0]
    return found


def written(office: Treasury, client: Client) -> UUID:
    """A claim sent by its form."""
    with client.as_(office.people[DRAFT]):
        answer = client.post_form("/sp2d/payments/new", fields(office) | {"key": form_key(client)})
    assert answer.status_code == 303, answer.text
    return UUID(answer.headers["location"].rpartition("/")[2])


def attached(office: Treasury, client: Client, payment_id: UUID) -> None:
    """All required documents, by the page."""
    with client.as_(office.people[DRAFT]):
        for item in EXAMPLE.items_of("LS_BJ"):
            answer = client.post_form(
                f"/sp2d/payments/{payment_id}/evidence",
                {"item": item.code},
                files={"file": (f"{item.code}.pdf", PDF + item.code.encode())},
            )
            assert answer.status_code == 303


def act(
    office: Treasury, client: Client, payment_id: UUID, key: str, password: str = PASSWORD
) -> Any:
    """A person takes his step by the page."""
    with client.as_(office.people[key]):
        page = client.get(f"/sp2d/payments/{payment_id}")
        assert page.status_code == 200
        return client.post_form(
            f"/sp2d/payments/{payment_id}/steps",
            step_fields(office, payment_id, key) | {"password": password},
        )


def step_fields(office: Treasury, payment_id: UUID, key: str) -> dict[str, str]:
    """What the form of a step sends when everything is as it should be."""
    with office.app.read(SYSTEM) as view:
        version = view.session.get_one(Payment, payment_id).version
    given = {"step": key, "version": str(version), "do": "step"}
    if key in (VERIFY, TEST):
        given |= ANSWERS
    if key == SPM:
        given["statement"] = "ya"
    return given
