"""Pages of floats, LPJs, refills and salaries: each kind asks what it needs, and loses nothing."""

import re
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_sp2d.models import Lpj, LpjEvidence, Payment
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPP, VERIFY
from leuit_sp2d.service.payments import deductions_of, lines_of
from tests.sp2d.float_office import approved, float_claim, paid, receipt, submitted, written
from tests.sp2d.treasury import PDF, Treasury, treasury
from tests.support.client import Client

pytestmark = pytest.mark.ci

NEW = "/sp2d/payments/new"
PAYEE = {
    "payee": "Bendahara Contoh",
    "bank": "110",
    "account": "0077001122",
    "holder": "BENDAHARA CONTOH",
}
SALARY = PAYEE | {
    "kind": "LS_GAJI",
    "purpose": "Gaji induk Oktober",
    "salary_type": "induk",
    "salary_month": "2026-10",
    "salary_run": "1",
    "amount-0": "40.000.000",
}
ROLL = (
    b"kode,nama,nilai,mengurangi\nIWP,Iuran wajib,3200000,ya\nBPJS4,BPJS 4 persen,1600000,tidak\n"
)
WRONG = b"kode,nama,nilai,mengurangi\nIWP,Iuran wajib,1.5,ya\nBPJS4,BPJS,1600000,tidak\n"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


@pytest.fixture
def funded(office: Treasury) -> Treasury:
    """The treasury whose SKPD has received its float."""
    paid(office, float_claim(office))
    return office


def test_the_kind_is_chosen_first_and_decides_what_is_asked(
    office: Treasury, client: Client
) -> None:
    """Without a kind it is asked for; each form has its own fields and no others."""
    with client.as_(office.people[DRAFT]):
        assert "Ganti uang (GU)" in client.get(NEW).text
        assert client.get(f"{NEW}?kind=TU").status_code == 422
        names = {
            kind: set(re.findall(r'name="(\w+)"', client.get(f"{NEW}?kind={kind}").text))
            for kind in ("UP", "GU", "LS_GAJI", "LS_BJ")
        }
    assert {kind for kind, found in names.items() if "amount" in found} == {"UP"}
    assert {kind for kind, found in names.items() if "lpj" in found} == {"GU"}
    assert {kind for kind, found in names.items() if "salary_month" in found} == {"LS_GAJI"}
    assert {kind for kind, found in names.items() if "invoice" in found} == {"LS_BJ"}
    assert all({"payee", "bank", "account", "holder", "purpose"} <= one for one in names.values())


def test_a_float_is_claimed_by_its_form(office: Treasury, client: Client) -> None:
    """Above its figure the form comes back whole; within it the payment shows no budget bar."""
    with client.as_(office.people[DRAFT]):
        asked = client.get(f"{NEW}?kind=UP").text
        assert "Paling banyak Rp100.000.000" in asked
        sent = PAYEE | {"kind": "UP", "purpose": "Uang persediaan", "key": key_of(asked)}
        refused = client.post_form(NEW, sent | {"amount": "100.000.001"})
        assert refused.status_code == 422
        assert "100.000.001" in refused.text
        assert "0077001122" in refused.text
        answer = client.post_form(NEW, sent | {"amount": "75.000.000"})
        assert answer.status_code == 303
        page = client.get(answer.headers["location"]).text
        assert "Rp75.000.000" in page
        assert "UP dalam batas aturannya" in page
        assert "sp2d-bar" not in page
        edit = client.get(answer.headers["location"] + "/edit").text
        assert 'value="Rp75.000.000"' in edit
        second = client.post_form(NEW, sent | {"amount": "1", "key": ""})
        assert second.status_code == 422
        assert "sekali" in second.text or "sudah diajukan" in second.text


def test_an_lpj_is_written_sent_and_approved_by_the_pages(funded: Treasury, client: Client) -> None:
    """The treasurer writes, attaches and submits; PPK-SKPD finds it as a task; GU takes it."""
    with client.as_(funded.people[SPP]):
        form = client.get("/sp2d/accounts/new").text
        assert "Sisa di bendahara" in form
        spent = {
            "key": key_of(form),
            "purpose": "Belanja kantor",
            "line-1": str(funded.line),
            "amount-1": "60.000.000",
            "number-1": "KW-01",
            "dated-1": "04/10/2026",
            "note-1": "kertas",
        }
        refused = client.post_form("/sp2d/accounts/new", spent)
        assert refused.status_code == 422
        assert 'id="e-dated-1"' in refused.text
        assert "kertas" in refused.text
        assert "KW-01" in client.post_form("/sp2d/accounts/new", spent | {"more": "ya"}).text
        right = spent | {"dated-1": "05/10/2026"}
        answer = client.post_form("/sp2d/accounts/new", right)
        assert answer.status_code == 303, answer.text
        path = answer.headers["location"]
        assert client.post_form("/sp2d/accounts/new", right).headers["location"] == path
        assert "60.000.000" in client.get(f"{path}/edit").text
        early = client.post_form(f"{path}/submit", {"version": "1"})
        assert early.status_code == 422
        assert "sedikitnya satu berkas" in early.text
        files = {"file": ("nota.pdf", PDF)}
        assert (
            client.post_form(f"{path}/evidence", {"version": "1"}, files=files).status_code == 303
        )
        assert client.post_form(f"{path}/submit", {"version": "1"}).status_code == 303
        assert "Belanja kantor" in client.get("/tasks?show=others").text
    with client.as_(funded.people[VERIFY]):
        assert "Belanja kantor" in client.get("/tasks").text
        empty = client.post_form(f"{path}/decide", {"version": "2", "do": "return"})
        assert empty.status_code == 422
        assert "sedikitnya satu alasan" in empty.text
        done = client.post_form(f"{path}/decide", {"version": "2", "do": "approve"})
        assert done.status_code == 303
        assert "disahkan" in client.get("/tasks?show=done").text
        with funded.app.read(SYSTEM) as view:
            evidence = view.session.scalars(select(LpjEvidence)).one()
        assert client.get(f"{path}/evidence/{evidence.id}").content == PDF
    with client.as_(funded.people[DRAFT]):
        form = client.get(f"{NEW}?kind=GU").text
        assert "LPJ 001/2026" in form
        lpj = path.rpartition("/")[2]
        sent = PAYEE | {"kind": "GU", "purpose": "Ganti uang", "key": key_of(form), "lpj": lpj}
        answer = client.post_form(NEW, sent)
        assert answer.status_code == 303, answer.text
        assert lpj in client.get(answer.headers["location"] + "/edit").text
        assert f"/sp2d/accounts/{lpj}" in client.get(answer.headers["location"]).text
        assert answer.headers["location"] in client.get("/sp2d/accounts").text
    with funded.app.read(SYSTEM) as view:
        payment = view.session.scalars(select(Payment).where(Payment.kind == "GU")).one()
        assert lines_of(view, payment.id) == {funded.line: 60_000_000}


def test_an_lpj_is_sent_back_with_reasons_and_dropped(funded: Treasury, client: Client) -> None:
    """Its writer sees why, mends a file, and may give it up."""
    lpj = submitted(funded, receipt(funded.line, 5_000))
    path = f"/sp2d/accounts/{lpj.id}"
    with client.as_(funded.people[VERIFY]):
        given = {"version": "2", "do": "return", "reasons": "salah_hitung", "note": "nota 2"}
        assert client.post_form(f"{path}/decide", given).status_code == 303
    with client.as_(funded.people[SPP]):
        page = client.get(path).text
        assert "Hitungan keliru" in page
        assert "nota 2" in page
        assert "Dikembalikan" in client.get("/tasks").text
        with funded.app.read(SYSTEM) as view:
            evidence = view.session.scalars(select(LpjEvidence)).one()
        gone = client.post_form(f"{path}/evidence/{evidence.id}/remove", {"version": "3"})
        assert gone.status_code == 303
        stale = client.post_form(f"{path}/drop", {"version": "2"})
        assert stale.status_code == 422
        assert client.post_form(f"{path}/drop", {"version": "3"}).status_code == 303
    with funded.app.read(SYSTEM) as view:
        assert view.session.get_one(Lpj, lpj.id).state == "dropped"


def test_a_script_is_no_evidence(funded: Treasury, client: Client) -> None:
    """What is not PDF, PNG or JPEG by its content is refused with a sentence at its field."""
    lpj = written(funded, receipt(funded.line, 5), files=False)
    with client.as_(funded.people[SPP]):
        files = {"file": ("nota.pdf", b"<script>")}
        answer = client.post_form(
            f"/sp2d/accounts/{lpj.id}/evidence", {"version": "1"}, files=files
        )
        assert answer.status_code == 422
        assert 'id="e-file"' in answer.text


@pytest.mark.parametrize("path", ["", "/edit", "/evidence/{id}"])
def test_other_units_people_find_no_lpj(funded: Treasury, client: Client, path: str) -> None:
    """An LPJ of another unit is not there, at every address of it."""
    lpj = approved(funded, 5)
    with client.as_(funded.stranger):
        address = f"/sp2d/accounts/{lpj.id}" + path.format(id=lpj.id)
        assert client.get(address).status_code in (403, 404)


def test_without_a_float_there_is_nothing_to_write(office: Treasury, client: Client) -> None:
    """The list is empty and says why; the form tells what is missing."""
    with client.as_(office.people[SPP]):
        assert "Belum ada LPJ" in client.get("/sp2d/accounts").text
        assert client.get("/sp2d/accounts/new").status_code == 409


def test_a_file_fills_the_deductions_of_a_salary(office: Treasury, client: Client) -> None:
    """A faulty file fills nothing and tells each row; a right one fills rows and stores nothing."""
    with client.as_(office.people[DRAFT]):
        key = key_of(client.get(f"{NEW}?kind=LS_GAJI").text)
        sent = SALARY | {"key": key, "line-0": str(office.line), "cut-0": "Taperum"}
        asked = sent | {"import": "ya"}
        wrong = client.post_form(NEW, asked, files={"cutfile": ("gaji.csv", WRONG)})
        assert wrong.status_code == 422
        assert "1 baris ditolak" in wrong.text
        assert "Baris 2, Iuran wajib" in wrong.text
        assert 'value="Taperum"' in wrong.text
        right = client.post_form(NEW, asked, files={"cutfile": ("gaji.csv", ROLL)})
        assert right.status_code == 200
        for text in ("Berkas terbaca.", "Iuran wajib", "Rp1.600.000", "40.000.000"):
            assert text in right.text
        assert "Taperum" not in right.text
        with office.app.read(SYSTEM) as view:
            assert view.session.scalars(select(Payment)).all() == []
        rows = dict(re.findall(r'name="(cut\w*-\d+)"[^>]*? value="([^"]*)"', right.text))
        rows.pop("cutinfo-0", None)
        stored = client.post_form(NEW, sent | rows)
        assert stored.status_code == 303, stored.text
        edit = client.get(stored.headers["location"] + "/edit").text
        assert 'value="BPJS4"' in edit
        page = client.get(stored.headers["location"]).text
        assert "Gaji induk Oktober 2026" in page
    with office.app.read(SYSTEM) as view:
        payment = view.session.get_one(Payment, UUID(stored.headers["location"].rpartition("/")[2]))
        kept = [(one.code, one.amount, one.reduces) for one in deductions_of(view, payment.id)]
        assert kept == [("IWP", 3_200_000, True), ("BPJS4", 1_600_000, False)]
        assert payment.net == 36_800_000


@pytest.mark.parametrize(
    "changes, told",
    [
        ({"salary_run": "2"}, "hanya sekali dalam sebulan"),
        ({"salary_month": "2025-12"}, "di luar tahun anggaran"),
        ({"cut-0": "IWP", "cutamount-0": "1,5"}, "bukan nilai rupiah utuh"),
        ({"cutcode-0": "=A1", "cut-0": "IWP", "cutamount-0": "5"}, "bukan kode potongan"),
        ({"cut-0": "IWP", "cutamount-0": "40.000.000"}, "melebihi atau sama"),
        ({"amount-0": ""}, "bukan nilai rupiah utuh"),
    ],
)
def test_a_faulty_salary_comes_back_whole(
    office: Treasury, client: Client, changes: dict[str, str], told: str
) -> None:
    """Each fault is told, and what was typed is still there."""
    with client.as_(office.people[DRAFT]):
        answer = client.post_form(NEW, SALARY | {"line-0": str(office.line)} | changes)
    assert answer.status_code == 422
    assert told in answer.text
    assert "Gaji induk Oktober" in answer.text


def test_more_rows_are_offered_where_they_are_asked_for(office: Treasury, client: Client) -> None:
    """More deductions are not more lines, and nothing typed is lost."""
    with client.as_(office.people[DRAFT]):
        answer = client.post_form(NEW, SALARY | {"more": "cuts"})
    assert answer.status_code == 200
    assert 'name="cut-5"' in answer.text
    assert 'name="line-3"' not in answer.text
    assert "40.000.000" in answer.text


def test_those_who_only_issue_write_nothing(office: Treasury, client: Client) -> None:
    """Kuasa BUD sees LPJs but writes, submits and approves none."""
    with client.as_(office.people[SP2D]):
        assert client.get("/sp2d/accounts").status_code == 200
        assert client.get("/sp2d/accounts/new").status_code == 403


def key_of(text: str) -> str:
    """The key of a fresh form."""
    found: str = re.findall(r'name="key" value="([^"]+)"', text)[0]
    return found
