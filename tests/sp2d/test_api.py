"""The JSON API of payments: all that the pages do, to the letter of the numbers that are sent."""

import datetime as dt
import json
from typing import Any

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.web import describe
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.models import Payment
from leuit_sp2d.registration import ROUTES
from leuit_sp2d.rules.chain import BANK, DRAFT, SP2D, SPM, SPP, TEST, VERIFY
from tests.sp2d.programs import ANSWERS, PASSWORD, Programs, body, with_passwords
from tests.sp2d.treasury import (
    ACCOUNT,
    PDF,
    Treasury,
    claim,
    drafted,
    pockets,
    state_of,
    step,
    treasury,
    walked,
)
from tests.support.client import Client

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury, with passwords where they are asked for."""
    made = treasury(app)
    with_passwords(made)
    return made


@pytest.fixture
def programs(office: Treasury, client: Client) -> Programs:
    """Everybody's programs."""
    return Programs(client, office)


def test_six_programs_pay_one_bill(office: Treasury, programs: Programs) -> None:
    """From the claim to the statement and a refund: the same chain as by the pages."""
    pptk, delegate = office.people[DRAFT], office.people[SP2D]
    answer = programs.call(pptk, "POST", "/payments", json=body(office))
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"] == f"/api/sp2d/v1/payments/{made['id']}"
    assert (made["gross"], made["net"], made["state"]) == (11_100_000, 9_850_000, DRAFT)
    assert {one["code"]: one["amount"] for one in made["deductions"]} == {
        "PPN": 1_100_000,
        "PPH22": 150_000,
    }
    path = f"/payments/{made['id']}"
    changes = {"version": made["version"], "purpose": "Laptop kecamatan"}
    mended = programs.done(pptk, "PUT", path, json=body(office) | changes)
    assert (mended["purpose"], mended["version"]) == ("Laptop kecamatan", made["version"] + 1)
    programs.attach_all(made["id"], pptk)
    for key in (DRAFT, SPP, VERIFY, SPM, TEST, SP2D):
        taken = programs.step(made["id"], key)
        assert taken.status_code == 200, taken.text
    seen = programs.done(delegate, "GET", path)
    assert [paper["kind"] for paper in seen["papers"]] == ["SPP", "SPM", "SP2D"]
    assert [act["step"] for act in seen["acts"]] == [DRAFT, SPP, VERIFY, SPM, TEST, SP2D]
    assert all(check["ok"] for check in seen["checks"])
    waiting = programs.done(delegate, "GET", "/bank/waiting")
    assert waiting["total"] == 9_850_000
    sent = {"orders": [one["id"] for one in waiting["items"]], "password": PASSWORD}
    batch = programs.done(delegate, "POST", "/bank/orders", json=sent)
    orders = programs.call(delegate, "GET", f"/bank/orders/{batch['id']}")
    assert orders.headers["content-type"] == "application/xml"
    at = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
    statement = answer_orders(orders.content, at, opening=50_000_000)
    files = {"file": ("rk.xml", statement, "application/xml")}
    told = programs.done(delegate, "POST", "/bank/statements", files=files)
    assert (told["paid"], told["known_before"], told["unknown"]) == (1, False, [])
    again = programs.done(delegate, "POST", "/bank/statements", files=files)
    assert again["known_before"]
    back = {
        "number": "STS/1",
        "dated": "2026-10-05",
        "lines": [{"line": str(office.line), "amount": 100_000}],
    }
    refunded = programs.done(delegate, "POST", f"{path}/refunds", json=back)
    assert [one["total"] for one in refunded["refunds"]] == [100_000]
    assert pockets(office, office.line) == (0, 89_000_000, 0, 11_000_000)
    report = programs.done(office.administrator, "GET", "/ledger-check")
    assert (report["agrees"], report["disagreements"]) == (True, [])


@pytest.mark.parametrize(
    "given",
    ["1.5", "11100000.0", "1e7", "-5", "0", "1000000000000000", "true", '"11100000"', "null"],
)
def test_what_is_no_whole_rupiah_is_refused_at_its_place(
    office: Treasury, programs: Programs, given: str
) -> None:
    """A fraction, a minus, sixteen digits, a text, true or null is a fault of that very field."""
    text = json.dumps(body(office)).replace("11100000", given)
    answer = programs.call(office.people[DRAFT], "POST", "/payments", content=text)
    assert answer.status_code == 422
    assert [one["path"] for one in answer.json()["errors"]] == ["lines[0].amount"]
    assert payments(office) == []


def test_words_that_are_no_json_and_fields_that_are_no_text_are_refused(
    office: Treasury, programs: Programs
) -> None:
    """NaN and Infinity are no JSON; null is not the text “None”; every fault is told at once."""
    pptk = office.people[DRAFT]
    for word in ("NaN", "Infinity", "-Infinity"):
        text = json.dumps(body(office)).replace("11100000", word)
        answer = programs.call(pptk, "POST", "/payments", content=text)
        assert answer.status_code == 422
    wrong = body(office, purpose=None, year="2026", payee=7, extra=1)
    answer = programs.call(pptk, "POST", "/payments", json=wrong)
    paths = {one["path"] for one in answer.json()["errors"]}
    assert paths == {"purpose", "year", "payee", "extra"}
    faults = body(office, bank="999", npwp="123", invoice_date="2027-01-01")
    answer = programs.call(pptk, "POST", "/payments", json=faults)
    paths = {one["path"] for one in answer.json()["errors"]}
    assert paths == {"bank", "npwp", "invoice_date"}
    assert payments(office) == []


def test_faults_of_the_taxes_stand_where_they_were_sent(
    office: Treasury, programs: Programs
) -> None:
    """A contradiction names the field below `taxable`; unequal sums name lines and price."""
    pptk = office.people[DRAFT]
    for changes, paths in (
        ({"golongan": "III/c"}, ["taxable.golongan"]),
        ({"price": 9_000_000}, ["lines", "taxable.price"]),
        ({"exempt": ["karangan"]}, ["taxable.exempt"]),
    ):
        sent = body(office)
        sent["taxable"] |= changes
        answer = programs.call(pptk, "POST", "/payments", json=sent)
        assert answer.status_code == 422, answer.text
        assert [one["path"] for one in answer.json()["errors"]] == paths
    answer = programs.call(pptk, "POST", "/payments", json=body(office, taxable=None))
    assert [one["path"] for one in answer.json()["errors"]] == ["taxable"]


@pytest.mark.parametrize("key", [SPM, SP2D])
def test_a_token_alone_binds_no_money(office: Treasury, programs: Programs, key: str) -> None:
    """SPM and SP2D take the password of the person as well; without it nothing moves."""
    payment_id = walked(office, key)
    before = pockets(office, office.line)
    for password in ("", "salah"):
        answer = programs.step(payment_id, key, password=password)
        assert answer.status_code == 422
        assert [one["path"] for one in answer.json()["errors"]] == ["password"]
    assert pockets(office, office.line) == before
    assert programs.step(payment_id, key).status_code == 200


def test_a_limit_is_told_line_by_line(office: Treasury, programs: Programs) -> None:
    """What is left, what was asked, and which documents hold the rest."""
    walked(office, TEST, claim(office, 95_000_000))
    payment = drafted(office, claim(office, 6_000_000, invoice="INV/2"))
    answer = programs.step(payment.id, DRAFT)
    assert (answer.status_code, answer.json()["code"]) == (409, "budget_limit")
    [line] = answer.json()["lines"]
    assert (line["limit"], line["left"], line["asked"]) == ("dpa", 5_000_000, 6_000_000)
    assert [one["amount"] for one in line["held_by"]] == [95_000_000]


def test_refusals_carry_their_codes(office: Treasury, programs: Programs) -> None:
    """An old version, the wrong turn, the same bill: each is known by its code."""
    pptk = office.people[DRAFT]
    made = programs.done(pptk, "POST", "/payments", json=body(office))
    path = f"/payments/{made['id']}"
    cases: list[tuple[str, dict[str, Any], str]] = [
        (f"{path}/cancel", {"version": 99}, "stale_edit"),
        (f"{path}/steps", {"step": "draft", "version": 99}, "stale_edit"),
        ("/payments", body(office, purpose="Laptop lagi"), "duplicate_bill"),
    ]
    for address, sent, code in cases:
        answer = programs.call(pptk, "POST", address, json=sent)
        assert (answer.status_code, answer.json()["code"]) == (409, code)
    wrong = {"step": "spp", "version": made["version"]}
    answer = programs.call(office.people[SPP], "POST", f"{path}/steps", json=wrong)
    assert answer.json()["code"] == "wrong_turn"
    unknown = {"step": "karangan", "version": 1}
    answer = programs.call(pptk, "POST", f"{path}/steps", json=unknown)
    assert [one["path"] for one in answer.json()["errors"]] == ["step"]
    programs.done(pptk, "POST", f"{path}/cancel", json={"version": made["version"]})
    programs.done(pptk, "POST", "/payments", json=body(office))


def test_a_return_and_a_void_name_their_reasons(office: Treasury, programs: Programs) -> None:
    """Coded reasons are needed, and stand in the history; what was held is free again."""
    payment_id = walked(office, VERIFY)
    verifier = office.people[VERIFY]
    path = f"/payments/{payment_id}"
    version = programs.done(verifier, "GET", path)["version"]
    sent: dict[str, Any] = {"step": VERIFY, "version": version, "reasons": []}
    assert programs.call(verifier, "POST", f"{path}/return", json=sent).status_code == 422
    sent["reasons"] = [{"code": "tidak_lengkap", "item": "kuitansi", "remark": "tanpa meterai"}]
    back = programs.done(verifier, "POST", f"{path}/return", json=sent)
    assert (back["state"], back["round"], back["returned_by"]) == (DRAFT, 2, VERIFY)
    assert back["acts"][-1]["reasons"][0]["remark"] == "tanpa meterai"
    for key in (DRAFT, SPP, VERIFY, SPM, TEST, SP2D):
        step(office, payment_id, key)
    delegate = office.people[SP2D]
    version = programs.done(delegate, "GET", path)["version"]
    void = {"version": version, "reasons": [{"code": "lain"}], "password": PASSWORD}
    assert programs.done(delegate, "POST", f"{path}/void", json=void)["state"] == DRAFT
    assert pockets(office, office.line) == (0, 100_000_000, 0, 0)


def test_a_retur_is_put_right_with_the_password(office: Treasury, programs: Programs) -> None:
    """After the bank sent money back, one new transfer goes to the account that was put right."""
    payment_id = walked(office, BANK)
    delegate = office.people[SP2D]
    [waits] = programs.done(delegate, "GET", "/bank/waiting")["items"]
    sent = {"orders": [waits["id"]], "password": PASSWORD}
    batch = programs.done(delegate, "POST", "/bank/orders", json=sent)
    orders = programs.call(delegate, "GET", f"/bank/orders/{batch['id']}").content
    at = dt.datetime(2026, 10, 5, 3, tzinfo=dt.UTC)
    returned = {waits["end_to_end"]: "AC04"}
    statement = answer_orders(orders, at, returned=returned, opening=50_000_000)
    files = {"file": ("rk.xml", statement, "application/xml")}
    told = programs.done(delegate, "POST", "/bank/statements", files=files)
    assert (told["paid"], told["returned"]) == (1, 1)
    path = f"/payments/{payment_id}"
    version = programs.done(delegate, "GET", path)["version"]
    right = {"version": version, "bank": "110", "account": "0099", "holder": "CV CONTOH RANGKAS"}
    refused = programs.call(delegate, "POST", f"{path}/repeat", json=right | {"password": "x"})
    assert refused.status_code == 422
    done = programs.done(delegate, "POST", f"{path}/repeat", json=right | {"password": PASSWORD})
    assert [one["state"] for one in done["instructions"]] == ["returned", "waiting"]


def test_lists_are_cut_by_cursors_and_narrowed(office: Treasury, programs: Programs) -> None:
    """Each payment comes once, newest first; a filter that is none is refused, not ignored."""
    for number in range(3):
        drafted(office, claim(office, 1_000_000 + number, invoice=f"INV/{number}"))
    pptk = office.people[DRAFT]
    seen: list[int] = []
    cursor = ""
    while True:
        page = programs.done(pptk, "GET", f"/payments?limit=2&cursor={cursor}")
        seen += [one["gross"] for one in page["items"]]
        cursor = page["next"] or ""
        if not cursor:
            break
    assert seen == [1_000_002, 1_000_001, 1_000_000]
    assert programs.done(pptk, "GET", "/payments?state=bank")["items"] == []
    found = programs.done(pptk, "GET", f"/payments?year=2026&unit={office.unit}&text=CV")
    assert len(found["items"]) == 3
    for query in ("year=x", "unit=x", "cursor=x", "limit=0", "tahun=2026"):
        assert programs.call(pptk, "GET", f"/payments?{query}").status_code == 422, query
    stranger = programs.done(office.administrator, "GET", "/payments?text=%25")
    assert stranger["items"] == []


def test_registers_and_the_budget_are_told_with_their_sums(
    office: Treasury, programs: Programs
) -> None:
    """Numbers with their amounts, page by page; lines with their four pockets."""
    for number in range(2):
        walked(office, TEST, claim(office, 1_000_000, invoice=f"INV/{number}"))
    keeper = office.people[TEST]
    first = programs.done(keeper, "GET", "/registers/spm?limit=1&year=2026")
    assert (first["count"], first["amount"], len(first["items"])) == (2, 2_000_000, 1)
    second = programs.done(keeper, "GET", f"/registers/spm?limit=1&cursor={first['next']}")
    assert second["next"] is None
    numbers = [one["number"] for page in (first, second) for one in page["items"]]
    assert [number.split("/")[2] for number in numbers] == ["000002", "000001"]
    assert programs.call(keeper, "GET", "/registers/faktur").status_code == 404
    budget = programs.done(keeper, "GET", f"/budget/{office.unit}/2026?limit=1")
    assert budget["pockets"] == {
        "ceiling": 200_000_000,
        "unreleased": 0,
        "free": 198_000_000,
        "reserved": 2_000_000,
        "spent": 0,
    }
    rest = programs.done(
        keeper, "GET", f"/budget/{office.unit}/2026?limit=1&cursor={budget['next']}"
    )
    assert rest["next"] is None
    ids = {line["id"] for page in (budget, rest) for line in page["lines"]}
    assert ids == {str(office.line), str(office.other_line)}


def test_evidence_goes_and_comes_unchanged(office: Treasury, programs: Programs) -> None:
    """A file is known by its bytes; what is no PDF or picture is refused; it may be taken off."""
    pptk = office.people[DRAFT]
    made = programs.done(pptk, "POST", "/payments", json=body(office))
    path = f"/payments/{made['id']}/evidence"
    wrong = {"file": ("x.pdf", b"<script>", "application/pdf")}
    answer = programs.call(pptk, "POST", path, data={"item": "kuitansi"}, files=wrong)
    assert answer.status_code == 422
    right = {"file": ("x.pdf", b"%PDF-1.7\n", "application/pdf")}
    file = programs.done(pptk, "POST", path, data={"item": "kuitansi"}, files=right)
    assert programs.call(pptk, "GET", f"{path}/{file['id']}").content == b"%PDF-1.7\n"
    after = programs.done(pptk, "DELETE", f"{path}/{file['id']}")
    assert after["evidence"] == []


def test_a_claim_by_program_is_taken_up_or_refused(office: Treasury, programs: Programs) -> None:
    """Handed in with its file, taken up as the payment that fits it; another is refused by code."""
    treasurer, pptk = office.people[SPP], office.people[DRAFT]
    sent = body(office)
    names = ("unit", "kind", "purpose", "basis", "payee", "npwp", "bank", "account", "holder")
    asked = {name: sent[name] for name in names} | {"amount": 11_100_000, "due": "2026-10-30"}
    asked["shares"] = [{"account": ACCOUNT, "amount": 11_100_000}]
    answer = programs.call(treasurer, "POST", "/claims", json=asked, key="klaim-1")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"] == f"/api/sp2d/v1/claims/{made['id']}"
    assert programs.done(treasurer, "POST", "/claims", json=asked, key="klaim-1") == made
    path = f"/claims/{made['id']}"
    files = {"file": ("k.pdf", PDF, "application/pdf")}
    form = {"data": {"item": "kuitansi"}, "files": files}
    assert programs.call(pptk, "POST", f"{path}/evidence", **form).status_code == 404
    filed = programs.done(treasurer, "POST", f"{path}/evidence", **form)
    assert [one["name"] for one in filed["evidence"]] == ["k.pdf"]
    assert programs.call(pptk, "GET", f"{path}/evidence/0").content == PDF
    assert programs.call(pptk, "GET", f"{path}/evidence/1").status_code == 404
    assert programs.done(pptk, "GET", "/claims?state=open")["items"][0]["id"] == made["id"]
    assert programs.call(pptk, "GET", "/claims?state=lain").status_code == 422
    seen = programs.done(pptk, "GET", path)
    taken = programs.done(pptk, "POST", f"{path}/take", json=sent | {"version": seen["version"]})
    assert (taken["claim"], taken["state"]) == (made["id"], DRAFT)
    assert [one["item"] for one in taken["evidence"]] == ["kuitansi"]
    assert ("claim", True) in [(check["code"], check["ok"]) for check in taken["checks"]]
    other = programs.done(treasurer, "POST", "/claims", json=asked)
    refusal = {"version": other["version"], "code": "lain", "remark": "dua kali"}
    done = programs.done(pptk, "POST", f"/claims/{other['id']}/refuse", json=refusal)
    assert (done["state"], done["reason"]) == ("refused", "Alasan lain: dua kali")
    page = programs.done(pptk, "GET", "/claims?limit=1")
    rest = programs.done(pptk, "GET", f"/claims?limit=1&cursor={page['next']}")
    assert [one["id"] for one in page["items"] + rest["items"]] == [other["id"], made["id"]]
    faulty = programs.call(treasurer, "POST", "/claims", json=asked | {"bank": "999", "kind": "X"})
    assert {one["path"] for one in faulty.json()["errors"]} == {"bank", "kind"}


def test_another_units_payment_is_not_there(office: Treasury, programs: Programs) -> None:
    """To people of other units nothing of it exists; reading somebody else's is noted."""
    payment_id = walked(office, VERIFY)
    for method, path in (("GET", ""), ("POST", "/steps"), ("POST", "/return")):
        sent = {"step": VERIFY, "version": 1, "reasons": [], "answers": ANSWERS}
        if path == "/steps":
            del sent["reasons"]
        options = {"json": sent} if method == "POST" else {}
        answer = programs.call(office.stranger, method, f"/payments/{payment_id}{path}", **options)
        assert answer.status_code in (403, 404)
    programs.done(office.people[VERIFY], "GET", f"/payments/{payment_id}")
    with office.app.read(SYSTEM) as view:
        noted = view.session.scalars(
            select(AuditEntry.ref_id).where(AuditEntry.action == "core.personal_data.read")
        )
        assert str(payment_id) in set(noted)
    assert state_of(office, payment_id) == VERIFY


def test_the_description_tells_the_bounds_of_amounts(host: Host) -> None:
    """Every route is described, and an amount as a whole number from 1 to fifteen digits."""
    told = describe(host, "x", "1")
    paths = [path for path in told["paths"] if path.startswith("/api/sp2d/v1")]
    assert len(paths) == len({route.path for route in ROUTES if route.kind == "api"})
    line = told["components"]["schemas"]["ClaimedLineBody"]["properties"]["amount"]
    assert line == {"type": "integer", "minimum": 1, "maximum": 999_999_999_999_999}


def payments(office: Treasury) -> list[Payment]:
    """What is stored."""
    with office.app.read(SYSTEM) as view:
        return list(view.session.scalars(select(Payment)))
