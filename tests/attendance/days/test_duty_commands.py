"""`leuit attendance shifts` and `leuit attendance schedule …`, as typed."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit_attendance.models import ScheduleUse, ShiftRow
from tests.support.command_line import Run, runner, write_table

from .office import ID_NUMBERS, Office

Table = Callable[[list[list[str]]], str]
SHIFTS = [
    ["pin", "nip", "date", "shift", "on_holidays"],
    ["0", "", "2026-10-05", "malam", ""],
    ["", ID_NUMBERS[1], "2026-10-06", "pagi", "tidak"],
]
BAD = ["1", "", "2026-10-07", "subuh", ""]
NIGHT = (0, 5, "malam", True)
MORNING = (1, 6, "pagi", False)


@pytest.fixture
def run(office: Office, host: Host, tmp_path: Path) -> Run:
    """Runs `leuit attendance …` in the test's folder: exit status, output and complaints."""
    return runner(office.app, host, "attendance", folder=tmp_path)


@pytest.fixture(params=["csv", "xlsx"])
def table(request: pytest.FixtureRequest, tmp_path: Path) -> Table:
    """Writes a table into the folder, in each form; returns the name of the file."""
    return lambda rows: write_table(tmp_path / f"sif.{request.param}", rows)


def assigned(office: Office) -> list[tuple[int, int, str, bool]]:
    """Every stored assignment: person, day of October, code, whether on holidays."""
    with office.app.read(SYSTEM) as view:
        rows = view.session.scalars(select(ShiftRow).order_by(ShiftRow.day)).all()
    return [
        (office.people.index(row.person_id), row.day.day, row.code, row.on_holidays) for row in rows
    ]


def uses(office: Office) -> list[ScheduleUse]:
    """What was put to use besides the office's own schedule for the region."""
    with office.app.read(SYSTEM) as view:
        query = select(ScheduleUse).where(ScheduleUse.level != "region")
        return list(view.session.scalars(query.order_by(ScheduleUse.valid_from)))


def test_shifts_are_tried_stored_and_judged(office: Office, run: Run, table: Table) -> None:
    """A dry run stores nothing; the command stores, and the days are judged when it ends."""
    name = table(SHIFTS)
    status, out, err = run("shifts", name, "--dry-run")
    assert (status, err) == (0, "")
    assert "2 baru, 0 berubah, 0 sama, 0 ditolak" in out
    assert "Percobaan saja; tidak ada yang disimpan." in out
    assert assigned(office) == []
    status, out, err = run("shifts", name)
    assert (status, err) == (0, "")
    assert "Sudah disimpan." in out
    assert assigned(office) == [NIGHT, MORNING]
    night = office.day(0, 5).schedule_start
    assert night is not None
    assert night.hour > 18
    taken = table([SHIFTS[0], ["0", "", "2026-10-05", "-", ""], SHIFTS[2]])
    status, out, _err = run("shifts", taken, "--json")
    told = json.loads(out)
    assert (status, told["counts"]["berubah"], told["counts"]["sama"]) == (0, 1, 1)
    assert assigned(office) == [MORNING]
    assert office.day(0, 5).schedule_start == dt.datetime(2026, 10, 5, 7, 30)


def test_a_refused_shift_stores_nothing_unless_it_is_left_out(
    office: Office, run: Run, table: Table
) -> None:
    """Exit status 1 with the column; --skip-bad stores the other rows and still says so."""
    name = table([*SHIFTS, BAD])
    status, out, err = run("shifts", name)
    assert (status, err) == (1, "")
    assert "shift:" in out
    assert "Tidak ada yang disimpan karena ada baris yang ditolak." in out
    assert assigned(office) == []
    status, out, _err = run("shifts", name, "--skip-bad")
    assert status == 1
    assert "2 baru, 0 berubah, 0 sama, 1 ditolak" in out
    assert assigned(office) == [NIGHT, MORNING]


def test_a_schedule_is_given_listed_and_ended(office: Office, run: Run) -> None:
    """A person's and a unit's schedule, their lines in the list, and the day one ends."""
    status, out, err = run(
        *("schedule", "give", "ramadan", "2026-10-12", "--person", ID_NUMBERS[0]),
        *("--until", "2026-10-17", "--override"),
    )
    assert (status, err) == (0, "")
    mine = out.split()[0]
    status, out, err = run("schedule", "give", "ramadan", "2026-10-19", "--unit", "DINAS")
    assert (status, err) == (0, "")
    units = out.split()[0]
    found = [(str(use.id), use.level, use.target_id, use.override) for use in uses(office)]
    assert found == [
        (mine, "person", office.people[0], True),
        (units, "unit", office.unit, False),
    ]
    usual = office.day(1, 12).schedule_start
    assert office.day(0, 12).schedule_start != usual  # judged again before the command ended
    status, out, _err = run("schedule", "list")
    assert status == 0
    assert [line.split()[0] for line in out.splitlines()[:2]] == [units, mine]
    told = json.loads(run("schedule", "list", "--json")[1])["uses"]
    assert {use["id"]: (use["target"], use["valid_to"]) for use in told}[mine] == (
        "Pegawai 0",
        "2026-10-17",
    )
    status, out, err = run("schedule", "end", units, "2026-10-26")
    assert (status, out, err) == (0, "Jadwal diakhiri.\n", "")
    assert uses(office)[1].valid_to == dt.date(2026, 10, 26)
    assert run("schedule", "end", units, "2026-10-28")[0] == 1
    assert uses(office)[1].valid_to == dt.date(2026, 10, 26)


WRONG: tuple[tuple[tuple[str, ...], int, str], ...] = (
    (("shifts", "tidak-ada.csv"), 1, "tidak dapat dibaca"),
    (("shifts", "rusak.xlsx"), 1, "leuit: "),
    (("shifts", "tanpa.csv"), 1, "Kolom nip atau pin tidak ditemukan."),
    (("shifts",), 2, "leuit: "),
    (("schedule", "give", "tidakada", "2026-10-05", "--unit", "DINAS"), 1, "code"),
    (("schedule", "give", "kantor", "2026-10-05", "--unit", "XX"), 1, "leuit: "),
    (("schedule", "give", "kantor", "2026-10-05", "--person", "999"), 1, "leuit: "),
    (("schedule", "give", "kantor", "31/02/2026"), 1, "leuit: "),
    (
        ("schedule", "give", "kantor", "2026-10-05", "--unit", "DINAS", "--person", "0"),
        1,
        "bukan keduanya",
    ),
    (
        ("schedule", "give", "kantor", "2026-10-05", "--unit", "DINAS", "--until=2026-10-05"),
        1,
        "valid_to",
    ),
    (("schedule", "give", "kantor"), 2, "leuit: "),
    (("schedule", "end", "bukan-id", "2026-10-05"), 1, "Pemakaian jadwal itu tidak ada."),
    (("schedule", "end"), 2, "leuit: "),
    (("schedule", "list", "--semua"), 2, "leuit: "),
)
"""Words, exit status and a part of what is told."""


def test_wrong_use_changes_nothing(office: Office, run: Run, tmp_path: Path) -> None:
    """What cannot be is refused with 1, a wrong call with 2; a sentence says why."""
    (tmp_path / "rusak.xlsx").write_bytes(b"PK\x03\x04rusak")
    (tmp_path / "tanpa.csv").write_text("date,shift\n2026-10-05,pagi\n")
    for words, status, part in WRONG:
        found, out, err = run(*words)
        assert (found, out) == (status, ""), words
        assert part in err
        assert err.startswith("leuit: ")
    assert (assigned(office), uses(office)) == ([], [])
