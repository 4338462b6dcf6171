"""The order of the catalogue: tables brought in as a whole or not at all, and what they refuse."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import RefusedRowsError, Report
from leuit.identity import SYSTEM, Identity
from leuit.values import NotFoundError, PermissionDeniedError, StaleEditError, new_id
from leuit.work import AuditEntry, Leuit
from leuit_ecatalog.models import Attribute, Category, District
from leuit_ecatalog.service.categories import category_rows, find_category, hide_category
from leuit_ecatalog.service.category_import import apply_order, receive_order, try_order
from tests.core.organisation.office import open_office

SAMPLE = (Path(__file__).parent / "data" / "kategori.csv").read_bytes()
SMALL = """code,name,kind,default_unit_code,attributes
01,Produk Lokal,,,
01.01,Gula Aren,,,
01.01.01,Gula Cetak,barang,XPK,bentuk;berat
"""
ATTRIBUTES = """category_code,key,label,type,unit,choices,required,facet
01.01.01,berat,Berat,number,g,,ya,ya
01.01.01,bentuk,Bentuk,choice,,batok;bulat,,ya
"""


def bring_in(app: Leuit, kind: str, text: str | bytes, who: Identity = SYSTEM) -> Report:
    """Store a table."""
    data = text.encode() if isinstance(text, str) else text
    return apply_order(app, who, receive_order(app, kind, data, "tabel.csv"))


def tried(app: Leuit, kind: str, text: str) -> dict[str, Any]:
    """Columns refused by row."""
    with app.read(SYSTEM) as view:
        report = try_order(view, receive_order(app, kind, text.encode(), "tabel.csv"))
    return {row.key: [fault.path for fault in row.faults] for row in report.refused}


def test_every_row_of_the_sample_loads_and_the_same_file_changes_nothing(app: Leuit) -> None:
    """126 categories of three levels; brought in again, not one row differs."""
    report = bring_in(app, "categories", SAMPLE)
    assert report.counts == {"baru": 126, "berubah": 0, "sama": 0, "ditolak": 0}
    with app.read(SYSTEM) as view:
        rows = category_rows(view)
        for row in view.session.scalars(select(Category).where(Category.level > 1)):
            parent = view.session.get_one(Category, row.parent_id)
            assert row.code.startswith(f"{parent.code}.")
            assert row.path == f"{parent.path} > {row.name}"
    assert len(rows) == 126
    again = bring_in(app, "categories", SAMPLE)
    assert again.changes_nothing
    with app.read(SYSTEM) as view:
        told = view.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "ecatalog.order.imported")
        ).all()
    assert len(told) == 1


def test_attributes_keep_their_types_when_categories_come_again(app: Leuit) -> None:
    """A key of the table of categories begins as text; the table of attributes says what it is."""
    bring_in(app, "categories", SMALL)
    assert bring_in(app, "attributes", ATTRIBUTES).counts["berubah"] == 2
    bring_in(app, "categories", SMALL.replace("bentuk;berat", "bentuk;berat;isi"))
    with app.read(SYSTEM) as view:
        found = {one.key: one for one in view.session.scalars(select(Attribute))}
    assert (found["berat"].type, found["berat"].unit, found["berat"].required) == (
        "number",
        "g",
        True,
    )
    assert found["bentuk"].choices == ["batok", "bulat"]
    assert (found["isi"].type, found["isi"].place) == ("text", 3)


def test_a_row_with_a_fault_keeps_the_whole_table_out(app: Leuit) -> None:
    """Each fault is told at its column, and nothing is stored of a table with any."""
    text = (
        SMALL + "02.01,Tanpa Induk,,,\n01.01.02,Tanpa Jenis,,,\n01.01.03,Satuan,jasa,kilo gram,\n"
    )
    assert tried(app, "categories", text) == {
        "02.01": ["code"],
        "01.01.02": ["kind"],
        "01.01.03": ["default_unit_code"],
    }
    with pytest.raises(RefusedRowsError):
        bring_in(app, "categories", text)
    with app.read(SYSTEM) as view:
        assert category_rows(view) == []


def test_what_an_attribute_cannot_be_is_told(app: Leuit) -> None:
    """Choices belong to a choice, a unit to a number, and the category must be of level 3."""
    bring_in(app, "categories", SMALL)
    text = """category_code,key,type,unit,choices,required
01.01,x,text,,,
01.01.01,a,text,g,,
01.01.01,b,choice,,,
01.01.01,c,warna,,,
01.01.01,D,text,,,mungkin
"""
    assert tried(app, "attributes", text) == {
        "01.01 x": ["category_code"],
        "01.01.01 a": ["unit"],
        "01.01.01 b": ["choices"],
        "01.01.01 c": ["type"],
        "01.01.01 D": ["key", "required"],
    }


def test_of_all_regions_only_kecamatan_are_taken(app: Leuit) -> None:
    """The list of a whole regency can be given; its name and its villages are left out."""
    text = """code,name,kind,parent
36.02,Kabupaten Lebak,kabupaten,
36.02.22,Sobang,kecamatan,36.02
36.02.22.2001,Sobang,desa,36.02.22
"""
    assert bring_in(app, "districts", text).counts["baru"] == 1
    renamed = bring_in(app, "districts", "code,name\n36.02.22,Sobang Baru\n")
    assert renamed.counts["berubah"] == 1
    with app.read(SYSTEM) as view:
        [district] = view.session.scalars(select(District))
    assert (district.code, district.name) == ("36.02.22", "Sobang Baru")


def test_a_category_is_closed_to_new_products_and_opened_again(app: Leuit) -> None:
    """By who arranges the catalogue of the regency; a stale page is told."""
    bring_in(app, "categories", SMALL)
    office = open_office(app)
    with app.read(SYSTEM) as view:
        leaf = next(row for row in category_rows(view) if row.level == 3)
    with pytest.raises(PermissionDeniedError), app.change(office.staff(1)) as work:
        hide_category(work, leaf.id, 1, hidden=True)
    with app.change(SYSTEM) as work:
        assert hide_category(work, leaf.id, 1, hidden=True).hidden
    with pytest.raises(StaleEditError), app.change(SYSTEM) as work:
        hide_category(work, leaf.id, 1, hidden=False)
    with pytest.raises(NotFoundError), app.change(SYSTEM) as work:
        find_category(work, new_id())


def test_who_does_not_arrange_brings_nothing_in(app: Leuit) -> None:
    """A head of a unit is refused, also for trying."""
    office = open_office(app)
    received = receive_order(app, "categories", SMALL.encode(), "tabel.csv")
    with pytest.raises(PermissionDeniedError), app.read(office.staff(1)) as view:
        try_order(view, received)
    with pytest.raises(PermissionDeniedError):
        apply_order(app, office.staff(1), received)
