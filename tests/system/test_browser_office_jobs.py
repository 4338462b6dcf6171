"""What an office does on its pages, done in Chromium on a phone and a desk, scripts on and off.

Units, people, roles, files, devices, jobs, holidays and the list of a day. Each of the four manners
types its own number, so that no job sees what another has left.
"""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import attrs
import pytest
from playwright.sync_api import Browser, Locator, Page
from sqlalchemy import select, update

from leuit.identity import SYSTEM
from leuit.work import Job
from leuit_attendance.models import Device, DeviceState
from leuit_attendance.service.sample import NIGHT_WORKER
from leuit_attendance.service.set_aside import note_unknown
from tests.system.browser_office import Site
from tests.system.test_browser_jobs import MANNERS, Manner

pytestmark = pytest.mark.ci
OFFICE = "Kantor Contoh (data contoh)"


@pytest.fixture(params=MANNERS, ids=str)
def manner(request: pytest.FixtureRequest) -> Manner:
    """Each of the four manners."""
    chosen: Manner = request.param
    return chosen


@attrs.frozen
class Desk:
    """The administrator at a page of the office."""

    page: Page

    @property
    def main(self) -> Locator:
        """The page without bars and menus."""
        return self.page.locator("main")

    @property
    def text(self) -> str:
        """What stands on it."""
        return self.main.inner_text()

    def go(self, address: str) -> None:
        """Open an address."""
        self.page.goto(address)

    def follow(self, link: str) -> None:
        """Click the link of that whole name."""
        with self.page.expect_navigation():
            self.main.get_by_role("link", name=link, exact=True).click()

    def fill(self, **answers: str) -> None:
        """Type into the fields of these names."""
        for name, answer in answers.items():
            self.main.locator(f"input[name={name}]").fill(answer)

    def choose(self, **answers: str) -> None:
        """Choose from the lists of these names, by value or label."""
        for name, answer in answers.items():
            self.main.locator(f"select[name={name}]").select_option(answer)

    def check(self, name: str, value: str) -> None:
        """Mark one of the choices."""
        self.main.locator(f"input[name={name}][value='{value}']").check()

    def send(self, button: str, notice: str = "") -> None:
        """Press the button and read the notice of the page that comes."""
        with self.page.expect_navigation():
            self.main.get_by_role("button", name=button, exact=True).click()
        assert notice in self.text

    def send_file(self, file: Path, button: str, notice: str) -> None:
        """Choose a file and send the form."""
        self.main.locator("input[type=file]").set_input_files(file)
        self.send(button, notice)

    def rows(self, text: str) -> Locator:
        """The rows of tables that hold the text."""
        return self.main.locator("tbody tr", has_text=text)


@pytest.fixture
def desk(browser: Browser, office: Site, manner: Manner) -> Iterator[Desk]:
    """The administrator's page."""
    with office.page(browser, office.admin, size=manner.size, scripts=manner.scripts) as opened:
        yield Desk(opened)


def test_a_unit_is_added_renamed_moved_and_closed(office: Site, desk: Desk, manner: Manner) -> None:
    """A unit hangs below the one it was added to, then below another, and at last is no more."""
    name = f"Bidang {manner.number}"
    desk.go(f"/organisation/units/{office.ids['unit_id']}")
    desk.follow("Tambah unit bawahan")
    desk.fill(code=f"PER.{manner.number}", name=name, short=name, on="01/10/2026")
    desk.choose(kind="bidang")
    desk.send("Tambah unit", "Unit ditambahkan.")
    assert OFFICE in desk.text
    desk.follow("Ubah nama")
    desk.fill(name=f"{name} Arsip", short=f"Arsip {manner.number}")
    desk.send("Simpan nama", "Nama unit disimpan.")
    assert desk.main.locator("h1").inner_text() == f"{name} Arsip"
    assert f"Arsip {manner.number}" in desk.text
    desk.follow("Pindahkan unit")
    desk.main.locator("select[name=parent]").select_option(index=0)
    desk.fill(on="12/10/2026")
    desk.send("Pindahkan unit", "Unit dipindahkan.")
    assert OFFICE not in desk.text
    desk.follow("Tutup unit")
    desk.fill(on="16/10/2026")
    desk.send("Tutup unit", "Unit ditutup.")
    assert "16 Oktober 2026" in desk.text
    desk.go(f"/organisation/units?q=PER.{manner.number}")
    assert "Tidak ada unit yang cocok" in desk.text


def test_a_person_comes_is_corrected_and_takes_a_post_for_a_time(
    office: Site, desk: Desk, manner: Manner
) -> None:
    """A new person is found under the unit; details, PIN and posts stand on the person's page."""
    name, nip = f"Karyawan {manner.number}", f"19800101200501106{manner.number}"
    desk.go(f"/organisation/units/{office.ids['unit_id']}")
    desk.follow("Tambah pegawai")
    desk.fill(name=name, nip=nip, title="Arsiparis", on="12/10/2026")
    desk.send("Tambah pegawai", "Pegawai ditambahkan.")
    assert "Arsiparis" in desk.rows("Kantor Contoh").inner_text()
    desk.follow("Ubah data")
    desk.fill(name=f"{name}, S.E.", email=f"k{manner.number}@contoh.go.id")
    desk.check("sex", "L")
    desk.send("Simpan data", "Data pegawai disimpan.")
    assert desk.main.locator("h1").inner_text() == f"{name}, S.E."
    assert "Laki-laki" in desk.text
    desk.follow("Ubah PIN")
    desk.fill(pin=f"770{manner.number}", on="12/10/2026")
    desk.send("Simpan PIN", "PIN disimpan.")
    assert "12 Okt 2026" in desk.rows(f"770{manner.number}").inner_text()
    desk.follow("Tempatkan pegawai")
    desk.choose(unit=office.ids["unit_id"])
    desk.fill(title=f"Kepala Seksi {manner.number}", on="13/10/2026")
    desk.check("kind", "Plt.")
    desk.send("Tempatkan pegawai", "Penempatan disimpan.")
    desk.follow(f"Akhiri Kepala Seksi {manner.number}")
    desk.fill(on="15/10/2026")
    desk.send("Akhiri jabatan", "Jabatan diakhiri.")
    row = desk.rows(f"Kepala Seksi {manner.number}")
    assert "sebelum 16 Okt 2026" in row.inner_text()
    assert row.get_by_role("link", name="Akhiri").count() == 0
    desk.go(f"/organisation/people?q={nip}")
    assert name in desk.rows(nip).inner_text()


def test_a_role_is_given_and_taken(office: Site, desk: Desk, manner: Manner) -> None:
    """A role given from a person's page stands among the roles until it is taken."""
    login = f"19800101200501107{manner.number}"
    desk.go(f"/organisation/people/new?unit={office.ids['unit_id']}")
    desk.fill(name=f"Petugas {manner.number}", nip=login, title="Pelaksana", on="12/10/2026")
    desk.send("Tambah pegawai", "Pegawai ditambahkan.")
    desk.send("Buat akun", "Akun dibuat.")
    desk.follow("Beri peran")
    desk.choose(role="attendance.device_keeper", unit=office.ids["unit_id"])
    desk.fill(on="12/10/2026")
    desk.send("Beri peran", "Peran diberikan.")
    desk.fill(q=f"Petugas {manner.number}")
    desk.send("Terapkan")
    row = desk.rows(f"Petugas {manner.number}")
    assert "Pengelola mesin absensi" in row.inner_text()
    row.get_by_role("link", name="Cabut").click()
    desk.fill(on="16/10/2026")
    desk.send("Cabut peran", "Peran dicabut.")
    desk.fill(q=f"Petugas {manner.number}")
    desk.send("Terapkan", "Tidak ada peran yang cocok")
    desk.choose(ended="ya")
    desk.send("Terapkan")
    assert "sebelum 16 Okt 2026" in desk.rows(f"Petugas {manner.number}").inner_text()


def test_units_come_in_by_a_table(desk: Desk, manner: Manner, tmp_path: Path) -> None:
    """The report shows what a file would do; applied, the unit stands in the list."""
    file = tmp_path / "unit.csv"
    code = f"IMP.{manner.number}"
    file.write_text(f"code;name;kind;effective\n{code};Kelurahan {manner.number};kelurahan;\n")
    desk.go("/organisation/units")
    desk.follow("Impor unit")
    desk.send_file(file, "Periksa berkas", "Belum ada yang berubah.")
    assert "Baru" in desk.rows(code).inner_text()
    desk.send("Terapkan semua baris", "Tersimpan: 1 baru")
    desk.go(f"/organisation/units?q={code}")
    assert f"Kelurahan {manner.number}" in desk.rows(code).inner_text()


def test_shifts_come_in_by_a_table(desk: Desk, manner: Manner, tmp_path: Path) -> None:
    """A file is tried, stored when that is chosen, and known when it is sent again."""
    file = tmp_path / "sif.csv"
    file.write_text(f"pin,date,shift\n{NIGHT_WORKER},2026-10-2{manner.number},siang\n")
    for choice, told, outcome in (
        ("try", "Belum ada yang disimpan.", "baru"),
        ("store", "Sudah disimpan", "baru"),
        ("try", "Belum ada yang disimpan.", "sama"),
    ):
        desk.go("/attendance/shifts/import")
        desk.check("what", choice)
        desk.send_file(file, "Kirim berkas", told)
        assert outcome in desk.rows("Gita Contoh").inner_text()


def test_a_refused_shift_stores_nothing(desk: Desk, tmp_path: Path) -> None:
    """A row that cannot be says why, and the page says that nothing was stored."""
    file = tmp_path / "sif.csv"
    file.write_text(f"pin,date,shift\n{NIGHT_WORKER},2026-10-28,subuh\n")
    desk.go("/attendance/shifts/import")
    desk.check("what", "store")
    desk.send_file(file, "Kirim berkas", "Belum ada yang disimpan.")
    assert "ditolak" in desk.main.locator("tbody tr").inner_text()
    assert "sif" in desk.main.locator("tbody tr").inner_text().casefold()


def test_a_device_is_registered_changed_and_asked_again(
    office: Site, desk: Desk, manner: Manner
) -> None:
    """A device has a page from its registering on; what it is asked for waits there for it."""
    serial = f"BARU100{manner.number}"
    desk.go("/attendance/devices")
    desk.follow("Daftarkan mesin")
    desk.fill(serial=serial, name=f"Lobi {manner.number}")
    desk.choose(unit=office.ids["unit_id"])
    desk.send("Daftarkan mesin", "Mesin terdaftar.")
    desk.follow("Ubah mesin")
    desk.fill(name=f"Gudang {manner.number}", usb_id=f"30{manner.number}")
    desk.check("swapped", "ya")
    desk.send("Simpan mesin", "Perubahan mesin disimpan.")
    assert desk.main.locator("h1").inner_text() == f"Gudang {manner.number}"
    assert "Verifikasi sebelum status" in desk.text
    desk.follow("Minta kirim ulang")
    desk.fill(first="01/10/2026", last="02/10/2026")
    desk.send("Minta kirim ulang", "Permintaan menunggu mesin tersambung.")
    told = desk.rows("Kirim ulang rekaman").inner_text()
    assert "1 Okt 2026 – 2 Okt 2026" in told
    assert "Menunggu" in told
    desk.send("Minta kirim semuanya", "Mesin mengirim ulang semuanya")
    with office.app.read(SYSTEM) as view:
        device = view.session.scalars(select(Device).where(Device.serial == serial)).one()
        state = view.session.get_one(DeviceState, device.id)
        assert (state.resend_asked_at, state.resend_told_at) == (view.now, None)
    desk.go(f"/attendance/devices?q={serial}")
    assert f"Gudang {manner.number}" in desk.rows(serial).inner_text()


def test_a_stranger_is_rejected(office: Site, desk: Desk, manner: Manner) -> None:
    """A serial that nobody wants leaves the list of those that wait."""
    serial = f"TOLAK100{manner.number}"
    with office.app.change(SYSTEM) as work:
        note_unknown(work, serial, "192.0.2.8")
    desk.go("/attendance/devices")
    desk.follow(f"Tolak {serial}")
    desk.send("Tolak dan buang rekamannya", "0 rekaman dibuang.")
    assert desk.rows(serial).count() == 0


def test_a_parked_job_is_retried_and_cancelled(office: Site, desk: Desk) -> None:
    """A job goes from parked to waiting to cancelled by the buttons beside it, and back."""
    job = _parked(office)
    for address, button, then in (
        ("/jobs?status=parked", "Ulangi", "Menunggu"),
        ("/jobs?status=waiting", "Batalkan", "Dibatalkan"),
        ("/jobs?status=cancelled", "Ulangi", "Menunggu"),
        ("/jobs?status=waiting", "Jalankan sekarang", "Menunggu"),
    ):
        desk.go(address)
        row = desk.main.locator("tr", has=desk.page.locator(f"form[action='/jobs/{job}']"))
        with desk.page.expect_navigation():
            row.get_by_role("button", name=button, exact=True).click()
        assert "Pekerjaan diperbarui." in desk.text
        assert then in row.inner_text()
    office.run_jobs()
    with office.app.read(SYSTEM) as view:
        assert view.session.get_one(Job, job).status == "done"


def test_a_year_of_holidays_is_proposed_and_confirmed(desk: Desk, manner: Manner) -> None:
    """The national days of a year count after they were confirmed under a decree, not before."""
    year = 2030 + manner.number
    desk.go(f"/calendar?year={year}")
    desk.send(f"Usulkan hari nasional {year}", "hari diusulkan.")
    assert "Belum ada hari libur" in desk.text
    for box in desk.main.locator("input[name=day]").all():
        box.uncheck()
    desk.send("Konfirmasi hari bertanda", "Tandai dahulu hari yang dikonfirmasi.")
    for box in desk.main.locator("input[name=day]").all():
        box.set_checked(box.get_attribute("value") == f"{year}-08-17")
    desk.fill(legal_basis=f"SKB contoh {year}")
    desk.send("Konfirmasi hari bertanda", "1 hari dikonfirmasi.")
    assert f"17 Agustus {year}" in desk.rows(f"SKB contoh {year}").inner_text()
    assert desk.main.locator(f"input[name=day][value='{year}-08-17']").count() == 0
    assert desk.main.locator("input[name=day]").count() > 5


def test_a_day_is_filtered_by_state_name_and_date(desk: Desk) -> None:
    """Who was late that day stands in the address; nobody is a page that says so."""
    desk.go("/attendance/units/CONTOH/day?date=2026-10-12")
    everybody = desk.main.locator("tbody tr").count()
    desk.fill(date="13/10/2026")
    desk.choose(state="late")
    desk.send("Terapkan")
    assert "state=late" in desk.page.url
    late = desk.main.locator("tbody tr")
    assert 0 < late.count() < everybody
    assert all("Terlambat" in row for row in late.all_inner_texts())
    assert "Terlambat 61 menit" in desk.rows("Budi Contoh").inner_text()
    desk.fill(name="budi")
    desk.send("Terapkan")
    assert desk.main.locator("tbody tr").count() == 1
    desk.choose(state="absent")
    desk.send("Terapkan", "Tidak ada yang cocok")
    desk.follow("Tampilkan semua")
    assert desk.main.locator("tbody tr").count() == everybody


def _parked(office: Site) -> UUID:
    """A job that was given up after it had failed."""
    later = office.app.clock.now() + dt.timedelta(days=1)
    with office.app.change(SYSTEM) as work:
        job = work.enqueue("core.jobs.purge", {}, run_at=later)
    given_up = {"status": "parked", "parked_for": "failures", "error": "Contoh gagal."}
    with office.app.database.writer.begin() as connection:
        connection.execute(update(Job).where(Job.id == job).values(given_up))
    return job
