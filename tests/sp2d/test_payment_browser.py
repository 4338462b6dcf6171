"""One bill paid by six people in Chromium: sent back once, returned by the bank once, paid at last.

On a phone and a desk with scripts, where axe checks each station, and on a desk without. Pictures
are kept in build/screenshots/payments/.
"""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import attrs
import pytest
from playwright.sync_api import Browser, Page, Request, expect
from sqlalchemy import func, select

from leuit.builtin.organisation import set_password
from leuit.identity import SYSTEM, Person
from leuit.plugins import Host
from leuit.values import RecordRef
from leuit.web import cookie_name, open_session
from leuit.work import Leuit
from leuit_sp2d.models import Batch, Instruction, Paper
from leuit_sp2d.rules.chain import BANK, DRAFT, PAID, RETUR, SP2D, SPM, SPP, TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from tests.sp2d.treasury import PDF, Treasury, pockets, state_of, treasury, walked
from tests.support import browser as support
from tests.support.command_line import Run, runner
from tests.system.browser_office import listen, served
from tests.system.test_browser import unrolled
from tests.system.test_browser_jobs import MANNERS, Manner
from tests.system.test_browser_office_jobs import Desk as PlainDesk

pytestmark = pytest.mark.ci
PASSWORD = "beras-merah-2026"
PURPOSE = "Laptop layanan kecamatan"
CLAIM = {
    "purpose": PURPOSE,
    "basis": "Surat Pesanan EP-2026-000118",
    "invoice": "INV/7/2026",
    "invoice_date": "01/10/2026",
    "payee": "CV Contoh Komputer",
    "npwp": "01.234.567.4-901.000",
    "account": "0012344417",
    "holder": "CV CONTOH KOMPUTER",
    "price": "10.000.000",
    "amount-0": "11.100.000",
}
REMARK = "Kuitansi belum bermeterai"
ITEMS = [item.code for item in EXAMPLE.items_of("LS_BJ") if item.is_document]
SECONDS = 30_000


@attrs.frozen
class Desk(PlainDesk):
    """Somebody's page, and what he does on it with payments; axe needs its scripts."""

    scripts: bool = False

    def press(self, button: str, notice: str) -> None:
        """Press the one button of that name that is shown, in the card or in the phone's bar."""
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()
        expect(self.main).to_contain_text(notice)

    def tasks(self) -> list[str]:
        """The titles that wait for him."""
        self.go("/tasks")
        return self.main.locator("a.task strong").all_inner_texts()

    def open_task(self, verb: str) -> None:
        """Open the payment from the inbox, where the verb of the step stands."""
        self.go("/tasks")
        task = self.main.locator("a.task", has_text=PURPOSE)
        expect(task).to_contain_text(verb)
        with self.page.expect_navigation():
            task.click()

    def attach(self, item: str, folder: Path, content: bytes) -> None:
        """Attach a file to an item of the checklist."""
        file = folder / f"{item}.pdf"
        file.write_bytes(content)
        form = self.main.locator("form", has=self.page.locator(f"input[value='{item}']"))
        form.locator("input[type=file]").set_input_files(file)
        with self.page.expect_navigation():
            form.locator("button").click()
        expect(self.main).to_contain_text("Dokumen dilampirkan.")

    def answer(self, *more: str, **changes: str) -> None:
        """Mark every document of the checklist as fitting and `more`, but for the changes."""
        for item in [*ITEMS, *more]:
            self.check(f"answer-{item}", changes.get(item, "ok"))

    def password(self, text: str) -> None:
        """Type the password that a step asks for."""
        self.fill(password=text)

    def looks(self, name: str) -> None:
        """A picture of the whole page: not wider than its window, and axe finds nothing in it."""
        expect(self.page.locator("h1")).to_have_count(1)
        with unrolled(self.page):
            support.screenshot(self.page, f"payments/{name}")
            if self.scripts:
                assert support.axe_violations(self.page) == [], name
        assert not support.scrolls_sideways(self.page), name


@attrs.frozen
class Room:
    """The treasury, served, and the manner in which its people look at it."""

    office: Treasury
    browser: Browser
    address: str
    manner: Manner
    run: Run
    folder: Path

    @contextmanager
    def desk(self, step: str) -> Iterator[Desk]:
        """The page of the person of a step."""
        size, scripts = self.manner.size, self.manner.scripts
        with support.page_in(
            self.browser, size=size, scripts=scripts, base_url=self.address
        ) as page:
            page.context.set_default_timeout(SECONDS)
            key, _ends = open_session(
                self.office.app, self.office.people[step], own_phone=False, request_id="test"
            )
            page.context.add_cookies(
                [{"name": cookie_name(secure=False), "value": key, "url": self.address}]
            )
            faults = listen(page, self.address)
            yield Desk(page, scripts)
            assert not faults, "\n".join(faults)

    def path(self, payment_id: UUID) -> str:
        """The page of a payment."""
        return f"/sp2d/payments/{payment_id}"

    def statement(self, orders: Path, *returned: str) -> Path:
        """The bank's answer to a file of orders, by the command for trials."""
        words = [word for one in returned for word in ("--returned", one)]
        status, _out, complaint = self.run(
            "sp2d", "answer", orders.name, "-o", f"{orders.stem}-rk.xml", *words
        )
        assert status == 0, complaint
        return orders.with_name(f"{orders.stem}-rk.xml")


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture(params=[MANNERS[0], MANNERS[2], MANNERS[3]], ids=str)
def manner(request: pytest.FixtureRequest) -> Manner:
    """A phone and a desk with scripts, and a desk without."""
    chosen: Manner = request.param
    return chosen


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury, with a password for everybody, and nobody in it who is not invented."""
    made = treasury(app)
    with app.change(SYSTEM) as work:
        for number, everybody in enumerate(work.session.scalars(select(Person)), 1):
            everybody.nik = f"360299{number:010}"
        work.audit("core.person.changed", RecordRef("core.person", "contoh", "contoh"))
    for person in made.people.values():
        assert person.account_id is not None
        set_password(app, SYSTEM, person.account_id, PASSWORD)
    return made


@pytest.fixture
def room(office: Treasury, host: Host, manner: Manner, tmp_path: Path) -> Iterator[Room]:
    """The treasury at the browser."""
    run = runner(office.app, host, folder=tmp_path)
    with served(office.app, host) as address, support.chromium() as browser:
        yield Room(office, browser, address, manner, run, tmp_path)


def test_six_people_pay_a_bill(room: Room) -> None:
    """Each by his own page: sent back and mended, returned by the bank, put right, and paid."""
    payment_id = _claimed(room)
    _requested(room)
    _sent_back(room)
    _mended(room)
    _requested(room)
    with room.desk(VERIFY) as desk:
        desk.open_task("Periksa")
        desk.answer()
        _summed_up(desk, room)
        desk.press("Nyatakan lengkap", "SPP dinyatakan lengkap")
    _ordered(room)
    with room.desk(TEST) as desk:
        desk.open_task("Periksa")
        desk.answer("spm")
        desk.looks("test")
        _summed_up(desk, room)
        desk.looks("summary")
        _changed_mind(desk, room)
        desk.press("Nyatakan sesuai", "SPM dinyatakan sesuai")
    with room.desk(SP2D) as desk:
        desk.open_task("Periksa")
        desk.looks("sp2d")
        desk.password(PASSWORD)
        desk.press("Terbitkan SP2D", "SP2D diterbitkan")
        orders = _sent(desk, room, "Rp9.850.000")
        answer = room.statement(orders, f"{_order(room, payment_id)}=AC04")
        desk.send_file(answer, "Baca", "Terbaca: 1 dibayar, 1 diretur, 0 tidak dikenal.")
        assert state_of(room.office, payment_id) == RETUR
        _put_right(desk, room, payment_id)
        answer = room.statement(_sent(desk, room, "Rp9.850.000"))
        desk.send_file(answer, "Baca", "Terbaca: 1 dibayar, 0 diretur, 0 tidak dikenal.")
        desk.looks("bank")
        desk.send_file(answer, "Baca", "sudah dibaca; tidak ada yang berubah")
        desk.go(room.path(payment_id))
        expect(desk.main.locator(".chip-line")).to_contain_text("Dibayar")
        desk.looks("paid")
    assert state_of(room.office, payment_id) == PAID
    assert pockets(room.office, room.office.line) == (0, 88_900_000, 0, 11_100_000)
    with room.desk(DRAFT) as desk:
        assert desk.tasks() == []
        desk.go("/sp2d?state=paid")
        assert "Rp11.100.000" in desk.rows(PURPOSE).inner_text()
        desk.looks("list")


def _claimed(room: Room) -> UUID:
    """The PPTK writes the claim, attaches its documents, and hands it in."""
    with room.desk(DRAFT) as desk:
        desk.go("/sp2d")
        desk.main.get_by_role("link", name="Ajukan pembayaran").first.click()
        desk.main.get_by_label("LS barang dan jasa").check()
        desk.main.get_by_role("button", name="Lanjut").click()
        desk.send("Simpan pengajuan")
        assert desk.page.title().startswith("Kesalahan:")
        desk.looks("claim-refused")
        desk.choose(bank="110", object="barang")
        desk.choose(**{"line-0": str(room.office.line)})
        desk.fill(**CLAIM)
        desk.main.locator("input[name=charges_ppn]").check()
        desk.looks("claim")
        desk.send("Simpan pengajuan", "Pengajuan disimpan.")
        payment_id = UUID(desk.page.url.partition("#")[0].rpartition("/")[2])
        assert "Rp9.850.000" in desk.text
        desk.press("Ajukan SPP", "Kontrak, SPK atau surat pesanan")
        desk.looks("draft-refused")
        desk.go(room.path(payment_id))
        for item in ITEMS:
            desk.attach(item, room.folder, PDF + item.encode())
        desk.looks("draft")
        desk.press("Ajukan SPP", "Pembayaran diajukan kepada bendahara.")
        return payment_id


def _requested(room: Room) -> None:
    with room.desk(SPP) as desk:
        desk.open_task("Periksa")
        desk.looks("spp")
        desk.press("Terbitkan SPP", "SPP diterbitkan")
        assert desk.tasks() == []


def _sent_back(room: Room) -> None:
    """The PPK-SKPD finds one paper unfit and says why."""
    with room.desk(VERIFY) as desk:
        desk.open_task("Periksa")
        expect(desk.main.locator(".sp2d-count")).to_contain_text(f"dari {5 + len(ITEMS)} selesai")
        _summed_up(desk, room, "hal yang perlu diperbaiki")
        desk.answer(kuitansi="wrong")
        desk.looks("verify")
        desk.press("Kembalikan", "Kuitansi")
        desk.choose(**{"item-kuitansi": "tidak_lengkap"})
        desk.fill(**{"itemremark-kuitansi": REMARK})
        desk.looks("return")
        desk.press("Kembalikan pembayaran", "Pembayaran dikembalikan kepada PPTK")
        assert REMARK in desk.text
        assert desk.tasks() == []


def _summed_up(desk: Desk, room: Room, notice: str = "Ringkasan pemeriksaan") -> None:
    """Whoever compares goes on to the summary, in the card or in the phone's bar."""
    on_phone = room.manner.size == support.PHONE
    desk.press("Lanjut" if on_phone else "Lanjut ke ringkasan", notice)


def _changed_mind(desk: Desk, room: Room) -> None:
    """From the summary an answer is changed where it was given, and all others are still there."""
    with desk.page.expect_navigation():
        desk.page.get_by_role("button", name="Ubah Faktur pajak").click()
    expect(desk.page.locator("input[name='answer-faktur']").first).to_be_in_viewport()
    assert desk.page.locator("input[value=ok]:checked").count() == len(ITEMS) + 1
    _summed_up(desk, room)


def _mended(room: Room) -> None:
    """The PPTK reads the reason, changes the paper and the claim, and hands it in again."""
    with room.desk(DRAFT) as desk:
        desk.open_task("Perbaiki")
        assert REMARK in desk.text
        desk.looks("returned")
        desk.press("Lepas kuitansi.pdf", "Lampiran dilepas.")
        desk.attach("kuitansi", room.folder, PDF + b"dengan meterai")
        desk.go(f"{desk.page.url.partition('#')[0]}/edit")
        desk.fill(basis="Surat Pesanan EP-2026-000119")
        desk.send("Simpan pengajuan", "Pengajuan disimpan.")
        assert "EP-2026-000119" in desk.text
        desk.press("Ajukan SPP", "Pembayaran diajukan kepada bendahara.")


def _ordered(room: Room) -> None:
    """The PA answers for it, and gives the password."""
    with room.desk(SPM) as desk:
        desk.open_task("Periksa")
        if room.manner.size == support.PHONE:
            bar = desk.page.locator("nav.action-bar").get_by_role("link", name="Terbitkan SPM")
            bar.click()
            expect(desk.main.locator("input[name=password]")).to_be_in_viewport()
        desk.looks("spm")
        desk.password(PASSWORD)
        desk.press("Terbitkan SPM", "hal yang perlu diperbaiki")
        desk.looks("spm-refused")
        desk.check("statement", "ya")
        desk.password(PASSWORD)
        desk.press("Terbitkan SPM", "SPM diterbitkan; dananya sudah disisihkan.")
    assert pockets(room.office, room.office.line) == (0, 88_900_000, 11_100_000, 0)


def _sent(desk: Desk, room: Room, total: str) -> Path:
    """Kuasa BUD sends what waits in one file, and fetches it for the bank."""
    desk.go("/sp2d/bank")
    desk.looks("bank-waiting")
    desk.password(PASSWORD)
    desk.send("Buat berkas perintah bayar", f"berisi 1 perintah bayar, {total}.")
    with desk.page.expect_download() as coming:
        desk.main.get_by_role("link", name=re.compile("^SP2D20261005-")).first.click()
    file = room.folder / coming.value.suggested_filename
    coming.value.save_as(file)
    return file


def _put_right(desk: Desk, room: Room, payment_id: UUID) -> None:
    """After the retur: another account, under the same SP2D."""
    desk.open_task("Perbaiki rekening")
    assert "Rekening sudah ditutup" in desk.text
    desk.looks("retur")
    desk.page.get_by_role("link", name="Perbaiki rekening").first.click()
    desk.fill(account="0077001122", password="salah")
    desk.send("Buat perintah bayar baru", "Kata sandi")
    desk.looks("repeat-refused")
    desk.password(PASSWORD)
    desk.send("Buat perintah bayar baru", "Perintah bayar baru menunggu dikirim ke bank.")
    assert state_of(room.office, payment_id) == BANK


def _order(room: Room, payment_id: UUID) -> str:
    with room.office.app.read(SYSTEM) as view:
        return view.session.scalars(
            select(Instruction.end_to_end).where(Instruction.payment_id == payment_id)
        ).one()


@pytest.mark.parametrize("manner", [MANNERS[0]], ids=str)
@pytest.mark.parametrize(
    "key, button", [(SPM, "Terbitkan SPM"), (SP2D, "Terbitkan SP2D")], ids=[SPM, SP2D]
)
def test_money_is_bound_by_one_press_after_the_password(
    room: Room, office: Treasury, key: str, button: str
) -> None:
    """A wrong password binds nothing; a double click after the right one sends one form."""
    payment_id = walked(office, key)
    before = pockets(office, office.line)
    with room.desk(key) as desk:
        for wrong in ("", "salah"):
            desk.go(room.path(payment_id))
            if key == SPM:
                desk.check("statement", "ya")
            desk.password(wrong)
            desk.press(button, "Kata sandi")
            expect(desk.main.locator("input[name=password]")).to_have_attribute(
                "aria-invalid", "true"
            )
            assert pockets(office, office.line) == before
        desk.password(PASSWORD)
        assert _pressed_twice(desk.page, button) == 1
        expect(desk.main).to_contain_text("diterbitkan")
    assert _counts(office, payment_id)[key.upper()] == 1
    assert pockets(office, office.line) != before


@pytest.mark.parametrize("manner", [MANNERS[0]], ids=str)
def test_the_bank_gets_one_file_after_the_password(room: Room, office: Treasury) -> None:
    """A wrong password makes no file, and leaves the choice; a double click makes one file."""
    first = walked(office, BANK)
    with room.desk(SP2D) as desk:
        for wrong in ("", "salah"):
            desk.go("/sp2d/bank")
            desk.password(wrong)
            desk.press("Buat berkas perintah bayar", "Kata sandi")
            assert desk.main.locator("input[name=order]").is_checked()
        assert _files(office) == 0
        desk.password(PASSWORD)
        assert _pressed_twice(desk.page, "Buat berkas perintah bayar") == 1
        expect(desk.main).to_contain_text("berisi 1 perintah bayar")
    assert _files(office) == 1
    assert state_of(office, first) == BANK


def _pressed_twice(page: Page, button: str) -> int:
    """Double click a button; returns how many forms the browser sent."""
    sent: list[str] = []

    def asked(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    page.on("request", asked)
    with page.expect_navigation():
        page.get_by_role("button", name=button, exact=True).dblclick()
    page.wait_for_load_state("networkidle")
    return len(sent)


def _counts(office: Treasury, payment_id: UUID) -> Mapping[str, int]:
    with office.app.read(SYSTEM) as view:
        rows = view.session.execute(
            select(Paper.kind, func.count())
            .where(Paper.payment_id == payment_id)
            .group_by(Paper.kind)
        )
        return {row[0]: row[1] for row in rows}


def _files(office: Treasury) -> int:
    with office.app.read(SYSTEM) as view:
        return view.session.execute(select(func.count()).select_from(Batch)).scalar_one()
