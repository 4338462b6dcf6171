"""LPJs by program: from the receipts of a float to the payment that refills it."""

import hashlib
from typing import Any

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import grant_role
from leuit.identity import SYSTEM
from leuit.values import NotFoundError
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.rules.chain import DRAFT, SPP, VERIFY
from tests.sp2d.float_office import SPENT_ON, TREASURER, float_claim, paid
from tests.sp2d.programs import Programs, with_passwords
from tests.sp2d.treasury import PDF, YEAR, Treasury, treasury
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


def test_an_account_is_rendered_and_refilled(office: Treasury, programs: Programs) -> None:
    """Written once for a key, proved, sent back, mended, approved by another, refilled."""
    paid(office, float_claim(office))
    treasurer, verifier, pptk = (office.people[key] for key in (SPP, VERIFY, DRAFT))
    sent = account(office, 50_000_000)
    answer = programs.call(treasurer, "POST", "/accounts", json=sent, key="lpj-1")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert answer.headers["location"] == f"/api/sp2d/v1/accounts/{made['id']}"
    assert programs.done(treasurer, "POST", "/accounts", json=sent, key="lpj-1") == made
    assert (made["number"], made["state"]) == ("LPJ 001/2026", "draft")
    path = f"/accounts/{made['id']}"
    bare = programs.call(treasurer, "POST", f"{path}/submit", json=version_of(made))
    assert [one["code"] for one in bare.json()["errors"]] == ["no_evidence"]
    proved = attach(programs, treasurer, made, PDF)
    assert [one["name"] for one in proved["evidence"]] == ["bukti.pdf"]
    given = programs.done(treasurer, "POST", f"{path}/submit", json=version_of(proved))
    reasons = [{"code": "tidak_lengkap", "remark": "kuitansi kabur"}]
    back = programs.done(
        verifier, "POST", f"{path}/return", json=version_of(given) | {"reasons": reasons}
    )
    assert (back["state"], back["reasons"][0]["remark"]) == ("returned", "kuitansi kabur")
    changes = {key: sent[key] for key in ("purpose",)} | version_of(back)
    more = account(office, 60_000_000)["receipts"]
    mended = programs.done(treasurer, "PUT", path, json=changes | {"receipts": more})
    assert mended["total"] == 60_000_000
    again = programs.done(treasurer, "POST", f"{path}/submit", json=version_of(mended))
    own = programs.call(treasurer, "POST", f"{path}/approve", json=version_of(again))
    assert own.status_code in (403, 404)
    done = programs.done(verifier, "POST", f"{path}/approve", json=version_of(again))
    assert (done["state"], done["decided_by"]) == ("approved", str(verifier.person_id))
    refill = {"unit": str(office.unit), "year": YEAR, "kind": "GU", "purpose": "Ganti uang"}
    refill |= {"lpj": made["id"], **TREASURER}
    payment = programs.done(pptk, "POST", "/payments", json=refill)
    assert programs.done(pptk, "GET", path)["refill"] == payment["id"]
    [listed] = programs.done(pptk, "GET", "/accounts")["items"]
    assert (listed["number"], listed["refill"]) == ("LPJ 001/2026", payment["id"])


def test_evidence_of_an_account_goes_and_comes(office: Treasury, programs: Programs) -> None:
    """The same bytes; taken off by the writer alone, who may give the LPJ up; lists have pages."""
    paid(office, float_claim(office))
    treasurer = office.people[SPP]
    made = programs.done(treasurer, "POST", "/accounts", json=account(office, 5))
    proved = attach(programs, treasurer, made, PDF)
    file = f"/accounts/{made['id']}/evidence/{proved['evidence'][0]['id']}"
    assert programs.call(treasurer, "GET", file).content == PDF
    with office.app.read(SYSTEM) as view:
        noted = view.session.scalars(
            select(AuditEntry.ref_id).where(AuditEntry.action == "core.personal_data.read")
        )
        assert made["id"] in set(noted)
    stale = programs.call(treasurer, "DELETE", f"{file}?version=99")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_edit")
    assert programs.call(treasurer, "DELETE", file).status_code == 422
    bare = programs.done(treasurer, "DELETE", f"{file}?version={proved['version']}")
    assert bare["evidence"] == []
    dropped = programs.done(
        treasurer, "POST", f"/accounts/{made['id']}/drop", json=version_of(bare)
    )
    assert dropped["state"] == "dropped"
    programs.done(treasurer, "POST", "/accounts", json=account(office, 6))
    page = programs.done(treasurer, "GET", "/accounts?limit=1")
    rest = programs.done(treasurer, "GET", f"/accounts?limit=1&cursor={page['next']}")
    assert [one["total"] for one in page["items"] + rest["items"]] == [6, 5]
    assert rest["next"] is None
    for method, path in (("GET", ""), ("POST", "/submit"), ("POST", "/approve")):
        options: dict[str, Any] = {"json": {"version": 1}} if method == "POST" else {}
        refused = programs.call(office.stranger, method, f"/accounts/{made['id']}{path}", **options)
        assert refused.status_code in (403, 404)


def test_files_for_the_papers_of_others_are_not_stored(
    office: Treasury, programs: Programs
) -> None:
    """Who may attach in another unit alone is told that there is nothing, and leaves nothing."""
    payment = paid(office, float_claim(office))
    made = programs.done(office.people[SPP], "POST", "/accounts", json=account(office, 5))
    with office.app.change(SYSTEM) as work:
        for role in ("sp2d.treasurer", "sp2d.pptk"):
            grant_role(
                work,
                role,
                office.sibling,
                account_id=office.stranger.account_id,
                valid_from=work.today,
            )
    for path, form in (
        (f"/accounts/{made['id']}/evidence", {"version": "1"}),
        (f"/payments/{payment}/evidence", {"item": "rincian"}),
    ):
        data = PDF + path.encode()
        files = {"file": ("asing.pdf", data, "application/pdf")}
        refused = programs.call(office.stranger, "POST", path, data=form, files=files)
        assert refused.status_code == 404
        with pytest.raises(NotFoundError):
            office.app.blobs.get(hashlib.sha256(data).hexdigest())


def test_faults_of_receipts_stand_at_their_rows(office: Treasury, programs: Programs) -> None:
    """A line of nobody, a day before the float, a receipt twice: each at the path that was sent."""
    treasurer = office.people[SPP]
    early = programs.call(treasurer, "POST", "/accounts", json=account(office, 5))
    assert early.status_code == 409
    paid(office, float_claim(office))
    sent = account(office, 5, 5, 7)
    sent["receipts"][1]["number"] = sent["receipts"][0]["number"]
    sent["receipts"][2] |= {"line": str(office.unit), "dated": "2026-01-01", "number": ""}
    answer = programs.call(treasurer, "POST", "/accounts", json=sent)
    assert answer.status_code == 422
    assert {one["path"] for one in answer.json()["errors"]} == {
        "receipts[1].number",
        "receipts[2].line",
        "receipts[2].dated",
        "receipts[2].number",
    }


def account(office: Treasury, *amounts: int) -> dict[str, Any]:
    """An LPJ of receipts of today on the first line."""
    receipts = [
        {
            "line": str(office.line),
            "amount": amount,
            "number": f"KW-{number}",
            "dated": f"{SPENT_ON}",
        }
        for number, amount in enumerate(amounts, start=1)
    ]
    return {"unit": str(office.unit), "purpose": "Belanja kantor", "receipts": receipts}


def attach(programs: Programs, who: Any, made: dict[str, Any], data: bytes) -> dict[str, Any]:
    """A file of evidence; the LPJ with it."""
    files = {"file": ("bukti.pdf", data, "application/pdf")}
    form = {"version": str(made["version"])}
    told: dict[str, Any] = programs.done(
        who, "POST", f"/accounts/{made['id']}/evidence", data=form, files=files
    )
    return told


def version_of(made: dict[str, Any]) -> dict[str, Any]:
    """What a step names."""
    return {"version": made["version"]}
