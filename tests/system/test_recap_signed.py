"""The recap of attendance, signed through e-sign: by the services and jobs that are installed, on
both engines.
"""

import datetime as dt
import io
import re
from collections.abc import Iterator

import attrs
import pikepdf
import pytest
from sqlalchemy import select

from leuit.builtin import BUILTINS
from leuit.builtin.documents import FOOTER
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM, Identity, Person
from leuit.plugins import load
from leuit.plugins.discovery import discover
from leuit.settings import Settings
from leuit.values import ManualClock, local_time
from leuit.work import Leuit, Worker
from leuit_attendance.data import seed_schedules, seed_tables
from leuit_attendance.models import RecapDocument
from leuit_attendance.rules import to_plain
from leuit_attendance.service.attlog_import import import_file
from leuit_attendance.service.devices import register_device
from leuit_attendance.service.figures import DEDUCTIONS, SCHEDULES, ScheduleBook
from leuit_attendance.service.schedules import NewUse, give_schedule
from leuit_esign.providers import Secret
from leuit_esign.service.acting import sign_step
from leuit_esign.service.keys import add_key
from leuit_esign.service.tasks import my_turns
from leuit_esign.service.trust import TRUST
from leuit_esign.test_pki import Authority
from tests.core.organisation.office import Office, open_office
from tests.esign.conftest import Judge, authority, examine, examiner, verdict_of
from tests.esign.letters import PASSPHRASE, seen_text
from tests.support.client import Client

pytestmark = pytest.mark.ci

__all__ = ["authority", "examine", "examiner", "verdict_of"]  # the fixtures of e-sign's tests

HOLDER = "kadis"
SINCE = dt.date(2024, 1, 1)
SERIAL = "UJI0001"
FOOTER_LINES = (
    "Dokumen ini telah ditandatangani secara elektronik dengan sertifikat dari penerbit uji.",
    "Keasliannya dapat diperiksa di laman verifikasi kabupaten.",
)


@attrs.frozen
class Dinas:
    """A dinas with a month of taps that is over, and its head, who has a key."""

    app: Leuit
    office: Office
    month: dt.date

    @property
    def head(self) -> Identity:
        """Who makes the recap, sends it and signs it."""
        return self.office.staff(1)

    @property
    def path(self) -> str:
        """The page of the recap."""
        return f"/attendance/units/DIN/recaps?month={self.month:%Y-%m}"

    def row(self) -> RecapDocument:
        """The only version."""
        with self.app.read(SYSTEM) as view:
            return view.session.scalars(select(RecapDocument)).one()

    def work_off(self) -> None:
        """Do every job that waits."""
        Worker(self.app, name="test").run_pending(raise_errors=True)

    def sign(self, client: Client) -> bytes:
        """Make the recap on the page, send it, and have it signed; returns the file as made."""
        client.sign_in(self.head)
        assert client.post_form(self.path, {}).headers["location"] == self.path
        made = self.row()
        draft = client.get(f"/attendance/recaps/{made.id}/draft").content
        client.post_form(f"/attendance/recaps/{made.id}/send", {"version": str(made.version)})
        self.work_off()
        assert "Menunggu tanda tangan" in client.get(self.path).text
        with self.app.read(self.head) as view:
            [letter] = my_turns(view, 10)
        sign_step(self.app, self.head, letter.document_id, Secret(PASSPHRASE))
        assert self.row().state == "waiting"
        self.work_off()
        return draft


@pytest.fixture
def dinas(app: Leuit, clock: ManualClock, authority: Authority) -> Dinas:
    """In the present, as the authority's answers are; the month is the one before the last."""
    clock.set(dt.datetime.now(dt.UTC))
    today = local_time(clock.now(), app.zone).date()
    month = today.replace(day=1)
    for _back in range(2):
        month = (month - dt.timedelta(days=1)).replace(day=1)
    office = open_office(app)
    schedules = ScheduleBook({"kantor": seed_schedules()["schedule_permenpanrb_6_2018"]})
    roots = {"roots": [{"name": "Root", "pem": authority.root_pem}]}
    with app.change(SYSTEM) as work:
        for kind, body in (
            (SCHEDULES, to_plain(schedules)),
            (DEDUCTIONS, to_plain(seed_tables()["tpp_umum"])),
            (TRUST, roots),
            (FOOTER, {"lines": list(FOOTER_LINES)}),
        ):
            seed_edition(work, kind, Draft("Uji", "Perbup uji 1/2024", "unverified", SINCE, body))
        give_schedule(work, NewUse("region", None, "kantor", month))
        register_device(work, SERIAL, office.unit("DIN"), usb_id="1", name="Lobi")
        head = work.session.get_one(Person, office.person(1))
        head.name = authority.holders[HOLDER].name
        add_key(work, head, authority.pkcs12(HOLDER, PASSPHRASE), Secret(PASSPHRASE))
    made = Dinas(app, office, month)
    import_file(app, SYSTEM, "".join(_taps(month)).encode(), "1_attlog.dat", SERIAL)
    made.work_off()
    return made


def _taps(month: dt.date) -> Iterator[str]:
    day = month
    while day.month == month.month:
        if day.weekday() < 5:
            for pin in range(1, 6):
                for at in ("07:20:00", "16:40:00"):
                    yield f"{pin:>9}\t{day} {at}\t1\t0\t1\t0\n"
        day += dt.timedelta(days=1)


def test_a_recap_is_signed_by_the_head_of_the_unit(
    dinas: Dinas, client: Client, verdict_of: Judge
) -> None:
    """The page says who signed; the file is VALID, reads as it did, and says it is PDF/A-2b.

    It has the footer of its day, which the file for the pen has not.
    """
    draft = dinas.sign(client)
    row = dinas.row()
    assert _shown(client, dinas).startswith("Ditandatangani ANI CONTOH, S.Kom. pada ")
    pdf = client.get(f"/attendance/recaps/{row.id}/signed").content
    verdict = verdict_of(pdf)
    assert verdict.word == "VALID"
    assert [one.finding.signer for one in verdict.signatures] == ["ANI CONTOH, S.Kom."]
    seen = seen_text(pdf).split()
    assert "Ditandatangani secara elektronik oleh: Kepala Dinas" in " ".join(seen)
    assert not set(seen_text(draft).split()) - set(seen)
    for line in FOOTER_LINES:
        assert line in " ".join(seen)
        assert line not in " ".join(seen_text(draft).split())
    with pikepdf.open(io.BytesIO(pdf)) as opened, opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "B")


def test_a_signed_recap_outlives_the_service_that_signed_it(
    dinas: Dinas, client: Client, settings: Settings, clock: ManualClock, verdict_of: Judge
) -> None:
    """With e-sign taken out the page shows who signed and when, and gives the same file."""
    dinas.sign(client)
    row = dinas.row()
    address = f"/attendance/recaps/{row.id}/signed"
    shown, pdf = _shown(client, dinas), client.get(address).content
    without = load(settings, BUILTINS, found=[one for one in discover() if one.name != "esign"])
    assert without.state("esign").state == "absent"
    app = Leuit(settings, without.vocabulary, clock=clock)
    try:
        with Client(app, without) as later:
            later.sign_in(dinas.head)
            assert _shown(later, dinas) == shown
            page = later.get(dinas.path).text
            assert "Lihat proses tanda tangan" not in page
            assert "Catat tanda tangan basah" not in page
            assert later.get(address).content == pdf
    finally:
        app.close()
    assert verdict_of(pdf).word == "VALID"


def _shown(client: Client, dinas: Dinas) -> str:
    """The sentence about who signed the recap."""
    found = re.search(r"<p>(Ditandatangani [^<]*)</p>", client.get(dinas.path).text)
    assert found is not None
    return found[1]
