"""What the tables of the catalogue's order say: categories, their attributes, and kecamatan.

Each table is read row by row against what is there; nothing is taken away by leaving it out, as
products hang on it. A category that should take no new products is hidden instead.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import func, select

from leuit.builtin.checks import storable
from leuit.builtin.organisation import Line, RowReport
from leuit.values import Text, _, new_id, one_line
from leuit.work import View, Work
from leuit_ecatalog.models import Attribute, Category, District
from leuit_ecatalog.models.categories import (
    ATTRIBUTE_TYPES,
    CHOICE,
    GOODS,
    LABEL,
    NAME,
    NUMBER,
    PATH,
    SERVICES,
    TEXT,
)

_CODE = re.compile(r"[0-9A-Za-z]{1,6}(\.[0-9A-Za-z]{1,6}){0,2}")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_UNIT = re.compile(r"[A-Z0-9]{2,3}")
_KBLI = re.compile(r"[0-9]{5}")
_DISTRICT = re.compile(r"[0-9]{2}\.[0-9]{2}\.[0-9]{2}")
_ANSWERS: Final = {"": False, "tidak": False, "0": False, "ya": True, "1": True}
_MOST_CHOICES, _MOST_ATTRIBUTES = 60, 30


@attrs.define
class Plan:
    """The report of each row, and what storing them does."""

    rows: list[RowReport] = attrs.field(factory=list)
    acts: list[Callable[[Work], None]] = attrs.field(factory=list)


@attrs.frozen
class OrderTable:
    """One kind of table: its columns, those it must have, and how it is planned."""

    name: str
    title: Text
    columns: tuple[str, ...]
    required: tuple[str, ...]
    plan: Callable[[View, Sequence[Line]], Plan]


def _plan_categories(view: View, lines: Sequence[Line]) -> Plan:
    """Rows in any order; a category may name a parent that another row of the file brings."""
    known = {one.code: one for one in view.session.scalars(select(Category))}
    keys: dict[UUID, set[str]] = {}
    for category_id, key in view.connection.execute(select(Attribute.category_id, Attribute.key)):
        keys.setdefault(category_id, set()).add(key)
    plan = Plan()
    seen: dict[str, int] = {}
    ids = {code: one.id for code, one in known.items()}
    names = {code: one.name for code, one in known.items()}
    for line in sorted(lines, key=lambda one: (one.get("code").count("."), one.number)):
        code = line.get("code")
        row = RowReport(line.number, code, line.get("name"))
        plan.rows.append(row)
        if code in seen:
            row.refuse("code", _("Kode ini sudah ada di baris %(row)s.") % {"row": seen[code]})
            continue
        seen[code] = line.number
        wanted = _category(row, line, ids, names)
        if row.status == "ditolak":
            continue
        names[code] = wanted["name"]
        found = known.get(code)
        category_id = ids.setdefault(code, found.id if found else new_id())
        new_keys = [one for one in wanted.pop("keys") if one not in keys.get(category_id, set())]
        _tell(row, found, wanted, new_keys)
        if row.status != "sama":
            plan.acts.append(_store_category(category_id, wanted, new_keys, ids))
    plan.rows.sort(key=lambda one: one.number)
    return plan


def _category(
    row: RowReport, line: Line, ids: Mapping[str, UUID], names: Mapping[str, str]
) -> dict[str, Any]:
    code, level = row.key, row.key.count(".") + 1
    if not _CODE.fullmatch(code):
        row.refuse("code", _("Kode terdiri dari satu sampai tiga bagian, misalnya 01.02.03."))
        return {}
    if line.get("level") not in ("", str(level)):
        row.refuse("level", _("Kode ini tingkat %(level)s.") % {"level": level})
    parent = code.rpartition(".")[0]
    if line.get("parent_code") not in ("", parent):
        row.refuse("parent_code", _("Induk kode ini adalah %(code)s.") % {"code": parent})
    if parent and parent not in ids:
        row.refuse("code", _("Kategori induk %(code)s tidak ada.") % {"code": parent})
    name = one_line(line.get("name"))
    if not name or len(name) > NAME or not storable(name):
        row.refuse("name", _("Nama wajib diisi, paling banyak %(most)s huruf.") % {"most": NAME})
    kind = line.get("kind").lower()
    if kind not in ("", GOODS, SERVICES) or (level == 3) != bool(kind):
        row.refuse("kind", _("Tingkat 3 menyebut barang atau jasa; tingkat lain kosong."))
    unit = line.get("default_unit_code").upper()
    if unit and not _UNIT.fullmatch(unit):
        row.refuse("default_unit_code", _("Tulis kode satuan UN/ECE, misalnya KGM."))
    kbli = [one for one in re.split(r"[;\s]+", line.get("kbli")) if one]
    if any(not _KBLI.fullmatch(one) for one in kbli):
        row.refuse("kbli", _("KBLI terdiri dari 5 angka, dipisah titik koma."))
    attributes = [one for one in re.split(r"[;\s]+", line.get("attributes")) if one]
    if any(not _KEY.fullmatch(one) for one in attributes) or len(attributes) > _MOST_ATTRIBUTES:
        row.refuse("attributes", _("Nama atribut dari huruf kecil dan garis bawah."))
    above = [names.get(".".join(code.split(".")[:at]), "") for at in range(1, level)]
    return {
        "code": code,
        "level": level,
        "name": name,
        "path": " > ".join([*above, name])[:PATH],
        "kind": kind,
        "unit_code": unit,
        "account_code": line.get("account_code")[:30],
        "kbli": sorted(set(kbli)),
        "keys": list(dict.fromkeys(attributes)),
    }


def _tell(row: RowReport, found: Category | None, wanted: dict[str, Any], new: list[str]) -> None:
    if found is None:
        row.changed(_("Kategori tingkat %(level)s") % {"level": wanted["level"]}, new=True)
        return
    for field, told in _TOLD.items():
        if getattr(found, field) != wanted[field]:
            row.changed(told)
    if new:
        row.changed(_("Atribut baru: %(keys)s") % {"keys": ", ".join(new)})


_TOLD: Final = {
    "name": _("Nama berubah"),
    "path": _("Letak berubah"),
    "kind": _("Jenis berubah"),
    "unit_code": _("Satuan berubah"),
    "account_code": _("Rekening belanja berubah"),
    "kbli": _("KBLI berubah"),
}


def _store_category(
    category_id: UUID, wanted: dict[str, Any], new: list[str], ids: Mapping[str, UUID]
) -> Callable[[Work], None]:
    def store(work: Work) -> None:
        found = work.session.get(Category, category_id)
        if found is None:
            found = Category(id=category_id, **wanted)
            found.parent_id = ids.get(wanted["code"].rpartition(".")[0])
            work.session.add(found)
        else:
            for field in _TOLD:
                setattr(found, field, wanted[field])
            found.version += 1
        work.session.flush()
        place = _last_place(work, category_id)
        for number, key in enumerate(new, place + 1):
            label = key.replace("_", " ").capitalize()
            work.session.add(
                Attribute(category_id=category_id, key=key, label=label, type=TEXT, place=number)
            )
        work.session.flush()

    return store


def _last_place(work: Work, category_id: UUID) -> int:
    query = select(func.max(Attribute.place)).where(Attribute.category_id == category_id)
    return work.session.scalar(query) or 0


def _plan_attributes(view: View, lines: Sequence[Line]) -> Plan:
    categories = {
        code: (category_id, level)
        for category_id, code, level in view.connection.execute(
            select(Category.id, Category.code, Category.level)
        )
    }
    known = {(one.category_id, one.key): one for one in view.session.scalars(select(Attribute))}
    plan = Plan()
    seen: dict[tuple[str, str], int] = {}
    for line in lines:
        code, key = line.get("category_code"), line.get("key")
        row = RowReport(line.number, f"{code} {key}", line.get("label") or key)
        plan.rows.append(row)
        if (code, key) in seen:
            at = seen[code, key]
            row.refuse("key", _("Atribut ini sudah ada di baris %(row)s.") % {"row": at})
            continue
        seen[code, key] = line.number
        category_id, level = categories.get(code, (None, 0))
        if category_id is None or level != 3:
            row.refuse("category_code", _("Kategori tingkat 3 dengan kode ini tidak ada."))
        wanted = _attribute(row, line)
        if row.status == "ditolak" or category_id is None:
            continue
        found = known.get((category_id, key))
        if found is None:
            row.changed(_("Atribut %(type)s") % {"type": wanted["type"]}, new=True)
        else:
            for field, told in _ATTRIBUTE_TOLD.items():
                if getattr(found, field) != wanted[field]:
                    row.changed(told)
        if row.status != "sama":
            plan.acts.append(_store_attribute(category_id, key, wanted))
    return plan


_ATTRIBUTE_TOLD: Final = {
    "label": _("Nama berubah"),
    "type": _("Jenis isian berubah"),
    "unit": _("Satuan berubah"),
    "choices": _("Pilihan berubah"),
    "required": _("Wajib atau tidak berubah"),
    "facet": _("Saringan berubah"),
}


def _attribute(row: RowReport, line: Line) -> dict[str, Any]:
    key, label = line.get("key"), one_line(line.get("label"))
    if not _KEY.fullmatch(key):
        row.refuse("key", _("Nama atribut dari huruf kecil dan garis bawah."))
    if len(label) > LABEL or not storable(label):
        row.refuse("label", _("Paling banyak %(most)s huruf.") % {"most": LABEL})
    sort = line.get("type").lower() or TEXT
    if sort not in ATTRIBUTE_TYPES:
        told = _("Jenis isian: %(types)s.") % {"types": ", ".join(ATTRIBUTE_TYPES)}
        row.refuse("type", told)
    choices = list(dict.fromkeys(one_line(one) for one in line.get("choices").split(";")))
    choices = [one for one in choices if one]
    if (sort == CHOICE) != bool(choices) or len(choices) > _MOST_CHOICES:
        row.refuse("choices", _("Hanya jenis choice punya pilihan, dipisah titik koma."))
    unit = line.get("unit")
    if len(unit) > 20 or (unit and sort != NUMBER):
        row.refuse("unit", _("Hanya jenis number punya satuan."))
    for column in ("required", "facet"):
        if line.get(column).lower() not in _ANSWERS:
            row.refuse(column, _("Tulis ya atau tidak."))
    return {
        "label": label or key.replace("_", " ").capitalize(),
        "type": sort,
        "unit": unit,
        "choices": choices,
        "required": _ANSWERS.get(line.get("required").lower(), False),
        "facet": _ANSWERS.get(line.get("facet").lower(), False),
    }


def _store_attribute(category_id: UUID, key: str, wanted: dict[str, Any]) -> Callable[[Work], None]:
    def store(work: Work) -> None:
        found = work.session.scalar(
            select(Attribute).where(Attribute.category_id == category_id, Attribute.key == key)
        )
        if found is None:
            found = Attribute(
                category_id=category_id, key=key, place=_last_place(work, category_id) + 1
            )
            work.session.add(found)
        for field, value in wanted.items():
            setattr(found, field, value)
        work.session.flush()

    return store


def _plan_districts(view: View, lines: Sequence[Line]) -> Plan:
    """Of a list of all regions only the kecamatan count: rows of another `kind` are left out."""
    known = {
        row.code: row.name for row in view.connection.execute(select(District.code, District.name))
    }
    plan = Plan()
    seen: dict[str, int] = {}
    for line in lines:
        if line.get("kind").lower() not in ("", "kecamatan"):
            continue
        code, name = line.get("code"), one_line(line.get("name"))
        row = RowReport(line.number, code, name)
        plan.rows.append(row)
        if not _DISTRICT.fullmatch(code):
            row.refuse("code", _("Kode kecamatan seperti 36.02.01."))
        elif code in seen:
            row.refuse("code", _("Kode ini sudah ada di baris %(row)s.") % {"row": seen[code]})
        if not name or len(name) > NAME or not storable(name):
            told = _("Nama wajib diisi, paling banyak %(most)s huruf.") % {"most": NAME}
            row.refuse("name", told)
        seen[code] = line.number
        if row.status == "ditolak" or known.get(code) == name:
            continue
        if code in known:
            row.changed(_("Nama berubah"))
        else:
            row.changed(_("Kecamatan"), new=True)
        plan.acts.append(_store_district(code, name))
    return plan


def _store_district(code: str, name: str) -> Callable[[Work], None]:
    def store(work: Work) -> None:
        work.session.merge(District(code=code, name=name))

    return store


TABLES: Final = {
    table.name: table
    for table in (
        OrderTable(
            "categories",
            _("Kategori"),
            (
                "code",
                "level",
                "parent_code",
                "name",
                "path",
                "kind",
                "default_unit",
                "default_unit_code",
                "account_code",
                "attributes",
                "kbli",
            ),
            ("code", "name", "kind"),
            _plan_categories,
        ),
        OrderTable(
            "attributes",
            _("Atribut"),
            ("category_code", "key", "label", "type", "unit", "choices", "required", "facet"),
            ("category_code", "key"),
            _plan_attributes,
        ),
        OrderTable(
            "districts",
            _("Kecamatan"),
            ("code", "name", "kind", "parent"),
            ("code", "name"),
            _plan_districts,
        ),
    )
}
