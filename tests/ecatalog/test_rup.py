"""Packages of the RUP: brought in whole or not at all, never below what purchases hold."""

import csv
import datetime as dt
import io
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook
from sqlalchemy import select

from leuit.builtin.organisation import ChangedReportError, RefusedRowsError
from leuit.identity import SYSTEM, Unit
from leuit.plugins import Host
from leuit.values import InvalidInputError, NotFoundError, PermissionDeniedError
from leuit.work import AuditEntry, Leuit
from leuit_ecatalog.models import RupPackage
from leuit_ecatalog.rules.buying_rules import DIRECT
from leuit_ecatalog.service.purchase_files import plain_cell, write_purchases
from leuit_ecatalog.service.purchase_listing import (
    PurchaseFilter,
    all_purchases,
    count_purchases,
    purchases,
    units_of,
    vendors_of,
)
from leuit_ecatalog.service.rup import (
    RupFilter,
    count_packages,
    find_package,
    move_held,
    offered_packages,
    packages,
    purchases_of,
)
from leuit_ecatalog.service.rup_import import (
    RupHead,
    apply_rup,
    importing_units,
    receive_rup,
    try_rup,
)
from tests.ecatalog.buying_office import (
    AUDITOR,
    PLANNER,
    PP,
    YEAR,
    Office,
    committed,
    draft,
    office,
    package,
    product,
    sent,
    told,
)
from tests.support.command_line import runner

HEAD = "rup_id,name,activity,kind,method,pagu,account_code,source,announced_on\n"
PLAN = (
    HEAD
    + "60000001,Belanja ATK,Administrasi,Barang,E-Purchasing,25.000.000,5.1.02,APBD,5/1/2026\n"
    + "60000002,Belanja cetak,Administrasi,Jasa Lainnya,Pengadaan Langsung,9000000,,APBD,\n"
)


@pytest.fixture
def made(app: Leuit) -> Office:
    """The office."""
    return office(app)


def tried(made: Office, text: str, year: int = YEAR) -> dict[str, list[str]]:
    """Columns refused by row."""
    received = receive_rup(made.app, RupHead(made.unit, year), text.encode(), "rup.csv")
    with made.app.read(made.people[PLANNER]) as view:
        report = try_rup(view, received)
    return {row.key: [fault.path for fault in row.faults] for row in report.refused}


def bring_in(made: Office, text: str) -> dict[str, int]:
    """Store a file; how many rows of each outcome."""
    received = receive_rup(made.app, RupHead(made.unit, YEAR), text.encode(), "rup.csv")
    return apply_rup(made.app, made.people[PLANNER], received).counts


def test_a_plan_is_tried_without_any_change_and_stored_once(made: Office) -> None:
    """The same file again changes nothing, and the log has one entry."""
    assert tried(made, PLAN) == {}
    with made.app.read(SYSTEM) as view:
        assert view.session.scalars(select(RupPackage)).all() == []
    assert bring_in(made, PLAN) == {"baru": 2, "berubah": 0, "sama": 0, "ditolak": 0}
    assert bring_in(made, PLAN)["sama"] == 2
    with made.app.read(SYSTEM) as view:
        one = view.session.scalars(select(RupPackage).where(RupPackage.rup_id == "60000001")).one()
        entries = view.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "ecatalog.rup.imported")
        ).all()
    assert (one.pagu, one.kind, one.method) == (25_000_000, "barang", "e-purchasing")
    assert one.announced_on == dt.date(2026, 1, 5)
    assert len(entries) == 1


def test_every_fault_of_a_row_is_told_at_its_column(made: Office) -> None:
    """And nothing is stored of a file with any."""
    wrong = (
        HEAD
        + "1234,,x,sewa,undian,0,,,kemarin\n"
        + "60000003,Nama,,Barang,Tender,1,,,\n60000003,Nama,,Barang,Tender,1,,,\n"
    )
    assert tried(made, wrong) == {
        "1234": ["rup_id", "name", "kind", "method", "pagu", "announced_on"],
        "60000003": ["rup_id"],
    }
    with pytest.raises(RefusedRowsError):
        bring_in(made, wrong)
    with pytest.raises(InvalidInputError):
        tried(made, PLAN, 1999)
    with made.app.read(SYSTEM) as view:
        assert view.session.scalars(select(RupPackage)).all() == []


def test_a_pagu_never_goes_below_what_purchases_hold(made: Office) -> None:
    """Just as much is taken, a rupiah less is refused at its row; a larger one is a change."""
    plan = package(made, rup_id="60000009")
    sent(made, draft(made, product(made), 200, plan.rup_id, method=DIRECT))
    row = "60000009,Belanja bahan makanan,,barang,e-purchasing,{},,,2026-01-05\n"
    assert tried(made, HEAD + row.format(11_099_999)) == {"60000009": ["pagu"]}
    assert bring_in(made, HEAD + row.format(11_100_000))["berubah"] == 1
    with made.app.read(SYSTEM) as view:
        assert view.session.get_one(RupPackage, plan.id).pagu == 11_100_000
    assert bring_in(made, HEAD + row.format(20_000_000))["berubah"] == 1


def test_a_package_of_another_unit_or_year_is_not_taken_over(made: Office) -> None:
    """Its row is refused, whoever brings it."""
    package(made, rup_id="60000008", unit_id=made.sibling)
    package(made, rup_id="60000007", year=YEAR + 1)
    rows = "".join(f"{one},Nama,,barang,tender,1,,,\n" for one in ("60000008", "60000007"))
    assert tried(made, HEAD + rows) == {"60000008": ["rup_id"], "60000007": ["rup_id"]}


def test_what_was_shown_is_what_is_stored(made: Office) -> None:
    """A purchase between the report and the storing is told, not overwritten."""
    plan = package(made, rup_id="60000009")
    text = HEAD + "60000009,Belanja bahan makanan,,barang,e-purchasing,5000,,,2026-01-05\n"
    received = receive_rup(made.app, RupHead(made.unit, YEAR), text.encode(), "rup.csv")
    with made.app.read(made.people[PLANNER]) as view:
        digest = try_rup(view, received).digest
    with made.app.change(SYSTEM) as work:
        move_held(work, plan.id, 6_000)
        told(work)
    with pytest.raises(ChangedReportError):
        apply_rup(made.app, made.people[PLANNER], received, digest=digest)
    assert committed(made, plan.id) == 6_000


def test_only_who_may_bring_a_plan_in_does(made: Office) -> None:
    """The Pejabat Pengadaan buys from the plan but does not make it."""
    received = receive_rup(made.app, RupHead(made.unit, YEAR), PLAN.encode(), "rup.csv")
    with pytest.raises(PermissionDeniedError), made.app.read(made.people[PP]) as view:
        try_rup(view, received)
    with pytest.raises(PermissionDeniedError):
        apply_rup(made.app, made.people[PP], received)
    with made.app.read(made.people[PLANNER]) as view:
        assert [one[0] for one in importing_units(view)] == [made.unit]


def test_lists_are_those_of_the_units_that_one_may_read(made: Office) -> None:
    """An auditor reads all of them and changes nothing; the head of another unit sees none."""
    plan = package(made, rup_id="61111111", name="Belanja gula")
    package(made, rup_id="62222222", unit_id=made.sibling)
    one = sent(made, draft(made, product(made), 2, plan.rup_id, method=DIRECT))
    with made.app.read(made.people[AUDITOR]) as view:
        assert [row[0].rup_id for row in packages(view, RupFilter(), 0, 10)] == ["61111111"]
        assert count_packages(view, RupFilter(text="gula")) == 1
        assert count_packages(view, RupFilter(text="6111")) == 1
        assert count_packages(view, RupFilter(year=YEAR + 1)) == 0
        assert count_packages(view, RupFilter(unit_id=made.sibling)) == 0
        assert [row.id for row in purchases_of(view, plan.id)] == [one]
        assert offered_packages(view) == []
        for wanted, count in (
            (PurchaseFilter(), 1),
            (PurchaseFilter(state="menunggu_ppk"), 1),
            (PurchaseFilter(state="draf"), 0),
            (PurchaseFilter(rup_id="61111111"), 1),
            (PurchaseFilter(rup_id="62222222"), 0),
            (PurchaseFilter(vendor_id=made.shop.vendor), 1),
            (PurchaseFilter(vendor_id=made.rival.vendor), 0),
            (PurchaseFilter(unit_id=made.sibling), 0),
            (PurchaseFilter(text="ep-2026"), 1),
            (PurchaseFilter(text="kertas"), 0),
        ):
            assert count_purchases(view, wanted) == len(purchases(view, wanted, 0, 10)) == count
            assert len(list(all_purchases(view, wanted))) == count
        assert [row.id for row in vendors_of(view)] == [made.shop.vendor]
        assert [row.id for row in units_of(view)] == [made.unit]
    with made.app.read(made.people[PP]) as view:
        assert [row.rup_id for row in offered_packages(view)] == ["61111111"]
    with made.app.read(made.stranger) as view:
        assert [row[0].rup_id for row in packages(view, RupFilter(), 0, 10)] == ["62222222"]
        assert purchases(view, PurchaseFilter(), 0, 10) == []
        with pytest.raises(NotFoundError):
            find_package(view, plan.id)


def test_no_cell_of_a_file_is_a_formula(made: Office) -> None:
    """CSV marks what would be one as text; XLSX writes texts as texts."""
    plan = package(made)
    need = "=HYPERLINK(1)"
    draft(made, product(made), 2, plan.rup_id, need=need)
    who = made.people[AUDITOR]
    with write_purchases(made.app, who, PurchaseFilter(), "csv").content as content:
        content.seek(0)
        rows = list(csv.reader(io.StringIO(content.read().decode("utf-8-sig"))))
    assert (rows[1][1], len(rows)) == (f"'{need}", 2)
    with write_purchases(made.app, who, PurchaseFilter(), "xlsx").content as content:
        content.seek(0)
        sheet = CalamineWorkbook.from_filelike(io.BytesIO(content.read())).get_sheet_by_index(0)
    assert sheet.to_python()[1][1] == need
    assert [plain_cell(one) for one in ("+1", "-1", "@x", "\t", "a=1", 1)] == [
        "'+1",
        "'-1",
        "'@x",
        "'\t",
        "a=1",
        1,
    ]


def test_the_command_does_what_the_page_does(made: Office, host: Host, tmp_path: Path) -> None:
    """Tried first; with --apply stored; a refused row ends with exit status 1."""
    file = tmp_path / "rup.csv"
    file.write_text(PLAN)
    run = runner(made.app, host)
    with made.app.read(SYSTEM) as view:
        code = view.session.get_one(Unit, made.unit).code
    assert run("ecatalog", "rup", code, str(YEAR), str(file))[0] == 0
    with made.app.read(SYSTEM) as view:
        assert view.session.scalars(select(RupPackage)).all() == []
    assert run("ecatalog", "rup", code, str(YEAR), str(file), "--apply")[0] == 0
    with made.app.read(SYSTEM) as view:
        assert len(view.session.scalars(select(RupPackage)).all()) == 2
    file.write_text(HEAD + "1,Nama,,barang,tender,1,,,\n")
    assert run("ecatalog", "rup", code, str(YEAR), str(file), "--apply")[0] == 1
