"""Floats, their refills and salaries by program: the other kinds of payment, and their faults."""

from typing import Any

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.chain import DRAFT
from tests.sp2d.float_office import FLOAT, TREASURER, approved, float_claim, paid
from tests.sp2d.programs import Programs, with_passwords
from tests.sp2d.treasury import YEAR, Treasury, treasury
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


def test_a_float_is_claimed_and_mended(office: Treasury, programs: Programs) -> None:
    """Its amount is told, no line bears it; one of a unit and year is the only one."""
    pptk = office.people[DRAFT]
    made = programs.done(pptk, "POST", "/payments", json=float_body(office))
    assert (made["kind"], made["gross"], made["lines"]) == ("UP", FLOAT, [])
    changes = {"version": made["version"], "amount": FLOAT - 1}
    path = f"/payments/{made['id']}"
    mended = programs.done(pptk, "PUT", path, json=float_body(office) | changes)
    assert mended["gross"] == FLOAT - 1
    again = programs.call(pptk, "POST", "/payments", json=float_body(office))
    assert (again.status_code, again.json()["code"]) == (409, "duplicate_bill")


def test_a_refill_bears_the_lines_of_its_account(office: Treasury, programs: Programs) -> None:
    """Amount and lines are those of the approved LPJ, whose id is told again."""
    paid(office, float_claim(office))
    lpj = approved(office, 60_000_000)
    pptk = office.people[DRAFT]
    sent = whom(office, "GU", lpj=str(lpj.id))
    made = programs.done(pptk, "POST", "/payments", json=sent)
    assert (made["gross"], made["lpj"]) == (60_000_000, str(lpj.id))
    assert [one["line"] for one in made["lines"]] == [str(office.line)]


def test_a_salary_names_its_month_and_coded_deductions(
    office: Treasury, programs: Programs
) -> None:
    """Codes stand as the roll has them, in capitals; what only informs leaves the transfer."""
    made = programs.done(office.people[DRAFT], "POST", "/payments", json=salary_body(office))
    assert made["salary"] == {"month": "2026-10", "type": "induk", "run": 1}
    assert (made["gross"], made["net"]) == (40_000_000, 36_800_000)
    assert [one["code"] for one in made["deductions"]] == ["IWP", "LAIN"]


@pytest.mark.parametrize(
    "kind, changes, paths",
    [
        ("UP", {"amount": None}, ["amount"]),
        ("UP", {"amount": 999_999_999_999_999}, ["amount"]),
        ("UP", {"salary": {"month": "2026-10", "type": "induk"}}, ["salary"]),
        ("UP", {"lpj": "00000000-0000-0000-0000-000000000000"}, ["lpj"]),
        ("GU", {"lpj": None}, ["lpj"]),
        ("GU", {"amount": 5}, ["amount"]),
        ("LS_GAJI", {"salary": None}, ["salary"]),
        ("LS_GAJI", {"salary": {"month": "2026-13", "type": "induk"}}, ["salary.month"]),
        ("LS_GAJI", {"salary": {"month": "2026-10", "type": "thr"}}, ["salary.type"]),
        ("LS_GAJI", {"salary": {"month": "2026-10", "type": "tpp", "run": 2}}, ["salary.run"]),
        ("LS_GAJI", {"salary": {"month": "2026-10", "type": "tpp", "run": 0}}, ["salary.run"]),
        ("LS_GAJI", {"amount": 5, "lpj": None}, ["amount"]),
        ("LS_BJ", {"salary": {"month": "2026-10", "type": "induk"}}, ["salary", "taxable"]),
        ("KARANGAN", {"amount": 5}, ["kind"]),
    ],
)
def test_a_fault_stands_where_it_was_sent(
    office: Treasury, programs: Programs, kind: str, changes: dict[str, Any], paths: list[str]
) -> None:
    """A field of another kind, a missing one and a wrong one are told by the path of the body."""
    sent = {"UP": float_body, "LS_GAJI": salary_body}.get(kind, _bare(kind))(office) | changes
    answer = programs.call(office.people[DRAFT], "POST", "/payments", json=sent)
    assert answer.status_code == 422, answer.text
    assert [one["path"] for one in answer.json()["errors"]] == paths
    with office.app.read(SYSTEM) as view:
        assert view.session.scalars(select(Payment)).all() == []


def test_a_code_of_a_deduction_is_for_salaries(office: Treasury, programs: Programs) -> None:
    """The taxes of a bill have codes of their own; a code that is none is told at its row."""
    pptk = office.people[DRAFT]
    wrong = salary_body(office)
    wrong["deductions"][1]["code"] = "=1+1"
    answer = programs.call(pptk, "POST", "/payments", json=wrong)
    assert [one["path"] for one in answer.json()["errors"]] == ["deductions[1].code"]
    bill = _bare("LS_BJ")(office)
    bill["taxable"] = {"object": "barang", "price": 40_000_000, "charges_ppn": False}
    bill["deductions"] = [{"title": "PPN palsu", "amount": 5, "code": "PPN"}]
    answer = programs.call(pptk, "POST", "/payments", json=bill)
    assert [one["path"] for one in answer.json()["errors"]] == ["deductions[0].code"]


def whom(office: Treasury, kind: str, **changes: Any) -> dict[str, Any]:
    """A claim of a kind in favour of the treasurer."""
    told = {"unit": str(office.unit), "year": YEAR, "kind": kind, "purpose": "Belanja kantor"}
    return told | TREASURER | changes


def float_body(office: Treasury) -> dict[str, Any]:
    """A claim of the float."""
    return whom(office, "UP", amount=FLOAT)


def salary_body(office: Treasury) -> dict[str, Any]:
    """A claim of the ordinary salary of October."""
    return whom(
        office,
        "LS_GAJI",
        lines=[{"line": str(office.line), "amount": 40_000_000}],
        salary={"month": "2026-10", "type": "induk"},
        deductions=[
            {"title": "Iuran wajib pegawai", "amount": 3_200_000, "code": "iwp"},
            {"title": "BPJS 4 persen", "amount": 1_600_000, "reduces": False},
        ],
    )


def _bare(kind: str) -> Any:
    def body(office: Treasury) -> dict[str, Any]:
        lines = [] if kind == "GU" else [{"line": str(office.line), "amount": 40_000_000}]
        return whom(office, kind, lines=lines)

    return body
