"""`leuit organisation import-units` and `import-staff`, as typed, on CSV and XLSX files."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Assignment, Person, PersonPin, Position, Unit
from leuit.plugins import Host
from tests.core.organisation.office import Office
from tests.support.command_line import Run, runner, write_table

Table = Callable[[list[list[str]]], str]
UNITS = [
    ["code", "name", "kind", "parent_code", "effective"],
    ["DIN.C", "Bidang C", "bidang", "DIN", ""],
    ["DIN.D", "Bidang D", "bidang", "DIN", "2026-02-01"],
]
STAFF = [
    ["nip", "name", "unit_code", "position", "pin", "effective"],
    ["198001012005011020", "Orang Baru", "DIN.A", "Analis", "20", "2026-09-01"],
]
BAD = ["198001012005011021", "Orang Lain", "TIDAKADA", "Analis", "21", "2026-09-01"]


@pytest.fixture
def run(office: Office, host: Host, tmp_path: Path) -> Run:
    """Runs `leuit organisation …` in the test's folder: exit status, output and complaints."""
    return runner(office.app, host, "organisation", folder=tmp_path)


@pytest.fixture(params=["csv", "xlsx"])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Table:
    """Writes a table into the folder, in each form; returns the name of the file."""
    return lambda rows: write_table(tmp_path / f"tabel.{request.param}", rows, ";")


def stored(office: Office, what: Any) -> list[Any]:
    """The values of a query."""
    with office.app.read(SYSTEM) as view:
        return list(view.session.execute(what).scalars())


def people(office: Office) -> set[str]:
    """The names of everybody who is not of the office itself."""
    return set(stored(office, select(Person.name).where(Person.nip >= "198001012005011020")))


def test_units_are_tried_and_then_stored(office: Office, run: Run, table: Table) -> None:
    """A dry run says what the same command stores without it, on the day of --effective."""
    name = table(UNITS)
    new = select(Unit.code).where(Unit.code.in_(["DIN.C", "DIN.D"]))
    status, out, err = run("import-units", name, "--dry-run", "--effective", "2026-03-01")
    assert (status, err) == (0, "")
    assert "2 baru, 0 berubah, 0 sama, 0 ditolak" in out
    assert "Percobaan saja; tidak ada yang disimpan." in out
    assert stored(office, new) == []
    status, out, err = run("import-units", name, "--effective", "2026-03-01")
    assert (status, err) == (0, "")
    assert "Sudah disimpan." in out
    born = select(Unit.valid_from).where(Unit.code.in_(["DIN.C", "DIN.D"])).order_by(Unit.code)
    assert stored(office, born) == [dt.date(2026, 3, 1), dt.date(2026, 2, 1)]
    assert "2 sama" in run("import-units", name)[1]


def test_staff_is_tried_and_then_stored(office: Office, run: Run, table: Table) -> None:
    """A row becomes a person with a post and a PIN from its day on, and only once."""
    name = table(STAFF)
    status, out, err = run("import-staff", name, "--dry-run")
    assert (status, err) == (0, "")
    assert "Orang Baru" in out
    assert "Percobaan saja; tidak ada yang disimpan." in out
    assert people(office) == set()
    status, out, err = run("import-staff", name)
    assert (status, err) == (0, "")
    assert "1 baru, 0 berubah, 0 sama, 0 ditolak" in out
    assert people(office) == {"Orang Baru"}
    posts = (
        select(Assignment.valid_from)
        .join(Position, Position.id == Assignment.position_id)
        .where(Position.title == "Analis", Position.unit_id == office.unit("DIN.A"))
    )
    pins = select(PersonPin.valid_from).where(PersonPin.pin == "20")
    assert stored(office, posts) == stored(office, pins) == [dt.date(2026, 9, 1)]
    assert "1 sama" in run("import-staff", name)[1]


def test_a_refused_row_stores_nothing_unless_it_is_left_out(
    office: Office, run: Run, table: Table
) -> None:
    """Exit status 1 with the reason; --skip-bad stores the other rows and still says so."""
    name = table([*STAFF, BAD])
    status, out, err = run("import-staff", name)
    assert (status, err) == (1, "")
    assert "unit_code:" in out
    assert "Tidak ada yang disimpan karena ada baris yang ditolak." in out
    assert people(office) == set()
    status, out, _err = run("import-staff", name, "--skip-bad", "--json")
    told = json.loads(out)
    assert (status, told["counts"]["baru"], told["counts"]["ditolak"]) == (1, 1, 1)
    assert told["rows"][1]["faults"][0]["column"] == "unit_code"
    assert people(office) == {"Orang Baru"}


@pytest.mark.parametrize("verb", ["import-units", "import-staff"])
def test_wrong_use_is_one_sentence(run: Run, tmp_path: Path, verb: str) -> None:
    """What is no table is refused with 1, a wrong call with 2; nothing is printed as a result."""
    (tmp_path / "kosong.csv").write_bytes(b"")
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04rusak")
    (tmp_path / "lain.csv").write_text("nama,umur\nx,1\n")
    for words, status in (
        (("tidak-ada.csv",), 1),
        (("kosong.csv",), 1),
        (("rusak.xlsx",), 1),
        (("lain.csv",), 1),
        (("lain.csv", "--effective", "31/02/2026"), 1),
        ((), 2),
        (("lain.csv", "--terapkan"), 2),
    ):
        found, out, err = run(verb, *words)
        assert (found, out) == (status, ""), words
        assert err.startswith("leuit: ")
        assert err.count("\n") == 1
    assert "tidak dapat dibaca" in run(verb, "tidak-ada.csv")[2]
