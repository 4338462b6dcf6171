"""The whole course of a letter in Chromium, by five people of an office and their keys.

A letter comes in, is registered from its file, instructed about in three taps, answered, given a
paraf and a signature through e-sign, numbered, sent, filed by the archivist, and found again.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import attrs
import pytest
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from leuit.builtin.organisation import set_password
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM, Grant, Person
from leuit.plugins import Host
from leuit.values import ManualClock
from leuit.web import cookie_name, open_session
from leuit.work import Leuit, Worker
from leuit_archives.models import Receiver
from leuit_esign.providers import Secret
from leuit_esign.service.keys import add_key
from leuit_esign.service.trust import TRUST
from leuit_esign.test_pki import Authority
from tests.archives.letter_office import SINCE, LetterOffice, letter_office
from tests.archives.letter_pdf import NUMBER, SUBJECT, letter_pdf
from tests.archives.outgoing_office import instruments_in_force
from tests.esign.conftest import authority
from tests.esign.letters import PASSPHRASE
from tests.support import browser as support
from tests.system.browser_office import PASSWORD, listen, served
from tests.system.test_browser import faults_of, unrolled

__all__ = ["authority"]  # the fixture of e-sign's tests

pytestmark = pytest.mark.ci
SECONDS = 60_000
"""How long a page may take on a busy machine (milliseconds)."""
SIZES = {"360": support.PHONE, "1280": support.DESK}
REPLY = "Kesediaan hadir pada rapat koordinasi"
ROLES = {"staf": "archives.drafter", "arsiparis": "archives.archivist"}
KEYS = {"kadis": "kadis", "sekretaris": "sekda"}


@pytest.fixture
def engine() -> str:
    """One engine: the services are tested on both."""
    return "sqlite"


@pytest.fixture
def browser() -> Iterator[Browser]:
    """A Chromium."""
    with support.chromium() as opened:
        yield opened


@pytest.fixture
def office(app: Leuit, clock: ManualClock, authority: Authority) -> LetterOffice:
    """The office of the present, as the authority's answers are; two of its people have keys."""
    clock.set(dt.datetime.now(dt.UTC))
    made = letter_office(app)
    instruments_in_force(app, ["classification"])
    roots = {"roots": [{"name": "Root", "pem": authority.root_pem}]}
    with app.change(SYSTEM) as work:
        seed_edition(work, TRUST, Draft("Uji", "Perbup uji", "unverified", SINCE, roots))
        for label, role in ROLES.items():
            account_id = made.who[label].account_id
            unit_id = made.units["DIN"]
            work.session.add(
                Grant(role=role, unit_id=unit_id, account_id=account_id, valid_from=SINCE)
            )
        for label, holder in KEYS.items():
            person = work.session.get_one(Person, made.who[label].person_id)
            person.name = authority.holders[holder].name
            add_key(work, person, authority.pkcs12(holder, PASSPHRASE), Secret(PASSPHRASE))
    for label in KEYS:
        account_id = made.who[label].account_id
        assert account_id is not None
        set_password(app, SYSTEM, account_id, PASSWORD)
    return made


@attrs.frozen
class Course:
    """The office, served, and the window that everybody has."""

    office: LetterOffice
    browser: Browser
    address: str
    size: tuple[int, int]
    name: str

    @contextmanager
    def of(self, label: str, path: str) -> Iterator[Page]:
        """Somebody's page; what the browser reports as failed ends the block."""
        with support.page_in(self.browser, size=self.size, base_url=self.address) as page:
            page.context.set_default_timeout(SECONDS)
            who = self.office.who[label]
            key, _ends = open_session(self.office.app, who, own_phone=False, request_id="test")
            page.context.add_cookies(
                [{"name": cookie_name(secure=False), "value": key, "url": self.address}]
            )
            faults = listen(page, self.address)
            page.goto(path)
            yield page
            assert not faults, "\n".join(faults)

    def looked(self, page: Page, step: str) -> None:
        """A picture; no finding of axe, and no sideways scroll."""
        page.wait_for_load_state("networkidle")
        with unrolled(page):
            support.screenshot(page, f"letter-course/{step}-{self.name}")
        assert faults_of(page) == [], step
        assert not support.scrolls_sideways(page), step

    def task(self, label: str, title: str) -> str:
        """The address behind a task of somebody's."""
        with self.of(label, "/tasks") as page:
            found = page.locator("main a.task").filter(has_text=title).first
            address = found.get_attribute("href")
            assert address is not None
            return address

    def jobs(self) -> None:
        """What waits to be done behind the pages."""
        Worker(self.office.app, name="test").run_pending(raise_errors=True)


@pytest.mark.parametrize("width", SIZES)
def test_a_letter_goes_its_whole_course(
    office: LetterOffice, host: Host, browser: Browser, width: str
) -> None:
    """Each person finds his task, does it, and the next one has his; at the end it is found."""
    with served(office.app, host) as address:
        course = Course(office, browser, address, SIZES[width], width)
        _comes_in(course)
        _is_instructed(course)
        path = _is_answered(course)
        _is_signed(course, path)
        number = _is_sent(course, path)
        _is_filed_and_found(course, number)


def _comes_in(course: Course) -> None:
    with course.of("registrar", "/archives/letters/new") as page:
        file = {"name": "undangan.pdf", "mimeType": "application/pdf", "buffer": letter_pdf()}
        page.locator("[name=file]").set_input_files(file)  # type: ignore[arg-type]  # a plain file
        page.get_by_role("button", name="Lanjut").click()
        expect(page.locator("[name=number]")).to_have_value(NUMBER)
        expect(page.locator("[name=subject]")).to_have_value(SUBJECT)
        course.looked(page, "1-register")
        page.get_by_role("button", name="Simpan dan teruskan").click()
        page.get_by_text("dan diteruskan.").wait_for()
    course.jobs()


def _is_instructed(course: Course) -> None:
    with course.of("kadis", course.task("kadis", SUBJECT)) as page:
        course.looked(page, "2-leader")
        page.locator("label.letter-pick").filter(has_text="Pengadministrasi").first.click()
        page.locator("label.letter-pick").filter(has_text="konsep balasan").first.click()
        page.get_by_role("button", name="Kirim disposisi").first.click()
        page.get_by_text("Disposisi dikirim.").wait_for()


def _is_answered(course: Course) -> str:
    with course.of("staf", course.task("staf", SUBJECT)) as page:
        page.get_by_role("link", name="Balas surat").click()
        page.get_by_role("link", name="Surat Dinas", exact=True).click()
        page.locator("[name=subject]").fill(REPLY)
        page.locator("[name=body]").fill("Kami bersedia hadir pada rapat tersebut.")
        page.locator("[name=to_outside]").fill("Kepala Dinas Kesehatan Kabupaten Contoh")
        page.locator("[name=class_code]").fill("000.1.2")
        page.locator("[name=paraf]").first.fill("Sekretaris · DIN")
        page.locator("[name=signer]").fill("Kepala Dinas · DIN")
        page.get_by_role("button", name="Simpan naskah").click()
        page.get_by_text("Naskah surat disimpan.").wait_for()
        course.looked(page, "3-draft")
        path = page.url.removeprefix(course.address)
        page.get_by_role("button", name="Kirim untuk paraf dan tanda tangan").click()
        page.get_by_text("Surat dikirim untuk paraf dan tanda tangan.").wait_for()
    course.jobs()
    return path


def _is_signed(course: Course, path: str) -> None:
    with course.of("sekretaris", course.task("sekretaris", REPLY)) as page:
        course.looked(page, "4-paraf")
        page.locator("[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Beri paraf").click()
        page.wait_for_load_state("networkidle")
    course.jobs()
    with course.of("kadis", course.task("kadis", REPLY)) as page:
        course.looked(page, "5-sign")
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("[name=passphrase]").fill(PASSPHRASE)
        page.get_by_role("button", name="Tanda tangani").click()
        page.wait_for_load_state("networkidle")
    course.jobs()
    with course.of("staf", path) as page:
        expect(page.locator("main")).to_contain_text("belum dikirim")


def _is_sent(course: Course, path: str) -> str:
    with course.of("staf", path) as page:
        page.locator("[name=carried]").fill("pos tercatat")
        page.get_by_role("button", name="Kirim surat").click()
        page.get_by_text("Surat dikirim.").wait_for()
        course.looked(page, "6-sent")
        number = page.locator("dt", has_text="Nomor").first.locator("xpath=../dd").inner_text()
    course.jobs()
    return number


def _is_filed_and_found(course: Course, number: str) -> None:
    with course.of("arsiparis", "/archives/records") as page:
        expect(page.locator("main")).to_contain_text(number)
        course.looked(page, "7-archivist")
        page.get_by_role("link", name=REPLY).click()
        course.looked(page, "8-record")
    with course.of("arsiparis", "/archives/search?q=kesediaan+hadir+rapat") as page:
        page.get_by_role("link", name=REPLY).wait_for()
        course.looked(page, "9-found")
    with course.of("staf", f"/archives/search?q={number}") as page:
        page.get_by_role("link", name=REPLY).wait_for()
    with course.of("kadis", "/archives/letters/agenda") as page:
        page.get_by_role("link", name=SUBJECT).first.click()
        expect(page.locator("main")).to_contain_text("Dijawab dengan")
    with course.office.app.read(SYSTEM) as view:  # who answered has done what he was told
        assert view.session.scalars(select(Receiver.state)).all() == ["done"]
