"""Bringing in a DPA: a report per row, movements that balance, never below what is held."""

import datetime as dt
import io
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from sqlalchemy import func, select

from leuit.builtin.organisation import ChangedReportError, RefusedRowsError
from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.values import (
    InvalidInputError,
    LeuitError,
    PermissionDeniedError,
    TooLargeError,
)
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.models import Dpa, Entry, Line
from leuit_sp2d.rules.limits import Pockets
from leuit_sp2d.service.budget_lines import NumberTakenError
from leuit_sp2d.service.dpa import DpaPlan
from leuit_sp2d.service.dpa_file import read_dpa
from leuit_sp2d.service.dpa_import import StoredDpa, apply_dpa, receive_dpa, try_dpa
from leuit_sp2d.service.replaced_codes import Replacement, replacement_of
from tests.sp2d.budget_office import (
    ACTIVITY,
    FUEL,
    HEADING,
    PAPER,
    TRAVEL,
    BudgetOffice,
    dpa_file,
    open_office,
)

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> BudgetOffice:
    """Two units without any budget yet."""
    return open_office(app)


def tried(office: BudgetOffice, data: bytes, number: str = "DPA/2") -> DpaPlan:
    """The plan of a file that was not stored before."""
    received = receive_dpa(office.app, office.head(number), data, "dpa.csv")
    with office.app.read(office.keeper) as view:
        plan = try_dpa(view, received)
    assert isinstance(plan, DpaPlan)
    return plan


def told(plan: DpaPlan) -> list[tuple[int, str, list[str]]]:
    """Row, status and sentences of a plan."""
    return [
        (
            row.number,
            row.status,
            [fault.sentence() for fault in row.faults] or [str(change) for change in row.changes],
        )
        for row in plan.report.rows
    ]


@pytest.mark.parametrize(
    "old, new",
    [("5.1.01.03.07.0001", "5.1.02.02.01.0080"), ("5.1.01.03.08.0002", "5.1.02.02.01.0001")],
)
def test_a_code_holds_for_its_years(office: BudgetOffice, old: str, new: str) -> None:
    """Replaced from 2025 on: refused in a DPA of 2026 with the code that holds, taken in 2024's.

    The new one is refused in no year: that it did not hold is not known.
    """
    data = dpa_file({(ACTIVITY, old): 1_000_000})
    plan = tried(office, data)
    [(number, status, [sentence])] = told(plan)
    assert (number, status) == (2, "ditolak")
    assert sentence.startswith(f"{old} tidak berlaku sejak tahun anggaran 2025; pakai {new}")
    [fault] = plan.report.rows[0].faults
    assert (fault.path, fault.code) == ("rekening", "replaced_code")
    past = receive_dpa(
        office.app, office.head("DPA/3", year=2024, dated=dt.date(2024, 1, 5)), data, "dpa.csv"
    )
    with office.app.read(office.keeper) as view:
        taken = try_dpa(view, past)
    assert isinstance(taken, DpaPlan)
    assert not taken.report.refused
    assert not tried(office, dpa_file({(ACTIVITY, new): 1_000_000})).report.refused


def test_a_line_under_an_old_code_that_is_there_already_stays(
    office: BudgetOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its payments could not move to another line, so the next edition may still name it."""
    line = (ACTIVITY, "5.1.01.03.07.0001")
    with monkeypatch.context() as patch:
        patch.setattr("leuit_sp2d.service.dpa.replacement_of", lambda _code, _year: None)
        office.bring_in({line: 1_000_000})
    plan = tried(office, dpa_file({line: 2_000_000}))
    assert [row.status for row in plan.report.rows] == ["berubah"]


def test_a_replaced_code_is_followed_to_the_one_that_holds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Over several lists, and no further than the year of the budget."""
    steps = {"a": Replacement("b", 2022), "b": Replacement("c", 2025)}
    monkeypatch.setattr("leuit_sp2d.service.replaced_codes._replaced", lambda: steps)
    found = [replacement_of("a", year) for year in (2021, 2022, 2024, 2025)]
    assert [one and one.code for one in found] == [None, "b", "b", "c"]


def count(office: BudgetOffice, model: Any) -> int:
    with office.app.read(SYSTEM) as view:
        number: int = view.session.execute(select(func.count()).select_from(model)).scalar_one()
    return number


def test_the_first_edition_brings_money_in_from_outside(office: BudgetOffice) -> None:
    """Each row is a new line whose whole ceiling is not released yet; the audit log tells of it."""
    stored = office.bring_in({PAPER: "1.000.000", FUEL: 2_000})
    assert stored.report is not None
    assert stored.report.counts == {"baru": 2, "berubah": 0, "sama": 0, "ditolak": 0}
    assert stored.sequence == 1
    assert office.pockets(PAPER) == Pockets(1_000_000, 0, 0, 0)
    assert office.pockets(FUEL) == Pockets(2_000, 0, 0, 0)
    with office.app.read(SYSTEM) as view:
        dpa = view.session.execute(select(Dpa)).scalar_one()
        assert view.session.get(Blob, dpa.file_sha256) is not None
        actions = view.session.execute(select(AuditEntry.action)).scalars().all()
    assert (dpa.total, dpa.stage, dpa.imported_by) == (1_002_000, "M", None)
    assert "sp2d.dpa.imported" in actions
    assert office.unbalanced() == []


def test_the_next_edition_tells_each_row_from_and_to(office: BudgetOffice) -> None:
    """New, changed, same and left out are told with both ceilings, and stored just so."""
    office.bring_in({PAPER: 100, FUEL: 50})
    data = dpa_file({PAPER: 70, TRAVEL: 30})
    plan = tried(office, data)
    assert told(plan) == [
        (2, "berubah", ["Pagu Rp100 menjadi Rp70."]),
        (3, "baru", ["Pagu Rp30."]),
        (0, "berubah", ["Tidak ada di berkas: pagu Rp50 menjadi Rp0."]),
    ]
    assert (plan.before, plan.total, plan.drawn) == (150, 100, 0)
    assert count(office, Entry) == 2
    stored = office.bring_in({PAPER: 70, TRAVEL: 30}, "DPA/2", stage="P")
    assert stored.sequence == 2
    assert [office.pockets(key).ceiling for key in (PAPER, FUEL, TRAVEL)] == [70, 0, 30]
    assert told(tried(office, data, "DPA/3")) == [(2, "sama", []), (3, "sama", [])]
    assert office.unbalanced() == []


def test_a_line_may_vanish_by_zero_and_come_back(office: BudgetOffice) -> None:
    """Zero is a ceiling for a line that is there; a new line needs more than zero."""
    office.bring_in({PAPER: 100, FUEL: 50})
    office.bring_in({PAPER: 100, FUEL: "0"}, "DPA/2", stage="P")
    assert office.pockets(FUEL).ceiling == 0
    office.bring_in({PAPER: 100, FUEL: "Rp7,00"}, "DPA/3", stage="P.04")
    assert office.pockets(FUEL).ceiling == 7
    assert told(tried(office, dpa_file({PAPER: 100, TRAVEL: 0}), "DPA/4"))[1][1:] == (
        "ditolak",
        ["Pagu baris baru harus di atas nol."],
    )
    assert office.unbalanced() == []


def test_every_fault_of_every_row_is_told_and_nothing_stored(office: BudgetOffice) -> None:
    """Codes, amounts, names and repeats; one refused row stops the whole file."""
    text = HEADING + (
        "1.1.1,Sub,4.1.01,Pajak,-5\n"
        f"{PAPER[0]},Sub,{PAPER[1]},Kertas,100\n"
        f"{PAPER[0]},Sub,{PAPER[1]},Kertas,\n"
        f"{FUEL[0]},Sub,5.1.02.77.77.7777,,15\n"
        f"{FUEL[0]},Sub,{FUEL[1]},{'x' * 301},100.5\n"
    )
    plan = tried(office, text.encode())
    assert [(row.number, row.status) for row in plan.report.rows] == [
        (2, "ditolak"),
        (3, "baru"),
        (4, "ditolak"),
        (5, "ditolak"),
        (6, "ditolak"),
    ]
    faults = [{fault.path for fault in row.faults} for row in plan.report.rows]
    assert faults == [
        {"sub_kegiatan", "rekening", "pagu"},
        set(),
        {"rekening", "pagu"},
        {"nama_rekening"},
        {"nama_rekening", "pagu"},
    ]
    received = receive_dpa(office.app, office.head(), text.encode(), "dpa.csv")
    with pytest.raises(RefusedRowsError) as caught:
        apply_dpa(office.app, office.keeper, received)
    assert caught.value.report.digest == plan.report.digest
    assert (count(office, Dpa), count(office, Line), count(office, Entry)) == (0, 0, 0)


def test_known_codes_need_no_names(office: BudgetOffice) -> None:
    """A file of codes alone takes its names from the lists of the house."""
    text = "rekening;sub_kegiatan;pagu\n5.1.02.01.01.0024;1.01.01.2.06.0005;10\n"
    received = receive_dpa(office.app, office.head(), text.encode(), "dpa.csv")
    apply_dpa(office.app, office.keeper, received)
    with office.app.read(SYSTEM) as view:
        line = view.session.execute(select(Line)).scalar_one()
    assert line.activity_name == "Penyediaan Barang Cetakan dan Penggandaan"
    assert line.account_name


def test_names_follow_the_newest_edition(office: BudgetOffice) -> None:
    """Another name is told as a change; blanks alone are none."""
    office.bring_in({PAPER: 10})
    text = HEADING + f"{PAPER[0]},Sub   {PAPER[0]},{PAPER[1]},Kertas  HVS,10\n"
    plan = tried(office, text.encode())
    assert told(plan) == [(2, "berubah", [f"Nama “Rekening {PAPER[1]}” menjadi “Kertas HVS”."])]
    received = receive_dpa(office.app, office.head("DPA/2"), text.encode(), "dpa.csv")
    apply_dpa(office.app, office.keeper, received)
    with office.app.read(SYSTEM) as view:
        assert view.session.execute(select(Line.account_name)).scalar_one() == "Kertas HVS"


def test_a_ceiling_below_what_is_held_is_refused_with_the_papers(office: BudgetOffice) -> None:
    """Each such line is named with its commitments, the new ceiling and who holds the money."""
    office.bring_in({PAPER: 1000, FUEL: 500})
    office.release({PAPER: 1000, FUEL: 500})
    numbers = [office.pay(PAPER, 10, spent=value == 1, value=value)[-1] for value in range(1, 8)]
    held = office.pay(FUEL, 400, value=9)
    plan = tried(office, dpa_file({PAPER: 69}))
    assert [(line.account, line.committed, line.ceiling) for line in plan.short] == [
        (PAPER[1], 70, 69),
        (FUEL[1], 400, 0),
    ]
    assert plan.short[0].papers == tuple(sorted(numbers))
    assert plan.short[1].papers == held
    five = ", ".join(sorted(numbers)[:5])
    below = "Pagu baru Rp69 kurang dari Rp70 yang ditahan atau dicairkan oleh"
    assert told(plan) == [
        (
            2,
            "ditolak",
            [f"{below} {five} dan 2 lainnya."],
        ),
        (
            0,
            "ditolak",
            [f"Pagu baru Rp0 kurang dari Rp400 yang ditahan atau dicairkan oleh {held[0]}."],
        ),
    ]
    with pytest.raises(RefusedRowsError):
        office.bring_in({PAPER: 69}, "DPA/2")
    assert office.pockets(PAPER) == Pockets(0, 930, 60, 10)
    assert office.unbalanced() == []


def test_a_release_above_the_new_ceiling_is_drawn_back(office: BudgetOffice) -> None:
    """What SPDs released beyond the ceiling goes back first, by entries of the same DPA."""
    office.bring_in({PAPER: 1000, FUEL: 100})
    office.release({PAPER: 800, FUEL: 100})
    office.pay(PAPER, 300)
    plan = tried(office, dpa_file({PAPER: 500, FUEL: 100}))
    assert told(plan)[0] == (
        2,
        "berubah",
        ["Pagu Rp1.000 menjadi Rp500.", "SPD ditarik kembali Rp300."],
    )
    assert plan.drawn == 300
    stored = office.bring_in({PAPER: 500, FUEL: 100}, "DPA/2")
    assert office.pockets(PAPER) == Pockets(0, 200, 300, 0)
    with office.app.read(SYSTEM) as view:
        moves = view.session.execute(
            select(Entry.from_pocket, Entry.to_pocket, Entry.amount)
            .where(Entry.cause_kind == "dpa", Entry.cause_id == stored.id)
            .order_by(Entry.id)
        ).all()
    assert [tuple(move) for move in moves] == [
        ("free", "unreleased", 300),
        ("unreleased", "outside", 500),
    ]
    assert office.bring_in({PAPER: 300, FUEL: 100}, "DPA/3").sequence == 3
    assert office.pockets(PAPER) == Pockets(0, 0, 300, 0)
    assert office.unbalanced() == []


def test_the_same_file_under_the_same_number_is_one_edition(office: BudgetOffice) -> None:
    """Told as stored before, also after a later edition; anything else under it is a conflict."""
    first = office.bring_in({PAPER: 100})
    again = office.bring_in({PAPER: 100})
    assert (again.id, again.is_repeated, again.sequence) == (first.id, True, 1)
    office.bring_in({PAPER: 90}, "DPA/2")
    assert office.bring_in({PAPER: 100}).id == first.id
    assert office.pockets(PAPER).ceiling == 90
    for amounts, given in (
        ({PAPER: 101}, {}),
        ({PAPER: 100}, {"stage": "P"}),
        ({PAPER: 100}, {"skpd_code": "7.01.0.00.0.00.06.0000"}),
    ):
        with pytest.raises(NumberTakenError):
            office.bring_in(amounts, **given)
    assert office.bring_in({PAPER: 5}, unit_id=office.people.sibling).sequence == 1
    assert count(office, Dpa) == 3


def test_another_outcome_than_the_one_read_is_refused(office: BudgetOffice) -> None:
    """With the digest of a report, storing does what the report said or nothing."""
    office.bring_in({PAPER: 100})
    received = receive_dpa(office.app, office.head("DPA/3"), dpa_file({PAPER: 50}), "dpa.csv")
    with office.app.read(office.keeper) as view:
        plan = try_dpa(view, received)
    assert isinstance(plan, DpaPlan)
    office.bring_in({PAPER: 60}, "DPA/2")
    with pytest.raises(ChangedReportError):
        apply_dpa(office.app, office.keeper, received, digest=plan.report.digest)
    assert office.pockets(PAPER).ceiling == 60
    with office.app.read(office.keeper) as view:
        fresh = try_dpa(view, received)
    assert not isinstance(fresh, StoredDpa)
    apply_dpa(office.app, office.keeper, received, digest=fresh.report.digest)
    assert office.pockets(PAPER).ceiling == 50


def test_only_who_may_import_for_the_unit_does(office: BudgetOffice) -> None:
    """The permission is asked for on the unit itself, by the trial and by the act."""
    for who, unit in (
        (office.reader, office.unit),
        (office.unit_keeper, office.people.sibling),
        (office.people.head, office.unit),
    ):
        received = receive_dpa(
            office.app, office.head(unit_id=unit), dpa_file({PAPER: 1}), "dpa.csv"
        )
        with pytest.raises(PermissionDeniedError), office.app.read(who) as view:
            try_dpa(view, received)
        with pytest.raises(PermissionDeniedError):
            apply_dpa(office.app, who, received)
    received = receive_dpa(office.app, office.head(), dpa_file({PAPER: 1}), "dpa.csv")
    assert apply_dpa(office.app, office.unit_keeper, received).sequence == 1


def test_a_wrong_head_is_told_whole(office: BudgetOffice) -> None:
    """Every fault of what is given beside the file, by its field."""
    head = office.head(
        number="baris\nbaru", year=1999, stage="murni", skpd_code="1.01", dated=office.head().dated
    )
    with pytest.raises(InvalidInputError) as caught:
        receive_dpa(office.app, head, dpa_file({PAPER: 1}), "dpa.csv")
    assert {fault.path for fault in caught.value.fields} == {
        "number",
        "year",
        "stage",
        "skpd_code",
        "dated",
    }


def workbook(rows: list[list[Any]]) -> bytes:
    """An XLSX file of these rows."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return target.getvalue()


def test_a_workbook_is_read_like_a_file_of_text() -> None:
    """Numbers of cells are whole rupiah; what no cell can hold exactly is refused."""
    heading = ["sub_kegiatan", "rekening", "pagu"]
    read = read_dpa(workbook([heading, [*PAPER, 1_450_000], [*FUEL, 0.5], [*TRAVEL, 1e18]]))
    assert [row.amount for row in read.rows] == [1_450_000, None, None]


@pytest.mark.parametrize(
    "amount",
    [
        "",
        "-",
        "-1",
        "NaN",
        "inf",
        "1e3",
        "0x10",
        "1.5",
        "10,25",
        "9" * 19,
        "9" * 400,
        "1 000",
        "１００",
        "Rp",
        "=1+1",
        "1.00.000",
        "+5",
        "00.000.000,01",
    ],
)
def test_hostile_amounts_are_refused(amount: str) -> None:
    """Only whole rupiah from zero up to the largest exact amount are a ceiling."""
    cell = f'"{amount}"'
    read = read_dpa((HEADING + f"{PAPER[0]},a,{PAPER[1]},b,{cell}\n").encode())
    assert read.rows[0].amount is None
    assert {fault.path for fault in read.rows[0].faults} == {"pagu"}


@pytest.mark.parametrize(
    "data",
    [
        b"",
        HEADING.encode(),
        b"sub_kegiatan,pagu\n1,2\n",
        b"PK\x03\x04rusak",
        b"\xff\xfe\x00",
        (HEADING + "x" * 1001 + ",,,,\n").encode(),
        (HEADING + f"{PAPER[0]},a,{PAPER[1]},b,{9 * 10**14}\n" * 2).encode(),
    ],
)
def test_what_is_no_dpa_is_refused_as_a_whole(data: bytes) -> None:
    """An empty, broken or absurd file has no report of rows: it is one sentence."""
    with pytest.raises(LeuitError) as caught:
        read_dpa(data)
    assert caught.value.status in (413, 422)


def test_more_rows_than_any_budget_has_are_refused() -> None:
    """The writer waits for an import, hence its size has a limit."""
    with pytest.raises(TooLargeError):
        read_dpa((HEADING + f"{PAPER[0]},a,{PAPER[1]},b,1\n" * 10_001).encode())
