"""What people do on the pages, done in Chromium: on a phone and a desk, with scripts and without.

Each job ends with a look at what it changed, not at the notice alone.
"""

import json
from collections.abc import Iterator
from pathlib import Path

import attrs
import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import func, insert, select

from leuit.builtin.organisation import create_position, create_unit
from leuit.identity import DEFINITIF, SYSTEM, Assignment, Person, Unit
from leuit.values import new_id
from leuit_attendance.data import seed_tables
from leuit_attendance.models import AttendanceDay, PunchRow
from leuit_attendance.rules import to_plain
from leuit_attendance.service.set_aside import note_unknown
from tests.support import browser as support
from tests.system.browser_office import Site
from tests.system.test_browser import faults_of, picture

pytestmark = pytest.mark.ci
MANY = 10_000


@attrs.frozen
class Manner:
    """How somebody looks at the site; `number` tells the four apart in what they type."""

    number: int
    size: tuple[int, int]
    scripts: bool

    def __str__(self) -> str:
        return f"{self.size[0]}{'' if self.scripts else ' no scripts'}"


MANNERS = (
    Manner(1, support.PHONE, scripts=True),
    Manner(2, support.PHONE, scripts=False),
    Manner(3, support.DESK, scripts=True),
    Manner(4, support.DESK, scripts=False),
)


@pytest.fixture(params=MANNERS, ids=str)
def manner(request: pytest.FixtureRequest) -> Manner:
    """Each of the four manners."""
    chosen: Manner = request.param
    return chosen


@pytest.fixture
def page(browser: Browser, office: Site, manner: Manner) -> Iterator[Page]:
    """The administrator's page."""
    with office.page(browser, office.admin, size=manner.size, scripts=manner.scripts) as opened:
        yield opened


def press(page: Page, name: str) -> None:
    """Press the button of the page's form, and wait for the page that comes."""
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=name, exact=True).click()


def main_text(page: Page) -> str:
    """What stands on the page, without bars and menus."""
    return page.locator("main").inner_text()


def test_a_month_is_filtered_opened_and_downloaded(page: Page) -> None:
    """Filters stand in the address, a name leads to a day's reasons, the XLSX comes as a file."""
    page.goto("/attendance/units/CONTOH/month")
    page.get_by_label("Nama", exact=True).fill("budi")
    press(page, "Terapkan")
    assert "name=budi" in page.url
    rows = page.locator("table.table tbody tr")
    assert rows.count() == 1
    assert "Budi Contoh" in rows.inner_text()
    with page.expect_download() as coming:
        page.get_by_role("link", name="Unduh XLSX").click()
    assert Path(coming.value.path()).read_bytes()[:2] == b"PK"
    page.get_by_role("link", name="Budi Contoh").click()
    page.get_by_role("link", name="Selasa, 13 Oktober 2026").click()
    assert "terlambat 61 menit" in main_text(page)
    page.get_by_role("link", name="Hari berikutnya").click()
    assert "Rabu, 14 Oktober 2026" in main_text(page)


def test_a_file_of_a_device_is_checked_and_stored(
    office: Site, page: Page, manner: Manner, tmp_path: Path
) -> None:
    """An upload shows its dry run first; punches are stored when that is confirmed, once."""
    file = tmp_path / "1_attlog.dat"
    file.write_text(f"       15\t2026-10-15 12:0{manner.number}:00\t1\t0\t1\t0\n")
    before = _count(office)
    page.goto("/attendance/import")
    page.get_by_label("Berkas dari USB mesin").set_input_files(file)
    press(page, "Periksa berkas")
    assert "Baru" in main_text(page)
    assert _count(office) == before
    press(page, "Simpan rekaman")
    assert "1 rekaman baru tersimpan" in main_text(page)
    assert _count(office) == before + 1
    picture(page, "jobs/import")


def test_staff_come_in_by_a_table(office: Site, page: Page, manner: Manner, tmp_path: Path) -> None:
    """Rows are judged before they are applied; a refused row says why; the rest is stored."""
    file, nip = tmp_path / "pegawai.csv", f"19800101200501103{manner.number}"
    file.write_text(
        "nip,name,unit_code,position,effective\n"
        f"{nip},Orang Baru {manner.number},CONTOH,Pelaksana baru,2026-10-05\n"
        "bukan,,TIDAKADA,,\n"
    )
    page.goto("/organisation/import")
    page.get_by_label("Pegawai", exact=True).check()
    page.get_by_label("Berkas CSV atau XLSX").set_input_files(file)
    press(page, "Periksa berkas")
    assert "TIDAKADA" in main_text(page)
    picture(page, "jobs/staff-report")
    press(page, "Terapkan tanpa baris yang ditolak")
    page.goto(f"/organisation/people?q={nip}")
    assert f"Orang Baru {manner.number}" in main_text(page)


def test_an_edition_is_drafted_proposed_and_activated_by_another(
    browser: Browser, office: Site, page: Page, manner: Manner
) -> None:
    """Who wrote an edition cannot activate it; a second account can."""
    title = f"Potongan dari peramban {manner.number}"
    page.goto("/regulations/new")
    page.get_by_label("Jenis peraturan").select_option("attendance.deductions")
    page.get_by_label("Judul").fill(title)
    page.get_by_label("Dasar hukum").fill("Perbup contoh")
    page.get_by_label("Mulai berlaku").fill(f"0{manner.number}/03/2028")
    press(page, "Simpan naskah")
    assert page.title().startswith("Kesalahan:")  # nothing chosen for the confidence
    assert page.get_by_label("Judul").input_value() == title
    page.locator("input[name=confidence]").first.check()
    if not page.get_by_label("Angka-angka").input_value():
        page.get_by_label("Angka-angka").fill(_figures())
    press(page, "Simpan naskah")
    address = page.url
    press(page, "Ajukan edisi")
    assert page.get_by_role("button", name="Aktifkan edisi").count() == 0
    with office.page(browser, office.second, size=manner.size, scripts=manner.scripts) as other:
        other.goto(address)
        press(other, "Aktifkan edisi")
        picture(other, "jobs/edition")
        other.goto("/regulations?status=active")
        assert title in main_text(other)


def test_a_holiday_is_added_changed_and_removed(page: Page, manner: Manner) -> None:
    """The calendar shows a day after it was added, and not after it was removed."""
    page.goto("/calendar/new")
    page.get_by_label("Tanggal").fill(f"1{manner.number}/11/2026")
    page.locator("input[name=kind]").first.check()
    page.get_by_label("Nama hari").fill(f"Libur peramban {manner.number}")
    page.get_by_label("Dasar hukum").fill("Keputusan contoh")
    press(page, "Simpan hari libur")
    row = page.locator("tr", has_text=f"Libur peramban {manner.number}")
    row.get_by_role("link", name="Ubah").click()
    page.get_by_label("Nama hari").fill(f"Libur diubah {manner.number}")
    press(page, "Simpan hari libur")
    row = page.locator("tr", has_text=f"Libur diubah {manner.number}")
    row.get_by_role("link", name="Hapus").click()
    press(page, "Hapus dari kalender")
    assert page.locator("tr", has_text=f"Libur diubah {manner.number}").count() == 0


def test_an_absence_is_entered_and_cancelled(office: Site, page: Page, manner: Manner) -> None:
    """A duty trip turns the day into one, and its cancelling turns it back."""
    day = f"0{manner.number + 4}/10/2026"
    page.goto("/attendance/absences/new")
    page.get_by_label("NIP atau PIN").fill("205")
    page.locator("input[name=kind][value=dinas_luar]").check()
    page.get_by_label("Hari pertama").fill(day)
    page.get_by_label("Hari terakhir").fill(day)
    page.get_by_label("Nomor dokumen").fill(f"SPT contoh {manner.number}")
    press(page, "Catat")
    row = page.locator("tr", has_text=f"SPT contoh {manner.number}")
    assert "Intan Contoh" in row.inner_text()
    office.run_jobs()
    row.get_by_role("link", name="Batalkan").click()
    page.get_by_label("Alasan").fill("Salah tulis")
    press(page, "Batalkan catatan")
    assert "Catatan dibatalkan" in main_text(page)
    office.run_jobs()


def test_a_schedule_is_given_and_ended(page: Page, manner: Manner) -> None:
    """Somebody gets another schedule for one day, which stands in the list and can be ended."""
    day = f"0{manner.number}/12/2026"
    page.goto("/attendance/schedules")
    page.get_by_role("link", name="Berikan jadwal").click()
    page.get_by_label("Jadwal", exact=True).select_option(index=1)
    page.locator("input[name=level][value=person]").check()
    page.get_by_label("NIP atau PIN").fill("205")
    page.get_by_label("Hari pertama").fill(day)
    page.get_by_label("Hari terakhir").fill(day)
    press(page, "Berikan jadwal")
    row = page.locator("tr", has_text=f"{manner.number} Desember 2026")
    assert "Intan Contoh" in row.inner_text()
    picture(page, "jobs/schedules")
    page.goto("/attendance/schedules/new")
    page.get_by_label("Jadwal", exact=True).select_option(index=1)
    page.locator("input[name=level][value=person]").check()
    page.get_by_label("NIP atau PIN").fill("205")
    page.get_by_label("Hari pertama").fill(f"1{manner.number}/12/2026")
    press(page, "Berikan jadwal")
    row = page.locator("tr", has_text=f"1{manner.number} Desember 2026")
    row.get_by_role("link", name="Akhiri").click()
    page.get_by_label("Hari terakhir").fill(f"1{manner.number}/12/2026")
    press(page, "Akhiri jadwal")
    assert "Jadwal diakhiri" in main_text(page)


def test_a_device_is_approved_and_retired(office: Site, page: Page, manner: Manner) -> None:
    """A serial that nobody knew waits on the fleet page until somebody names its unit."""
    serial = f"ASING100{manner.number}"
    with office.app.change(SYSTEM) as work:
        note_unknown(work, serial, "192.0.2.9")
    page.goto("/attendance/devices")
    page.get_by_role("link", name=f"Setujui {serial}").click()
    page.get_by_label("Unit", exact=True).select_option(label="Kantor Contoh (data contoh)")
    page.get_by_label("Nama tempat").fill(f"Pos {manner.number}")
    with page.expect_navigation():
        page.locator("main form button").last.click()
    page.goto(f"/attendance/devices?q={serial}")
    assert f"Pos {manner.number}" in main_text(page)
    page.get_by_role("link", name=f"Pos {manner.number}").click()
    picture(page, "jobs/device")
    page.goto(page.url + "/retire")
    press(page, "Nonaktifkan mesin")
    assert page.locator("tr", has_text=serial).count() == 0


def test_the_phones_menu_opens_and_closes(browser: Browser, office: Site) -> None:
    """Without a script the menu is a place on the page; every entry leads somewhere."""
    for scripts in (True, False):
        with office.page(browser, office.admin, size=support.PHONE, scripts=scripts) as page:
            page.goto("/")
            page.get_by_label("Pintasan").get_by_role("link", name="Menu", exact=True).click()
            menu = page.locator("#menu")
            assert menu.is_visible()
            picture(page, "jobs/menu")
            menu.get_by_role("link", name="Kalender").click()
            assert page.url.endswith("/calendar")


def test_ten_thousand_people_stay_one_page(browser: Browser, office: Site) -> None:
    """Lists of 10,000 show 50 with a pager, in time, in budget, and clean."""
    _bring_many(office)
    pages = {
        "people": "/organisation/people",
        "people-last": f"/organisation/people?page={MANY // 50}",
        "month": "/attendance/units/BESAR/month?month=2026-10",
        "month-last": f"/attendance/units/BESAR/month?month=2026-10&page={MANY // 50}",
        "day": "/attendance/units/BESAR/day?date=2026-10-13",
        "unit-page": "/attendance/units/BESAR/month?month=2026-10&name=09999",
    }
    wrong: list[str] = []
    for size in (support.PHONE, support.DESK):
        with office.page(browser, office.admin, size=size) as page:
            for name, address in pages.items():
                with support.weigh(page) as weight:
                    answer = page.goto(address)
                assert answer is not None
                assert answer.status == 200
                rows = page.locator("table.table tbody tr").count()
                if name != "unit-page":
                    assert rows >= 50, f"{name}: {rows} rows"
                    assert "dari 10.0" in main_text(page), name
                picture(page, f"many/{name}")
                wrong += [f"{name}: {fault}" for fault in faults_of(page)]
                if weight.kinds.get("document", 0) > 15 * 1024:
                    wrong.append(f"{name}: {weight.kinds['document']} bytes of HTML")
    assert not wrong, "\n".join(wrong)


def _bring_many(office: Site) -> None:
    """10,000 people of one unit with the days of PIN 2, at once."""
    with office.app.change(SYSTEM) as work:
        parent = work.session.scalars(select(Unit.id).where(Unit.code == "36.02")).one()
        unit = create_unit(
            work,
            code="BESAR",
            name="Dinas Besar (data contoh)",
            short="Dinas Besar",
            kind="dinas",
            parent_id=parent,
            on=work.today.replace(day=1),
        )
        post = create_position(work, unit.id, "Pelaksana")
        ids = [new_id() for _number in range(MANY)]
        people = [
            {"id": one, "name": f"Pegawai {number:05} Contoh", "version": 1}
            for number, one in enumerate(ids)
        ]
        work.session.execute(insert(Person), people)
        held = {"position_id": post.id, "kind": DEFINITIF, "valid_from": work.today.replace(day=1)}
        work.session.execute(
            insert(Assignment), [{"id": new_id(), "person_id": one, **held} for one in ids]
        )
        columns = [column.name for column in AttendanceDay.__table__.columns]
        days = work.session.scalars(
            select(AttendanceDay).where(AttendanceDay.person_id == office.member.person_id)
        ).all()
        plain = [{name: getattr(day, name) for name in columns} for day in days]
        work.session.execute(
            insert(AttendanceDay),
            [{**day, "person_id": one, "unit_id": unit.id} for one in ids for day in plain],
        )


def _count(office: Site) -> int:
    with office.app.read(SYSTEM) as view:
        return view.session.execute(select(func.count()).select_from(PunchRow)).scalar_one()


def _figures() -> str:
    return json.dumps(to_plain(seed_tables()["tpp_umum"]))
