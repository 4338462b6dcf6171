"""Examples of the order of the catalogue, which belongs to the whole regency."""

from uuid import UUID

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_ecatalog.models import Attribute, Category
from leuit_ecatalog.service.category_import import receive_order, store_order
from tests.system.access import ROOT, Example, Region

TABLE = b"""code,name,kind,default_unit_code,attributes
99,Contoh,,,
99.01,Contoh,,,
99.01.01,Contoh,barang,XPK,berat
"""
REPORT = "/ecatalog/categories/import/report"


def one_category(app: Leuit) -> tuple[UUID, str]:
    """The order of one category of level 3 with an attribute; its id, and the file it came by."""
    received = receive_order(app, "categories", TABLE, "kategori.csv")
    with app.change(SYSTEM) as work:
        store_order(work, received)
        category_id = work.session.query(Category.id).where(Category.code == "99.01.01").scalar()
        assert work.session.query(Attribute).where(Attribute.category_id == category_id).count()
    assert category_id is not None
    return category_id, received.file.sha256


def examples(region: Region) -> dict[str, Example]:
    """Who arranges the catalogue does so for the regency."""
    category_id, sha256 = one_category(region.app)
    table = {"kind": "categories", "file": sha256, "name": "kategori.csv"}
    one = {"category_id": category_id}
    return {
        "GET /ecatalog/categories": Example(unit=ROOT),
        "GET /ecatalog/categories/import": Example(unit=ROOT),
        "POST /ecatalog/categories/import": Example(
            form={"kind": "categories"}, file=("k.csv", TABLE), unit=ROOT
        ),
        f"GET {REPORT}": Example(query=table, unit=ROOT),
        f"POST {REPORT}": Example(form={**table, "digest": "-"}, unit=ROOT),
        "GET /ecatalog/categories/{category_id}": Example(params=one, unit=ROOT),
        "POST /ecatalog/categories/{category_id}/hide": Example(
            params=one, form={"version": "1", "hidden": "tidak"}, unit=ROOT
        ),
    }
