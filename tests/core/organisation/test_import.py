"""Files of units and staff: a report per row, all faults at once, all or nothing, idempotent."""

import csv
import datetime as dt
import functools
import io
import zipfile
from typing import Any

import pytest
import xlsxwriter  # type: ignore[import-untyped]  # it ships no types
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leuit.builtin.organisation import RefusedRowsError, grant_role, receive, try_import
from leuit.builtin.organisation.import_staff import COLUMNS, REQUIRED
from leuit.builtin.organisation.tables import read_table
from leuit.identity import (
    SYSTEM,
    Account,
    Assignment,
    Person,
    PersonPin,
    Position,
    Unit,
    UnitLink,
)
from leuit.storage import Blob
from leuit.values import InvalidInputError, LeuitError, TooLargeError
from leuit.work import AuditEntry
from tests.core.organisation.office import DAY, STAFF, UNITS, Office

HEADING = "nip,name,unit_code,position,is_head,kind,pin,effective,until,account\n"
MODELS = (Unit, UnitLink, Person, PersonPin, Position, Assignment, Account)


def stored(office: Office) -> list[Any]:
    """Every row that an import may write."""
    with office.app.read(SYSTEM) as view:
        return [
            sorted(
                str(tuple(row)) for row in view.session.execute(select(*model.__table__.columns))
            )
            for model in MODELS
        ]


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    """The second time every row is “sama”, and no row and no entry about people is added."""
    before = stored(office)
    for kind, text in (("units", UNITS), ("staff", STAFF)):
        report = office.bring_in(kind, text)
        assert report.counts["sama"] == len(report.rows)
        assert report.changes_nothing
    assert stored(office) == before


def test_trying_changes_nothing(office: Office) -> None:
    """A dry run tells what would happen, stores nothing, and applying then does just that."""
    text = HEADING + "198001012005011010,Baru,DIN.A,Pelaksana,,,77,2026-10-06,,ya\n"
    before = stored(office)
    with office.app.read(SYSTEM) as view:
        tried = try_import(view, "staff", text.encode())
    assert [row.status for row in tried.rows] == ["baru"]
    assert stored(office) == before
    done = office.bring_in("staff", text, digest=tried.digest)
    assert [row.plain() for row in done.rows] == [row.plain() for row in tried.rows]
    assert stored(office) != before


def test_every_fault_of_every_row_is_told_at_once(office: Office) -> None:
    """Row numbers are the spreadsheet's; a refused row stops the whole file."""
    text = (
        HEADING
        + "1980,,TIDAK,,mungkin,Pj.,a b,31/02/2026,,barangkali\n"
        + "198001012005011010,Baik,DIN.A,Pelaksana,,,,,,\n"
        + "198001012005011005,Staf B,DIN.A,Pelaksana,,,4,,,\n"
    )
    before = stored(office)
    with pytest.raises(RefusedRowsError) as caught:
        office.bring_in("staff", text)
    rows = caught.value.report.rows
    assert [(row.number, row.status) for row in rows] == [
        (2, "ditolak"),
        (3, "baru"),
        (4, "ditolak"),
    ]
    assert {fault.path for fault in rows[0].faults} == {
        "nip",
        "name",
        "unit_code",
        "position",
        "is_head",
        "kind",
        "pin",
        "effective",
        "account",
    }
    assert {fault.path for fault in rows[2].faults} == {"pin"}
    assert stored(office) == before


def test_bad_rows_are_left_out_only_when_asked(office: Office) -> None:
    """With skip_bad the good rows are stored and the bad ones are still reported."""
    text = (
        HEADING
        + "198001012005011010,Baik,DIN.A,Pelaksana,,,,2026-10-05,,\n"
        + "198001012005011011,Buruk,XXX,Pelaksana,,,,,,\n"
    )
    report = office.bring_in("staff", text, skip_bad=True)
    assert report.applied
    assert report.counts == {"baru": 1, "berubah": 0, "sama": 0, "ditolak": 1}
    office.person(10)


def test_a_row_that_leans_on_a_refused_row_is_refused_too(office: Office) -> None:
    """A successor cannot take a head's post whose holder's leaving was refused."""
    text = (
        HEADING
        + "198001012005011004,Staf A,DIN.A,Kepala Bidang A,,,,2026-10-06,,\n"
        + "198001012005011002,Kepala A,XXX,Pelaksana,,,,2026-10-06,,\n"
    )
    report = office.bring_in("staff", text, skip_bad=True)
    assert report.counts["ditolak"] == 2


def test_pins_and_heads_may_change_hands_in_one_file(office: Office) -> None:
    """Rows are judged together: a swap of PINs and of heads' posts is accepted in any order."""
    text = HEADING + (
        "198001012005011002,Kepala A,DIN.B,Kepala Bidang B,,,3,2026-10-06,,\n"
        "198001012005011003,Kepala B,DIN.A,Kepala Bidang A,,,2,2026-10-06,,\n"
    )
    report = office.bring_in("staff", text)
    assert report.counts["berubah"] == 2
    with office.app.read(SYSTEM) as view:
        pins = {
            (row.pin, row.person_id)
            for row in view.session.execute(
                select(PersonPin).where(PersonPin.valid_to.is_(None), PersonPin.pin.in_(["2", "3"]))
            ).scalars()
        }
    assert pins == {("3", office.person(2)), ("2", office.person(3))}


def test_a_stand_in_of_a_file_ends_after_its_last_day(office: Office) -> None:
    """`until` is the last day; a person may stand in several rows, once definitif."""
    text = HEADING + (
        "198001012005011004,Staf A,DIN.A,Kepala Bidang A,,Plh.,,2026-10-06,2026-10-08,\n"
        "198001012005011004,Staf A,DIN.A,Pelaksana,,definitif,,2026-10-06,,\n"
    )
    report = office.bring_in("staff", text)
    assert [row.status for row in report.rows] == ["berubah", "sama"]
    with office.app.read(SYSTEM) as view:
        row = view.session.execute(select(Assignment).where(Assignment.kind == "Plh.")).scalar_one()
    assert (row.valid_from, row.valid_to) == (dt.date(2026, 10, 6), dt.date(2026, 10, 9))
    twice = HEADING + 2 * "198001012005011004,Staf A,DIN.A,Pelaksana,,,,,,\n"
    with pytest.raises(RefusedRowsError) as caught:
        office.bring_in("staff", twice)
    assert [row.status for row in caught.value.report.rows] == ["sama", "ditolak"]


def test_units_move_by_file_and_circles_are_refused(office: Office) -> None:
    """A parent may stand in a later row; a circle is refused at the rows that close it."""
    head = "code,name,short,kind,parent_code,effective\n"
    report = office.bring_in(
        "units",
        head + "NEW.1,Seksi,Seksi,seksi,NEW,2026-10-06\nNEW,Bidang Baru,,bidang,DIN,2026-10-06\n",
    )
    assert report.counts["baru"] == 2
    report = office.bring_in("units", head + "NEW,Bidang Baru,,,KEC,2026-11-01\n")
    assert [str(change) for change in report.rows[0].changes] == [
        "induk mulai 1 November 2026: Kecamatan Contoh"
    ]
    with pytest.raises(RefusedRowsError) as caught:
        office.bring_in("units", head + "DIN,Dinas Contoh,,,DIN.A,2026-11-01\n")
    assert [fault.path for fault in caught.value.report.rows[0].faults] == ["parent_code"]
    with pytest.raises(RefusedRowsError) as caught:
        office.bring_in("units", head + "Q,,,aneh,ZZZ,\n36.02,Kabupaten Lebak,,,DIN,\n")
    first, second = caught.value.report.rows
    assert {fault.path for fault in first.faults} == {"name", "short", "kind"}
    assert {fault.path for fault in second.faults} == {"parent_code"}


def test_an_officer_imports_into_his_units_only(office: Office) -> None:
    """Rows about other units or their people are refused, without telling what is stored there."""
    me = office.staff(6)
    with office.app.change(SYSTEM) as work:
        grant_role(
            work,
            "core.personnel_officer",
            office.unit("DIN.A"),
            account_id=me.account_id,
            valid_from=DAY,
        )
    text = HEADING + (
        "198001012005011010,Baru,DIN.A,Pelaksana,,,,2026-10-05,,ya\n"
        "198001012005011011,Lain,DIN.B,Pelaksana,,,,,,\n"
        "198001012005011005,Nama Lain,DIN.A,Pelaksana,,,,2026-10-06,,\n"
        "198001012005011006,Petugas,DIN.A,Kepala,,,,2026-10-06,,\n"
    )
    with pytest.raises(RefusedRowsError) as caught:
        office.bring_in("staff", text, who=me)
    rows = caught.value.report.rows
    assert [row.status for row in rows] == ["baru", "ditolak", "ditolak", "ditolak"]
    assert not rows[2].changes


def test_the_file_is_kept_and_each_changed_row_is_audited(office: Office) -> None:
    """The blob holds the bytes as they came; each new or changed row has its entry."""
    data = (HEADING + "198001012005011010,Baru,DIN.A,Pelaksana,,,,2026-10-05,,\n").encode()
    office.bring_in("staff", data)
    with office.app.read(SYSTEM) as view:
        actions = [
            row.action
            for row in view.session.execute(select(AuditEntry).order_by(AuditEntry.id)).scalars()
        ][-3:]
        names = {row.sha256 for row in view.session.execute(select(Blob)).scalars()}
    assert actions == ["core.import.received", "core.person.imported", "core.import.applied"]
    assert data in {office.app.blobs.get(name) for name in names}


def workbook(rows: list[list[Any]]) -> bytes:
    """An XLSX file of one sheet."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, dt.date):
                    sheet.write_datetime(
                        number, column, dt.datetime(value.year, value.month, value.day), day
                    )
                else:
                    sheet.write(number, column, value)
    return buffer.getvalue()


def test_xlsx_reads_like_csv(office: Office) -> None:
    """Numbers, dates and yes/no cells of a spreadsheet mean what the CSV of it means."""
    heading = ["NIP", "Name", "unit_code", "position", "pin", "effective", "account", "catatan"]
    row = ["198001012005011010", "Baru", "DIN.A", "Pelaksana", 78, dt.date(2026, 10, 5), True, "x"]
    report = office.bring_in("staff", workbook([heading, row]))
    assert report.counts["baru"] == 1
    assert report.ignored_columns == ("catatan",)
    with office.app.read(SYSTEM) as view:
        pin = view.session.execute(select(PersonPin).where(PersonPin.pin == "78")).scalar_one()
        assert pin.valid_from == DAY
    rounded: list[list[Any]] = [
        ["nip", "name", "unit_code", "position"],
        [198001012005011010.0, "B", "DIN.A", "P"],
    ]
    with pytest.raises(RefusedRowsError) as caught:
        office.bring_in("staff", workbook(rounded))
    assert [fault.code for fault in caught.value.report.rows[0].faults] == ["rounded"]


def parts(data: bytes, **changed: bytes) -> bytes:
    """An archive with some of its parts replaced or added."""
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, changed.pop(name, b"") or old.read(name))
        for name, content in changed.items():
            new.writestr(name, content)
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
GOOD = workbook([list(REQUIRED), ["a", "b", "c"]])


@functools.cache
def hostile() -> dict[str, bytes]:
    """Files that nobody should be able to hurt us with."""
    far = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c>'
        b"</row></sheetData></worksheet>"
    )
    return {
        "bomb": parts(GOOD, **{"xl/media/a.bin": b"\0" * 200_000_000}),
        "far cell": parts(GOOD, **{SHEET: far}),
        "entities": parts(GOOD, **{SHEET: b"<!DOCTYPE x [<!ENTITY a 'aa'>]><x/>"}),
        "utf-16 sheet": parts(GOOD, **{SHEET: "<x/>".encode("utf-16")}),
        "cut off": GOOD[: len(GOOD) // 2],
        "not a workbook": parts(GOOD, a=b"x")[:40],
        "other archive": zip_of({"a.txt": b"x"}),
        "many parts": parts(GOOD, **{f"a/{n}": b"x" for n in range(300)}),
        "old excel": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
        "binary": bytes(range(256)) * 10,
        "nul": b"name,unit_code,position\na\0,b,c\n",
        "open quote": b'name,unit_code,position\n"a,b,c\n' + b"d,e,f\n" * 100,
        "latin-1": "name,unit_code,position\nJos\xe9,a,b\n".encode("latin-1"),
        "empty": b"",
        "no heading": b"a,b,c\n1,2,3\n",
        "twice": b"name,name,unit_code,position\n",
        "long cell": b"name,unit_code,position\n" + b"x" * 5_000 + b",a,b\n",
        "very long cell": b"name,unit_code,position\n" + b"x" * 500_000 + b",a,b\n",
        "wide": b"name,unit_code,position" + b"," * 500 + b"\n",
        "long": b"name,unit_code,position\n" + b"a,b,c\n" * 60_000,
        "huge": b"name,unit_code,position\n" + b"a,b,c\n" * 2_000_000,
    }


def zip_of(files: dict[str, bytes]) -> bytes:
    """A plain archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("name", sorted(hostile()))
def test_a_bad_file_is_refused_with_a_reason(name: str) -> None:
    """Bombs, far cells, broken and foreign files end in one clear sentence, not an accident."""
    with pytest.raises((InvalidInputError, TooLargeError)) as caught:
        read_table(hostile()[name], COLUMNS, REQUIRED)
    assert len(caught.value.sentence()) > 10


def test_a_bad_file_is_not_kept(office: Office) -> None:
    """What cannot be read is refused before anything is stored."""
    before = stored(office)
    for data in (b"", GOOD[:50], b"a,b\n"):
        with pytest.raises(LeuitError):
            receive(office.app, SYSTEM, "staff", "x.csv", data)
    assert stored(office) == before


cell = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)


@settings(max_examples=60, deadline=None)
@given(
    rows=st.lists(st.lists(cell, min_size=3, max_size=3), max_size=8),
    delimiter=st.sampled_from(",;\t"),
)
def test_what_csv_wrote_is_what_is_read(rows: list[list[str]], delimiter: str) -> None:
    """Quotes, line breaks and delimiters inside cells survive, whatever the delimiter."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter).writerows([REQUIRED, *rows])
    table = read_table(buffer.getvalue().encode("utf-8-sig"), COLUMNS, REQUIRED)
    expected = [[text.strip() for text in row] for row in rows]
    assert [[line.get(name) for name in REQUIRED] for line in table.lines] == [
        row for row in expected if any(row)
    ]


@settings(max_examples=200, deadline=None)
@given(data=st.binary(max_size=400))
def test_no_bytes_are_an_accident(data: bytes) -> None:
    """Whatever the bytes, there is a table or a refusal with a reason."""
    for prefix in (b"", b"PK", b"name,unit_code,position\n"):
        try:
            read_table(prefix + data, COLUMNS, REQUIRED)
        except (InvalidInputError, TooLargeError) as error:
            assert error.sentence()
