"""The pages and commands of the budget: there for whom they are for, refusing everybody else."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sqlalchemy import func, select

from leuit.identity import SYSTEM
from leuit.plugins import Host
from leuit.values import new_id
from leuit.work import Leuit
from leuit_sp2d.models import Dpa, Spd
from leuit_sp2d.rules.limits import Pockets
from leuit_sp2d.service.budget_view import movements_of
from tests.sp2d.budget_office import (
    FUEL,
    PAPER,
    SKPD,
    TRAVEL,
    YEAR,
    BudgetOffice,
    dpa_file,
    open_office,
)
from tests.support.client import Client
from tests.support.command_line import Run, runner

pytestmark = pytest.mark.ci

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')


@pytest.fixture
def office(app: Leuit) -> BudgetOffice:
    """A unit with two lines, a quarter of them released, and an SPM and SP2D on one."""
    office = open_office(app)
    office.bring_in({PAPER: 1_000_000, FUEL: 500})
    office.release("25")
    office.pay(PAPER, 1_000, spent=True)
    return office


def stored(office: BudgetOffice, model: Any) -> int:
    with office.app.read(SYSTEM) as view:
        number: int = view.session.execute(select(func.count()).select_from(model)).scalar_one()
    return number


def spd_id(office: BudgetOffice) -> Any:
    with office.app.read(SYSTEM) as view:
        return view.session.execute(select(Spd.id)).scalar_one()


def pages_of(office: BudgetOffice) -> list[str]:
    """Every page on which this unit's budget is read."""
    return [
        f"/sp2d/budget/{office.unit}/{YEAR}",
        f"/sp2d/budget/{office.unit}/{YEAR}?activity={PAPER[0]}",
        f"/sp2d/budget/lines/{office.line(PAPER)}",
        f"/sp2d/spd/{spd_id(office)}",
    ]


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of a page's form."""
    return {name: value.replace("&amp;", "&") for name, value in HIDDEN.findall(text)}


def test_readers_see_their_unit_and_nobody_else_does(client: Client, office: BudgetOffice) -> None:
    """A reader of the unit sees its pages; people of another unit are told that there are none."""
    other = office.elsewhere()
    with client.as_(office.reader):
        assert "1.000.500" in client.get("/sp2d/budget").text
        for path in pages_of(office):
            answer = client.get(path)
            assert answer.status_code == 200, path
            assert answer.text.count("<h1") == 1
            assert "style=" not in answer.text
        assert client.get(f"/sp2d/budget/{other.unit}/{YEAR}").status_code == 404
        for path in (
            "/sp2d/budget/import",
            f"/sp2d/budget/{office.unit}/{YEAR}/spd/new",
        ):
            assert client.get(path).status_code == 403
    other.bring_in({PAPER: 77_777}, "DPA/9")
    with client.as_(office.reader):
        assert "77.777" not in client.get("/sp2d/budget").text
        assert client.get(f"/sp2d/budget/lines/{other.line(PAPER)}").status_code == 404
    with client.as_(office.people.member):
        for path in ("/sp2d/budget", *pages_of(office)):
            assert client.get(path).status_code == 403
    with client.as_(office.unit_keeper):
        path = f"/sp2d/budget/{other.unit}/{YEAR}/spd/new"
        assert client.get(path).status_code == 403
        assert client.post_form(path, {}).status_code == 403
    for path in ("/sp2d/budget", *pages_of(office)):
        assert client.get(path).status_code == 303


@pytest.mark.parametrize(
    "path",
    [
        "/sp2d/budget/x/2026",
        "/sp2d/budget/{id}/2026",
        "/sp2d/budget/{unit}/99999",
        "/sp2d/budget/{unit}/abcd",
        "/sp2d/budget/{unit}/1999",
        "/sp2d/budget/lines/x",
        "/sp2d/budget/lines/{id}",
        "/sp2d/spd/x",
        "/sp2d/spd/{id}",
        "/sp2d/budget/{id}/2026/spd/new",
        "/sp2d/budget/x/2026/spd/new",
        "/sp2d/budget/{unit}/x/spd/new",
        "/sp2d/budget?year=x",
        "/sp2d/budget/import/report",
        "/sp2d/budget/import/report?file=x",
        "/sp2d/budget/import/report?year=2026&file=" + "0" * 64,
    ],
)
def test_what_is_not_there_is_not_found(client: Client, office: BudgetOffice, path: str) -> None:
    """An id, a year or a file that is none is 404, never a fault of ours."""
    with client.as_(office.keeper):
        address = path.format(id=new_id(), unit=office.unit)
        assert client.get(address).status_code == 404


def test_a_year_without_budget_says_so(client: Client, office: BudgetOffice) -> None:
    """An empty year and a filter that nothing fits are pages with a next step."""
    with client.as_(office.keeper):
        assert "Belum ada anggaran" in client.get(f"/sp2d/budget/{office.unit}/2031").text
        assert "Belum ada anggaran" in client.get("/sp2d/budget?year=2031").text
        path = f"/sp2d/budget/{office.unit}/{YEAR}?activity=%27&page=9"
        assert "Tidak ada yang cocok" in client.get(path).text


def test_every_rupiah_of_a_line_is_told(client: Client, office: BudgetOffice) -> None:
    """The ledger shows from and to in words, the document, and the balances after each."""
    with client.as_(office.reader):
        page = client.get(f"/sp2d/budget/lines/{office.line(PAPER)}").text
    text = " ".join(re.sub(r"<[^>]+>", "", page.replace("<wbr>", "")).split())
    for words in (
        "dari di luar anggaran ke belum di-SPD",
        "dari belum di-SPD ke sisa SPD",
        "dari sisa SPD ke dalam proses",
        "dari dalam proses ke cair",
        "DPA/1",
        "SPD/1",
        "SPM 36.02/SPM/000001/2026",
        "SP2D 36.02/SP2D/000001/2026",
        "249.000",
    ):
        assert words in text, words
    with office.app.read(SYSTEM) as view:
        movements = movements_of(view, office.line(PAPER))
    assert [move.after.ceiling for move in movements] == [1_000_000] * 4
    assert movements[-1].after == office.pockets(PAPER)


def dpa_form(office: BudgetOffice, **given: str) -> dict[str, str]:
    return {
        "unit": str(office.unit),
        "year": str(YEAR),
        "stage": "P",
        "number": "DPA/2",
        "dated": "3/9/2026",
        "skpd_code": SKPD,
    } | given


def test_a_dpa_is_tried_read_and_stored(client: Client, office: BudgetOffice) -> None:
    """The form leads to the report of each row, the report to the stored edition, once."""
    data = dpa_file({PAPER: 900_000, TRAVEL: 40})
    with client.as_(office.keeper):
        assert client.get("/sp2d/budget/import").status_code == 200
        sent = client.post_form(
            "/sp2d/budget/import", dpa_form(office), files={"file": ("dpa.csv", data)}
        )
        assert sent.status_code == 303
        report = client.get(sent.headers["location"])
        assert report.status_code == 200
        for words in (
            "Pagu Rp1.000.000 menjadi Rp900.000.",
            "Tidak ada di berkas",
            "ditarik kembali",
        ):
            assert words in report.text
        assert stored(office, Dpa) == 1
        assert "baru" in client.get(sent.headers["location"] + "&status=baru").text
        fields = hidden(report.text)
        wrong = client.post_form("/sp2d/budget/import/report", fields | {"digest": "x"})
        assert urlsplit(wrong.headers["location"]).path == "/sp2d/budget/import/report"
        done = client.post_form("/sp2d/budget/import/report", fields)
        assert done.headers["location"] == f"/sp2d/budget/{office.unit}/{YEAR}"
        assert (stored(office, Dpa), office.pockets(TRAVEL).ceiling) == (2, 40)
        again = client.post_form("/sp2d/budget/import/report", fields)
        assert again.headers["location"] == f"/sp2d/budget/{office.unit}/{YEAR}"
        assert "sudah tersimpan" in client.get(again.headers["location"]).text
        looked = client.get(sent.headers["location"])
        assert looked.status_code == 303
        assert stored(office, Dpa) == 2


def test_a_refused_dpa_shows_who_holds_the_money(client: Client, office: BudgetOffice) -> None:
    """The report names the lines and their papers, offers no button, and storing is refused."""
    with client.as_(office.keeper):
        sent = client.post_form(
            "/sp2d/budget/import",
            dpa_form(office),
            files={"file": ("dpa.csv", dpa_file({PAPER: 999, FUEL: 500}))},
        )
        report = client.get(sent.headers["location"])
        assert "36.02/SP2D/000001/2026" in report.text.replace("<wbr>", "")
        assert "Simpan DPA" not in report.text
        carried = {
            name: values[0]
            for name, values in parse_qs(urlsplit(sent.headers["location"]).query).items()
        }
        refused = client.post_form("/sp2d/budget/import/report", carried)
        assert refused.status_code == 303
        assert stored(office, Dpa) == 1


def test_faults_of_a_dpa_stand_at_their_fields(client: Client, office: BudgetOffice) -> None:
    """Nothing typed is lost; a wrong head, a taken number and a file that is none are told."""
    good = dpa_file({PAPER: 1})
    with client.as_(office.keeper):
        for given, data, field in (
            ({"stage": "murni"}, good, "stage"),
            ({"year": "19"}, good, "year"),
            ({"skpd_code": "1.01"}, good, "skpd_code"),
            ({"dated": "3/9/2029"}, good, "dated"),
            ({"number": "DPA/1"}, good, "number"),
            ({}, b"PK\x03\x04rusak", "file"),
            ({}, b"a,b\n1,2\n", "file"),
        ):
            answer = client.post_form(
                "/sp2d/budget/import", dpa_form(office, **given), files={"file": ("dpa.csv", data)}
            )
            assert answer.status_code == 422, given
            assert f'id="e-{field}"' in answer.text, given
            assert SKPD in answer.text or "skpd_code" in given
    with client.as_(office.unit_keeper):
        form = dpa_form(office, unit=str(office.people.sibling))
        answer = client.post_form("/sp2d/budget/import", form, files={"file": ("dpa.csv", good)})
        assert answer.status_code == 422


def spd_form(**given: str) -> dict[str, str]:
    return {"quarter": "2", "number": "SPD/2", "dated": "1/4/2026"} | given


def test_an_spd_is_read_and_issued(client: Client, office: BudgetOffice) -> None:
    """By share, by file and by typed amounts: a report of each line first, then the SPD."""
    path = f"/sp2d/budget/{office.unit}/{YEAR}/spd/new"
    file = f"sub_kegiatan,rekening,nilai\n{FUEL[0]},{FUEL[1]},10\n".encode()
    typed = {f"nilai {FUEL[0]} {FUEL[1]}": "Rp7", f"nilai {PAPER[0]} {PAPER[1]}": ""}
    left = 375
    with client.as_(office.unit_keeper):
        assert "750.000" in client.get(path).text
        for number, (given, files, amount) in enumerate(
            (
                ({"how": "percent", "percent": "25"}, {}, 125),
                ({"how": "file"}, {"file": ("spd.csv", file)}, 10),
                ({"how": "lines", **typed}, {}, 7),
            )
        ):
            form = spd_form(number=f"SPD/{number + 2}", **given)
            report = (
                client.post_form(path, form, files=files) if files else client.post_form(path, form)
            )
            assert report.status_code == 200
            assert office.pockets(FUEL).unreleased == left
            left -= amount
            assert f"yang belum di-SPD tinggal Rp{left}" in report.text
            done = client.post_form(path, hidden(report.text))
            assert done.status_code == 303
            assert office.pockets(FUEL).unreleased == left
            assert client.get(done.headers["location"]).status_code == 200
            again = client.post_form(path, hidden(report.text))
            assert again.headers["location"] == done.headers["location"]
            assert office.pockets(FUEL).unreleased == left
    assert office.unbalanced() == []


def test_faults_of_an_spd_are_told_and_nothing_is_lost(
    client: Client, office: BudgetOffice
) -> None:
    """What is left is said line by line; what changed since the report is not issued."""
    path = f"/sp2d/budget/{office.unit}/{YEAR}/spd/new"
    field = f"nilai {FUEL[0]} {FUEL[1]}"
    with client.as_(office.keeper):
        report = client.post_form(path, spd_form(how="lines") | {field: "376"})
        assert "padahal yang belum di-SPD tinggal Rp375" in report.text
        assert 'name="step"' not in report.text
        for given, words in (
            ({"how": "lines"}, "Tidak ada yang dilepas"),
            ({"how": "percent"}, "Isi persen"),
            ({"how": "percent", "percent": "101"}, "bukan persen"),
            ({"how": "file"}, "Pilih berkas"),
            ({"how": "file", "kept": "../../x"}, "Pilih berkas"),
            ({"how": "percent", "percent": "25", "number": "SPD/1"}, "sudah ada dengan isi lain"),
            ({"how": "percent", "percent": "25", "dated": "1/4/2029"}, "Tanggal harus"),
            ({"how": "percent", "percent": "25", "quarter": "5"}, "Pilih salah satu"),
        ):
            answer = client.post_form(path, spd_form(**given))
            assert answer.status_code == 422, given
            assert words in answer.text, given
        report = client.post_form(path, spd_form(how="lines") | {field: "300"})
        office.release({FUEL: 100}, "SPD/9")
        late = client.post_form(path, hidden(report.text))
        assert late.status_code == 409
        assert "Diminta Rp300" in late.text
    assert office.pockets(FUEL) == Pockets(275, 225, 0, 0)


@pytest.fixture
def run(office: BudgetOffice, host: Host, tmp_path: Path) -> Run:
    """Runs `leuit sp2d …` in the test's folder."""
    return runner(office.app, host, "sp2d", folder=tmp_path)


def test_a_dpa_comes_in_by_command(office: BudgetOffice, run: Run, tmp_path: Path) -> None:
    """Without --apply it is only tried; refused rows are exit status 1 and store nothing."""
    (tmp_path / "dpa.csv").write_bytes(dpa_file({PAPER: 2_000_000, FUEL: 500}))
    (tmp_path / "kurang.csv").write_bytes(dpa_file({FUEL: 500}))
    words = (
        *("--unit", "UNIT-A", "--year", "2026", "--stage", "P.04"),
        *("--date", "2026-09-01", "--skpd-code", SKPD),
    )
    status, out, err = run("dpa", "import", "dpa.csv", *words, "--number", "DPA/2")
    assert (status, err) == (0, "")
    assert "Pagu Rp1.000.000 menjadi Rp2.000.000." in out
    assert "Percobaan saja" in out
    assert stored(office, Dpa) == 1
    status, out, err = run("dpa", "import", "dpa.csv", *words, "--number", "DPA/2", "--apply")
    assert (status, err) == (0, "")
    assert "DPA ke-2 tersimpan." in out
    again = run("dpa", "import", "dpa.csv", *words, "--number", "DPA/2", "--apply")
    assert again[0] == 0
    assert "sudah tersimpan sebagai DPA ke-2" in again[1]
    for extra in ((), ("--apply",)):
        status, out, err = run("dpa", "import", "kurang.csv", *words, "--number", "DPA/3", *extra)
        assert (status, err) == (1, "")
        assert "36.02/SP2D/000001/2026" in out
    assert stored(office, Dpa) == 2


def test_an_spd_is_issued_by_command(office: BudgetOffice, run: Run, tmp_path: Path) -> None:
    """By share or by file; the same words again change nothing."""
    (tmp_path / "spd.csv").write_text(f"sub_kegiatan,rekening,nilai\n{FUEL[0]},{FUEL[1]},500\n")
    words: tuple[str, ...] = (
        "spd",
        "issue",
        "--unit",
        "UNIT-A",
        "--year",
        "2026",
        "--date",
        "2026-04-01",
    )
    words += ("--quarter", "2", "--number", "SPD/2")
    status, out, err = run(*words, "--percent", "25")
    assert (status, err) == (0, "")
    assert "SPD terbit." in out
    assert office.pockets(FUEL) == Pockets(250, 250, 0, 0)
    assert "tidak ada yang berubah" in run(*words, "--percent", "25")[1]
    status, out, err = run(*words[:-1], "SPD/3", "--file", "spd.csv")
    assert (status, err) == (1, "")
    assert "tinggal Rp250" in out
    assert stored(office, Spd) == 2


@pytest.mark.parametrize(
    "words",
    [
        ("spd", "issue", "--quarter", "1", "--percent", "25", "--file", "x.csv"),
        ("spd", "issue", "--quarter", "1"),
        ("spd", "issue", "--quarter", "1", "--percent", "0"),
        ("dpa", "import", "tidak-ada.csv", "--stage", "M", "--skpd-code", SKPD),
    ],
)
def test_wrong_use_is_one_sentence(run: Run, words: tuple[str, ...]) -> None:
    """Nothing is printed as a result; the complaint is one line."""
    status, out, err = run(
        *words, "--unit", "UNIT-A", "--year", "2026", "--number", "X/1", "--date", "2026-01-05"
    )
    assert (status, out) == (1, "")
    assert err.startswith("leuit: ")
    assert err.count("\n") == 1
    told = run("spd", "issue", "--unit", "TIDAK", "--year", "2026", "--quarter", "1")
    assert told[0] != 0


@pytest.mark.parametrize(
    "words",
    [
        ("tpp", "import", "tidak-ada.csv"),
        ("read-statement", "tidak-ada.xml"),
    ],
)
def test_a_file_that_is_not_there_is_named(run: Run, words: tuple[str, ...]) -> None:
    """With the reason, exit status 1, and without a trace of the program."""
    status, out, err = run(*words)
    assert (status, out) == (1, "")
    assert "tidak-ada" in err
    assert "tidak dapat dibaca" in err
