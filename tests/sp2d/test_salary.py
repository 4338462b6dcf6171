"""Salaries: paid once by month, type and number; deductions come from the roll, by hand or file."""

import io
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter import Workbook  # type: ignore[import-untyped]  # ships no types

from leuit.identity import SYSTEM
from leuit.values import InvalidInputError
from leuit.work import Leuit
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.salary import Salary
from leuit_sp2d.service.claims import MOST_DEDUCTIONS, ClaimedDeduction
from leuit_sp2d.service.deduction_file import COLUMNS, read_deductions
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.papers import standing_papers
from leuit_sp2d.service.payments import DuplicateBillError, deductions_of
from tests.sp2d.float_office import paid, salary_claim
from tests.sp2d.treasury import Treasury, drafted, pockets, treasury

pytestmark = pytest.mark.ci

IWP = ClaimedDeduction("IWP", "Iuran wajib pegawai", 3_200_000)
BPJS = ClaimedDeduction("BPJS4", "BPJS 4 persen", 1_600_000, reduces=False)


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def test_a_salary_burdens_its_lines_and_pays_the_net(office: Treasury) -> None:
    """What reduces is kept back from the transfer, what informs is not; its number is LS."""
    payment_id = paid(office, salary_claim(office, deductions=(IWP, BPJS)))
    assert pockets(office, office.line) == (0, 60_000_000, 0, 40_000_000)
    with office.app.read(SYSTEM) as view:
        payment = view.session.get_one(Payment, payment_id)
        assert (payment.gross, payment.net) == (40_000_000, 36_800_000)
        assert (payment.salary_month, payment.salary_type, payment.salary_run) == (
            "2026-10",
            "induk",
            1,
        )
        assert [one.code for one in deductions_of(view, payment_id)] == ["IWP", "BPJS4"]
        assert "/LS/" in standing_papers(view, payment_id)["SP2D"].number
        assert check_ledger(view).disagreements == ()


def test_the_same_salary_is_not_paid_twice(office: Treasury) -> None:
    """Whatever account or purpose: month and type are claimed; another of either is not."""
    drafted(office, salary_claim(office))
    with pytest.raises(DuplicateBillError, match="Gaji bulan dan jenis"):
        drafted(office, salary_claim(office, account="99", purpose="Lain"))
    for salary in (
        Salary("2026-11", "induk"),
        Salary("2026-10", "tpp"),
        Salary("2026-10", "susulan"),
        Salary("2026-10", "susulan", 2),
    ):
        drafted(office, salary_claim(office, salary=salary))
    with pytest.raises(DuplicateBillError):
        drafted(office, salary_claim(office, salary=Salary("2026-10", "susulan", 2)))


@pytest.mark.parametrize(
    "changes, field",
    [
        ({"salary": None}, "salary_type"),
        ({"salary": Salary("2026-10", "thr")}, "salary_type"),
        ({"salary": Salary("2025-12", "induk")}, "salary_month"),
        ({"salary": Salary("2026-10", "tpp", 2)}, "salary_run"),
        ({"lines": ()}, "lines"),
        ({"deductions": (attrs.evolve(IWP, amount=40_000_000),)}, "deductions"),
    ],
)
def test_a_faulty_salary_is_told_by_its_field(
    office: Treasury, changes: dict[str, Any], field: str
) -> None:
    """No type, a month of another year, a second TPP, no line, nothing left to transfer."""
    with pytest.raises(InvalidInputError) as refused:
        drafted(office, salary_claim(office, **changes))
    assert [fault.path for fault in refused.value.fields] == [field]


def test_a_file_brings_deductions_in_its_order() -> None:
    """Amounts as people write them, ya and tidak in any case, columns in any order."""
    text = "nama;mengurangi;kode;nilai\nIuran;Ya;iwp;3.200.000\nBPJS;TIDAK;bpjs4;Rp1.600.000\n"
    read = read_deductions(text.encode())
    assert read.refused == ()
    assert read.deductions == (
        ClaimedDeduction("IWP", "Iuran", 3_200_000),
        ClaimedDeduction("BPJS4", "BPJS", 1_600_000, reduces=False),
    )
    assert (read.reducing, read.informing) == (3_200_000, 1_600_000)


def test_a_spreadsheet_says_the_same_as_its_text() -> None:
    """XLSX with a number in a cell is read as the CSV is."""
    out = io.BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, COLUMNS)
    sheet.write_row(1, 0, ("IWP", "Iuran", 3_200_000, "ya"))
    book.close()
    text = "kode,nama,nilai,mengurangi\nIWP,Iuran,3200000,ya\n"
    assert read_deductions(out.getvalue()) == read_deductions(text.encode())


@pytest.mark.parametrize(
    "row, paths",
    [
        ("IWP,Iuran,1.5,ya", {"nilai"}),
        ("IWP,Iuran,0,ya", {"nilai"}),
        ("IWP,Iuran,-5,ya", {"nilai"}),
        ("IWP,,5,ya", {"nama"}),
        ("IWP,Iuran,5,mungkin", {"mengurangi"}),
        ("=1+1,Iuran,5,ya", {"kode"}),
        ("TERLALUPANJANG,,x,", {"kode", "nama", "nilai", "mengurangi"}),
    ],
)
def test_a_faulty_row_is_told_with_all_its_faults(row: str, paths: set[str]) -> None:
    """The number of the row as a spreadsheet shows it, and every column that is wrong."""
    read = read_deductions(f"kode,nama,nilai,mengurangi\nA,Baik,1,ya\n{row}\n".encode())
    assert [one.number for one in read.refused] == [3]
    assert {fault.path for fault in read.refused[0].faults} == paths
    assert [one.code for one in read.deductions] == ["A"]


def test_a_code_stands_once_in_a_file() -> None:
    """The second row of a code is refused and names the first."""
    read = read_deductions(b"kode,nama,nilai,mengurangi\nA,x,1,ya\na,y,2,ya\n")
    assert read.refused[0].faults[0].params == {"first": 2}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"kode,nama,nilai\nA,x,1\n",
        b"kode,nama,nilai,mengurangi\n",
        b"PK\x03\x04 not a spreadsheet",
        b"kode,nama,nilai,mengurangi\n"
        + b"".join(b"A%d,x,1,ya\n" % number for number in range(MOST_DEDUCTIONS + 1)),
    ],
)
def test_what_is_no_such_file_is_refused_whole(data: bytes) -> None:
    """Empty, without a column, without rows, broken, or with more rows than a payment has."""
    with pytest.raises(InvalidInputError):
        read_deductions(data)


@given(st.binary(max_size=300))
def test_no_file_breaks_the_reading(data: bytes) -> None:
    """Whatever the bytes, the answer is deductions, refused rows, or a refusal."""
    try:
        read = read_deductions(b"kode,nama,nilai,mengurangi\n" + data)
    except InvalidInputError:
        return
    assert all(one.amount > 0 and one.title for one in read.deductions)
