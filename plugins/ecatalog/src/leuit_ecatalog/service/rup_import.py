"""Bringing in packages of the RUP: tried without any change, then stored at once or not at all.

A package that the file leaves out stays: purchases hang on it. A pagu below what live purchases
hold is refused at its row, and so is a package of another unit.
"""

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import select, update

from leuit.builtin.checks import storable
from leuit.builtin.organisation import (
    Line,
    RefusedRowsError,
    Report,
    RowReport,
    Table,
    check_digest,
    read_table,
    store_table,
)
from leuit.identity import Identity, Unit
from leuit.values import (
    ConflictError,
    InvalidInputError,
    RecordRef,
    _,
    format_rupiah,
    one_line,
    parse_date,
)
from leuit.work import Leuit, StoredFile, View, Work, register_file
from leuit_ecatalog.models import RupPackage
from leuit_ecatalog.models.rup import ACTIVITY, CODE, MOST_PAGU, NAME, SOURCE
from leuit_ecatalog.permissions import IMPORT_RUP
from leuit_ecatalog.rules.rup_codes import RUP_ID, kind_of, method_of

IMPORTED: Final = "ecatalog.rup.imported"
REQUIRED: Final = ("rup_id", "name", "kind", "method", "pagu")
COLUMNS: Final = (*REQUIRED, "activity", "account_code", "source", "announced_on")
_AMOUNT = re.compile(r"[0-9]{1,15}", re.ASCII)
_FIRST, _LAST = 2020, 2100
_TOLD: Final = {
    "name": _("Nama berubah"),
    "activity": _("Kegiatan berubah"),
    "kind": _("Jenis berubah"),
    "method": _("Metode berubah"),
    "account_code": _("Kode rekening berubah"),
    "source": _("Sumber dana berubah"),
    "announced_on": _("Tanggal pengumuman berubah"),
}


@attrs.frozen
class RupHead:
    """Of which unit and year the packages of a file are."""

    unit_id: UUID
    year: int


@attrs.frozen
class ReceivedRup:
    """A file that could be read, in the store; no row names it yet."""

    head: RupHead
    table: Table
    file: StoredFile


def receive_rup(app: Leuit, head: RupHead, data: bytes, name: str) -> ReceivedRup:
    """Read a file and put it into the store; call it outside a unit of work.

    Raises InvalidInputError or TooLargeError for what is no such file.
    """
    if not _FIRST <= head.year <= _LAST:
        raise InvalidInputError(_("Tahun itu di luar batas."))
    read = read_table(data, COLUMNS, REQUIRED)
    return ReceivedRup(head, read, store_table(app, data, one_line(name)[:200] or "rup"))


def try_rup(view: View, received: ReceivedRup) -> Report:
    """What the file would do to each package; nothing is changed."""
    return _planned(view, received)[0]


def apply_rup(
    app: Leuit,
    identity: Identity,
    received: ReceivedRup,
    *,
    digest: str | None = None,
    request_id: str = "",
) -> Report:
    """Store what the file says, in a unit of work of its own.

    Raises RefusedRowsError when a row is refused, ChangedReportError when the outcome is not the
    one whose digest was given, ConflictError where purchases took more meanwhile.
    """
    with app.change(identity, request_id=request_id) as work:
        report, wanted = _planned(work, received)
        check_digest(digest, report)
        if report.refused:
            raise RefusedRowsError(report)
        for package_id, values in wanted:
            _store(work, received.head, package_id, values)
        if wanted:
            register_file(work, received.file)
            ref = RecordRef("ecatalog.rup", str(received.head.unit_id), received.file.name)
            work.audit(
                IMPORTED, ref, year=received.head.year, sha256=received.file.sha256, **report.counts
            )
        return attrs.evolve(report, applied=True)


def _planned(
    view: View, received: ReceivedRup
) -> tuple[Report, list[tuple[UUID | None, dict[str, Any]]]]:
    view.require(IMPORT_RUP, received.head.unit_id)
    lines = received.table.lines
    known = _known(view, [line.get("rup_id") for line in lines])
    rows: list[RowReport] = []
    wanted: list[tuple[UUID | None, dict[str, Any]]] = []
    seen: dict[str, int] = {}
    for line in lines:
        rup_id = line.get("rup_id")
        row = RowReport(line.number, rup_id, one_line(line.get("name")))
        rows.append(row)
        if rup_id in seen:
            row.refuse("rup_id", _("ID ini sudah ada di baris %(row)s.") % {"row": seen[rup_id]})
            continue
        seen[rup_id] = line.number
        values = _read(row, line)
        found = known.get(rup_id)
        if found is not None:
            _compare(row, found, values, received.head)
        elif row.status != "ditolak":
            told = _("Paket baru, pagu %(pagu)s") % {"pagu": format_rupiah(values["pagu"])}
            row.changed(told, new=True)
        if row.status in ("baru", "berubah"):
            wanted.append((found.id if found else None, {"rup_id": rup_id, **values}))
    return Report("rup", tuple(rows), received.table.ignored), wanted


def _known(view: View, ids: Sequence[str]) -> dict[str, RupPackage]:
    found: dict[str, RupPackage] = {}
    for start in range(0, len(ids), 500):
        part = [one for one in ids[start : start + 500] if storable(one)]
        query = select(RupPackage).where(RupPackage.rup_id.in_(part))
        found |= {one.rup_id: one for one in view.session.scalars(query)}
    return found


def _read(row: RowReport, line: Line) -> dict[str, Any]:
    if not RUP_ID.fullmatch(row.key):
        row.refuse("rup_id", _("ID RUP terdiri dari 5 sampai 12 angka."))
    texts = {}
    for column, most in (("name", NAME), ("activity", ACTIVITY), ("source", SOURCE)):
        texts[column] = one_line(line.get(column))
        if len(texts[column]) > most or not storable(texts[column]):
            row.refuse(column, _("Paling banyak %(most)s huruf.") % {"most": most})
    if not texts["name"]:
        row.refuse("name", _("Nama paket wajib diisi."))
    kind, method = kind_of(line.get("kind")), method_of(line.get("method"))
    if kind is None:
        row.refuse("kind", _("Tulis barang, jasa lainnya, konstruksi, atau konsultansi."))
    if method is None:
        row.refuse("method", _("Metode itu tidak dikenal, misalnya e-purchasing."))
    pagu = line.get("pagu").removeprefix("Rp").replace(".", "").strip()
    if not _AMOUNT.fullmatch(pagu) or not 0 < int(pagu) <= MOST_PAGU:
        row.refuse("pagu", _("Pagu berupa rupiah bulat di atas nol."))
        pagu = "0"
    account = line.get("account_code")
    if len(account) > CODE or not storable(account):
        row.refuse("account_code", _("Paling banyak %(most)s huruf.") % {"most": CODE})
    announced: dt.date | None = None
    if line.get("announced_on"):
        try:
            announced = parse_date(line.get("announced_on"))
        except InvalidInputError as error:
            row.refuse("announced_on", error)
    return {
        **texts,
        "kind": kind,
        "method": method,
        "pagu": int(pagu),
        "account_code": account,
        "announced_on": announced,
    }


def _compare(row: RowReport, found: RupPackage, values: dict[str, Any], head: RupHead) -> None:
    if (found.unit_id, found.year) != (head.unit_id, head.year):
        row.refuse("rup_id", _("Paket ini milik unit atau tahun lain."))
        return
    if 0 < values["pagu"] < found.committed:
        row.refuse(
            "pagu",
            _("Pagu tidak boleh di bawah %(held)s yang sudah dipakai pembelian.")
            % {"held": format_rupiah(found.committed)},
        )
    if row.status == "ditolak":
        return
    if found.pagu != values["pagu"]:
        told = {"old": format_rupiah(found.pagu), "new": format_rupiah(values["pagu"])}
        row.changed(_("Pagu %(old)s menjadi %(new)s") % told)
    for field, told_of in _TOLD.items():
        if getattr(found, field) != values[field]:
            row.changed(told_of)


def _store(work: Work, head: RupHead, package_id: UUID | None, values: dict[str, Any]) -> None:
    if package_id is None:
        work.session.add(
            RupPackage(unit_id=head.unit_id, year=head.year, imported_at=work.now, **values)
        )
        work.session.flush()
        return
    changed = work.connection.execute(
        update(RupPackage)
        .where(RupPackage.id == package_id, RupPackage.committed <= values["pagu"])
        .values(**values, imported_at=work.now, version=RupPackage.version + 1)
    )
    if changed.rowcount != 1:
        raise ConflictError(
            _("Pembelian baru memakai pagu paket %(id)s."),
            advice=_("Periksa laporan yang baru, lalu simpan."),
            id=values["rup_id"],
        )


def importing_units(view: View) -> list[tuple[UUID, str]]:
    """The units whose packages the asker may bring in, by name."""
    query = (
        select(Unit.id, Unit.name)
        .where(Unit.id.in_(view.units(IMPORT_RUP)), Unit.valid_to.is_(None))
        .order_by(Unit.name)
    )
    return [(row.id, row.name) for row in view.connection.execute(query)]
