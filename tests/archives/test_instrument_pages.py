"""Instruments by page and by command: looked through by readers, brought in by a drafter."""

import re
from pathlib import Path
from typing import Any

import pytest

from leuit.plugins import Host
from leuit.values import NotFoundError
from leuit.work import Leuit
from leuit_archives.service.instruments import INSTRUMENTS, shown_edition
from tests.archives.keepers import Keepers, keepers, table
from tests.support.client import Client
from tests.support.command_line import runner
from tests.system.examples.archives import CLASSES, RULES, in_force

HOME = "/archives/instruments"
FORM: dict[str, Any] = {
    "title": "Klasifikasi 2027",
    "legal_basis": "Perbup contoh",
    "effective_from": "01/01/2026",
    "confidence": "secondary",
    "source": "",
}


@pytest.fixture
def made(app: Leuit) -> Keepers:
    """The people, a small classification and a small schedule in force."""
    found = keepers(app)
    in_force(app)
    return found


def hidden_in(page: str) -> dict[str, str]:
    """The hidden fields of the form that makes the draft."""
    form = page.partition('import/report"')[2].partition("</form>")[0]
    return dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))


@pytest.mark.ci
def test_a_reader_looks_an_instrument_through(made: Keepers, client: Client) -> None:
    """Down the tree and by words; rules in words; an instrument without an edition says so."""
    with client.as_(made.activator):
        listed = client.get(HOME).text
        assert "Klasifikasi arsip" in listed
        assert "Belum ada edisi yang berlaku" in listed
        assert "Impor" not in listed
        top = client.get(f"{HOME}/classification").text
        assert "Umum" in top
        assert "Ketatausahaan" not in top
        below = client.get(f"{HOME}/classification?code=000.1").text
        assert "Perjalanan Dinas" in below
        assert "Umum" in below
        found = client.get(f"{HOME}/classification?q=dinas+perjalanan").text
        assert "000.1.2" in found
        assert "Tidak ada yang cocok" in client.get(f"{HOME}/classification?q=xyz").text
        assert "Kode paling rinci" in client.get(f"{HOME}/classification?code=000.1.2").text
        rules = client.get(f"{HOME}/retention").text
        assert "2 tahun setelah Tahun anggaran berakhir" in rules
        assert "1 Tahun Selama Berlaku" in rules
        assert "Belum ada edisi" in client.get(f"{HOME}/secrecy").text
        assert client.get(f"{HOME}/lain").status_code == 404
        assert client.get(f"{HOME}/retention/import").status_code == 403


@pytest.mark.ci
def test_a_drafter_brings_a_schedule_in(made: Keepers, client: Client) -> None:
    """The report tells rows, open points and how the classification fits; the draft is made once
    read, and is proposed at the page of regulations.
    """
    with client.as_(made.drafter):
        file = {"file": ("jra.csv", RULES + b"\n000.9,Lain,3 Tahun,-,Musnah", "text/csv")}
        wrong = client.post_form(f"{HOME}/retention/import", FORM | {"title": ""}, files=file)
        assert wrong.status_code == 422
        sent = client.post_form(f"{HOME}/retention/import", FORM, files=file)
        report = client.get(sent.headers["location"]).text
        assert "Naskah edisi dapat dibuat." in report
        assert "Inaktif: “-”" in report
        assert "2 kode tidak ada di klasifikasi: 000.1.3, 000.9." in report
        stale = hidden_in(report) | {"digest": "lain"}
        refused = client.post_form(f"{HOME}/retention/import/report", stale)
        assert "import/report?" in refused.headers["location"]
        drafted = client.post_form(f"{HOME}/retention/import/report", hidden_in(report))
        page = client.get(drafted.headers["location"]).text
        assert "Naskah edisi tersimpan." in page
        assert "Klasifikasi 2027" in page
        shown = re.search(r'href="(/archives/instruments/retention\?edition=[^"]+)"', page)
        assert shown is not None
        rows = client.get(shown[1]).text
        assert "Ini bukan edisi yang berlaku hari ini." in rows
        assert "000.9" in rows
        changes = client.get(f"{shown[1]}&changes=1").text
        assert "000.9" in changes
        assert "000.1.3" not in changes
        other = shown[1].replace("retention", "secrecy")
        assert client.get(other).status_code == 404
        bad = {"file": ("jra.csv", RULES + b"\n000.1.2,Dua,1 Tahun,1 Tahun,Musnah", "text/csv")}
        sent = client.post_form(f"{HOME}/retention/import", FORM, files=bad)
        report = client.get(sent.headers["location"]).text
        assert "Berkas ini ditolak." in report
        assert "Buat naskah edisi" not in report
        broken = {"file": ("x.xlsx", b"PK\\x03\\x04 rusak", "text/csv")}
        sent = client.post_form(f"{HOME}/retention/import", FORM, files=broken)
        assert sent.status_code == 422


@pytest.mark.ci
def test_a_draft_is_for_those_who_make_editions(made: Keepers, client: Client) -> None:
    """Whoever only reads is shown what is in force; whoever activates looks the draft through."""
    draft_id = made.drafted("classification", CLASSES + b"\n000.2,Perlengkapan,000,2")
    path = f"{HOME}/classification?edition={draft_id}"
    with client.as_(made.activator):
        assert "Perlengkapan" in client.get(f"{path}&code=000").text
        assert "Perlengkapan" not in client.get(f"{HOME}/classification?code=000").text
    with made.app.read(made.stranger) as view, pytest.raises(NotFoundError):
        shown_edition(view, INSTRUMENTS["classification"], draft_id)


def test_a_command_does_the_same(made: Keepers, host: Host, tmp_path: Path) -> None:
    """Tried, drafted with --apply; a refused file is exit status 1 and stores nothing."""
    run = runner(made.app, host, folder=tmp_path)
    (tmp_path / "baik.csv").write_bytes(CLASSES + b"\n000.2,Perlengkapan,000,2")
    (tmp_path / "buruk.csv").write_bytes(table("000.1,Tanpa induk,000,2"))
    words = ["--title", "Baru", "--basis", "Perbup", "--from", "2026-01-01"]
    start = ["archives", "instrument", "import", "classification"]
    code, out, _err = run(*start, "baik.csv", *words)
    assert (code, "1 baru, 0 berubah, 3 sama" in out, "Percobaan saja" in out) == (0, True, True)
    code, out, _err = run(*start, "baik.csv", *words, "--apply")
    assert (code, "Naskah edisi" in out) == (0, True)
    code, out, _err = run(*start, "buruk.csv", *words, "--apply")
    assert (code, "Kode induk tidak ada" in out) == (1, True)
    code, out, _err = run("archives", "instrument", "list")
    assert code == 0
    assert "classification   Contoh, 3, 1 Januari 2026" in out


@pytest.mark.ci
def test_rules_of_filing_come_in_by_file_and_are_read(made: Keepers, client: Client) -> None:
    """As every instrument: tried row by row, in force by two people, told in words on its page."""
    heading = "source,code,title,secrecy,automatic"
    wrong = table("sp2d.sp2d,x y,SP2D {hari},cosmic,mungkin", heading=heading)
    [refused] = made.tried("filing", wrong).report.refused
    assert [fault.path for fault in refused.faults] == ["automatic", "code", "title", "secrecy"]
    made.in_force("filing", table("sp2d.sp2d,000.1,SP2D {tahun},limited,ya", heading=heading))
    later = table(
        "sp2d.sp2d,000.1.2,SP2D {tahun},limited,tidak", "Nota,000.1,Nota,,", heading=heading
    )
    told = {
        row.key: [str(one) for one in row.changes]
        for row in made.tried("filing", later).report.rows
    }
    assert told["sp2d.sp2d"] == ["Kode: 000.1 menjadi 000.1.2", "Otomatis: ya menjadi tidak"]
    assert told["nota"] == ["Baru."]
    with client.as_(made.activator):
        page = client.get(f"{HOME}/filing").text
        for words in ("Pemberkasan otomatis", "sp2d.sp2d", "SP2D {tahun}", "otomatis"):
            assert words in page
