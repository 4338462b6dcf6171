"""`leuit attendance import` and `leuit attendance device …`, as typed."""

import json
from pathlib import Path

import pytest

from leuit.plugins import Host
from leuit.work import Leuit
from tests.support.client import Client
from tests.support.command_line import Run, runner

from .office import SAMPLES, SERIAL, Office, punches

OLD_FILE = SAMPLES / "3602099000001_attlog.dat"


@pytest.fixture
def leuit(app: Leuit, host: Host, office: Office) -> Run:
    """Runs a command line; returns its exit status, output and errors."""
    return runner(app, host, "attendance")


def test_import_prints_what_became_of_each_line(leuit: Run) -> None:
    """Lines, new, known, repeats, and each unreadable line with number and reason."""
    status, out, err = leuit("import", str(SAMPLES / "1_attlog.dat"))
    assert (status, err) == (0, "")
    for line in (f"Mesin: {SERIAL} Lobi", "Baris: 200", "Baru: 198", "Sudah ada: 0", "baris 104:"):
        assert line in out
    assert "Berulang dalam berkas: 1" in out
    assert "Tidak terbaca: 1" in out
    status, out, _err = leuit("import", str(SAMPLES / "1_attlog.dat"), "--json")
    told = json.loads(out)
    assert (status, told["new"], told["known"], told["junk"][0]["line"]) == (0, 0, 198, 104)


def test_import_of_an_unknown_device_says_how_to_register_it(leuit: Run) -> None:
    """Exit status 1 with the command to type; then the same file goes in."""
    status, out, err = leuit("import", str(OLD_FILE))
    assert (status, out) == (1, "")
    assert "leuit attendance device add" in err
    assert leuit("device", "add", "3602099000001", "--unit", "rsud", "--usb-id", "2")[0] == 0
    status, out, _err = leuit("import", str(OLD_FILE))
    assert status == 0
    assert "bentuk lama" in out
    assert "Baru: 20" in out


def test_file_is_taken_for_the_device_that_is_named(leuit: Run, app: Leuit, tmp_path: Path) -> None:
    """--device decides where the name says nothing; an unknown serial is refused."""
    file = tmp_path / "salinan.dat"
    file.write_bytes(b"EMP-20001\t2026-06-02 09:15:00\t99\t0\t3\t0\n")
    assert leuit("import", str(file))[0] == 1
    assert leuit("import", str(file), "--device", "TIDAKADA")[0] == 1
    status, out, _err = leuit("import", str(file), "--device", SERIAL)
    assert status == 0
    assert "nomor mesin lain" in out
    assert [row[1] for row in punches(app)] == ["EMP-20001"]


def test_missing_file_is_told(leuit: Run) -> None:
    """A file that cannot be read is a sentence, not a traceback."""
    status, _out, err = leuit("import", "/tidak/ada_attlog.dat")
    assert status == 1
    assert "tidak dapat dibaca" in err


def test_devices_are_added_listed_and_retired(leuit: Run) -> None:
    """Units are found by code, short name or name in any case; the list tells them."""
    unit = "dinas komunikasi DAN informatika"
    assert leuit("device", "add", "M1", "--unit", unit, "--usb-id", "7", "--swapped")[0] == 0
    assert leuit("device", "add", "M1", "--unit", unit)[0] == 1
    assert leuit("device", "add", "M2", "--unit", "tidak ada")[0] == 1
    assert leuit("device", "add", "M2", "--unit", unit, "--usb-id", "7")[0] == 1
    assert leuit("device", "retire", "M1")[0] == 0
    assert leuit("device", "resend", SERIAL)[0] == 0
    assert leuit("device", "backfill", SERIAL, "2026-10-01", "2026-10-05")[0] == 0
    status, out, _err = leuit("device", "list", "--json")
    devices = {device["serial"]: device for device in json.loads(out)["devices"]}
    assert status == 0
    assert devices["M1"]["status"] == "retired"
    assert devices["M1"]["swapped"] is True
    assert devices[SERIAL]["unit_code"] == "DISKOMINFO"
    assert SERIAL in leuit("device", "list")[1]


def test_ambiguous_unit_is_refused(leuit: Run, app: Leuit) -> None:
    """Two units of one name: the codes are told, and nothing is registered."""
    from leuit.identity import SYSTEM

    from .office import make_unit

    with app.change(SYSTEM) as work:
        make_unit(work, "P1", "Puskesmas")
        make_unit(work, "P2", "Puskesmas")
    status, _out, err = leuit("device", "add", "M1", "--unit", "puskesmas")
    assert status == 1
    assert "P1, P2" in err
    assert leuit("device", "add", "M1", "--unit", "p2")[0] == 0


def test_stranger_is_approved_and_rejected_by_command(
    leuit: Run, app: Leuit, client: Client
) -> None:
    """`device approve` and `device reject` do what the fleet page does."""
    for serial in ("ASING1", "ASING2"):
        client.post(
            f"/iclock/cdata?SN={serial}&table=ATTLOG", content=b"1\t2026-10-05 07:00:00\t0\t1\t0"
        )
    assert "ASING1 (1 rekaman)" in leuit("device", "list")[1]
    assert leuit("device", "approve", "ASING1", "--unit", "RSUD", "--usb-id", "8")[0] == 0
    assert leuit("device", "reject", "ASING2")[0] == 0
    assert leuit("device", "reject", "ASING2")[0] == 1
