"""Secrecy over every way out: two archivists of one unit, one cleared for secret papers.

The access matrix has rights on routes; here the right is the same and the grade of what lies there
is not. What is secret is no address, number, word or byte for who may not read it.
"""

import io
import zipfile
from typing import Any
from uuid import UUID

import attrs
import httpx2
import openpyxl
import pypdfium2
import pytest

from leuit.identity import SYSTEM, Identity
from leuit.values import new_id
from leuit.work import Leuit, Worker, store_file
from leuit_archives.service.filing import file_records
from leuit_archives.service.letter_filing import record_of
from leuit_archives.service.letters_in import Incoming, register_letter, send_letter
from tests.archives.archive_room import Room, archive_room, chosen, grant
from tests.esign.letters import letter as pdf_letter
from tests.support.client import Client
from tests.system.examples.letters import levels_in_force

pytestmark = pytest.mark.ci

API = "/api/archives/v1"
WORD = "halilintar"
PAGES = (
    "/",
    "/tasks",
    "/archives/desk",
    "/archives/dossiers",
    "/archives/dossiers/{dossier}",
    "/archives/dossiers/{dossier}/retention",
    "/archives/records",
    "/archives/records?state=waiting",
    "/archives/letters",
    "/archives/letters/agenda",
    "/archives/outgoing",
    "/archives/fixity",
    "/archives/search?q=surat",
    f"/archives/search?q={WORD}",
    f"/archives/search?q={WORD[:-2]}r",
    "/archives/search?q=surat&grade=3",
    f"{API}/dossiers",
    f"{API}/dossiers/{{dossier}}",
    f"{API}/dossiers/{{dossier}}/records",
    f"{API}/records",
    f"{API}/records?state=waiting",
    f"{API}/letters",
)
"""What is shown to who may not read secrets has to be the same with and without them."""
FILES = (
    "/archives/dossiers/{dossier}/bag",
    "/archives/dossiers/{dossier}/list",
    "/archives/dossiers/{dossier}/list?format=pdf",
    "/archives/lists/dossiers",
    "/archives/lists/dossiers?format=pdf",
    "/archives/lists/letters/in?unit={unit}&year=2026",
    "/archives/lists/letters/in?unit={unit}&year=2026&format=pdf",
    f"{API}/dossiers/{{dossier}}/bag",
    f"{API}/dossiers/{{dossier}}/list",
    f"{API}/lists/letters/in?unit={{unit}}&year=2026",
)
SECRETS = (
    "/archives/records/{filed}",
    "/archives/records/{filed}/files/1",
    "/archives/records/{filed}/correct",
    "/archives/records/{waiting}",
    "/archives/records/{of_letter}/files/1",
    "/archives/letters/{letter}",
    "/archives/letters/{letter}/files/1",
    "/archives/letters/{letter}/files/1/pages/1",
    "/archives/letters/{letter}/disposition.pdf",
    "/archives/letters/{letter}/edit",
    f"{API}/records/{{filed}}",
    f"{API}/records/{{filed}}/files/1",
    f"{API}/letters/{{letter}}",
    f"{API}/letters/{{letter}}/files/1",
    f"{API}/letters/{{letter}}/disposition.pdf",
    f"{API}/letters/{{letter}}/turns",
)


@attrs.frozen
class Secrets:
    """A unit's papers: who reads them, and what addresses name."""

    room: Room
    named: dict[str, Any]

    @property
    def uncleared(self) -> Identity:
        return self.room.archivist

    @property
    def cleared(self) -> Identity:
        return self.room.second

    def address(self, path: str) -> str:
        return path.format(**self.named)

    def came(self, subject: str, secrecy: str) -> UUID:
        """A letter with a file, written down by somebody else and passed on."""
        pdf = pdf_letter(subject)
        file = store_file(self.room.app, pdf, "application/pdf", "surat.pdf")
        with self.room.app.change(self.room.trusted) as work:
            told = Incoming(
                sender="Dinas Contoh",
                subject=subject,
                received_on=work.today,
                secrecy=secrecy,
                to=("Kepala Bidang A · DIN.A",),
                number=f"{subject}/X",
            )
            letter = register_letter(work, self.room.unit, told, [(file, 1)], key=new_id())
            send_letter(work, letter.id, letter.version)
            return letter.id

    def arrive(self) -> None:
        """A secret record in the dossier of open ones, one on the desk, and a secret letter."""
        filed = self.room.handed(f"{WORD}-1", secrecy="secret")
        with self.room.app.change(self.cleared) as work:
            file_records(work, chosen(filed), self.named["dossier"])
        waiting = self.room.handed(f"{WORD}-2", secrecy="top_secret")
        letter = self.came(f"Surat {WORD}", "R")
        with self.room.app.read(SYSTEM) as view:
            kept = record_of(view, letter)
            assert kept is not None
        self.named.update(filed=filed.id, waiting=waiting.id, letter=letter, of_letter=kept.id)
        Worker(self.room.app, name="test").run_pending(raise_errors=True)


@pytest.fixture
def secrets(app: Leuit) -> Secrets:
    """Open papers alone: records in a dossier and on the desk, and a letter."""
    levels_in_force(app)
    room = archive_room(app)
    with app.change(SYSTEM) as work:
        for number in (1, 4, 6):
            grant(work, room.office, number, "archives.registrar", "DIN.A")
        grant(work, room.office, 6, "archives.secret", "DIN.A")
    dossier = room.filed(room.handed("1", secrecy="open"))
    room.handed("2", secrecy="open")
    made = Secrets(room, {"dossier": dossier.id, "unit": room.unit})
    made.came("Surat biasa", "B")
    Worker(app, name="test").run_pending(raise_errors=True)
    return made


def content_of(answer: httpx2.Response) -> Any:
    """What a file says; of a sheet its cells, since it has the time of its making beside them."""
    data = answer.content
    if data.startswith(b"%PDF"):
        document = pypdfium2.PdfDocument(data)
        told = [page.get_textpage().get_text_bounded() for page in document]
        document.close()
        return told
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if "xl/workbook.xml" not in parts:
        return parts
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def shown(client: Client, who: Identity, secrets: Secrets) -> dict[str, Any]:
    """Everything that somebody is shown, by address."""
    found: dict[str, Any] = {}
    with client.as_(who):
        for path in (*PAGES, *FILES):
            answer = client.get(secrets.address(path))
            assert answer.status_code == 200, path
            found[path] = answer.text if path in PAGES else content_of(answer)
    return found


def test_who_is_not_cleared_is_shown_the_same_without_and_with_secrets(
    secrets: Secrets, client: Client
) -> None:
    """AR-40: lists, counts of menu, desk and tiles, searches, packages and lists do not move."""
    before, cleared = (shown(client, who, secrets) for who in (secrets.uncleared, secrets.cleared))
    secrets.arrive()
    after = shown(client, secrets.uncleared, secrets)
    assert [path for path in before if after[path] != before[path]] == []
    now = shown(client, secrets.cleared, secrets)
    blind = {
        "/archives/fixity",  # nothing is wrong with any file
        "/archives/letters",  # its tiles count what waits at one's own posts
        "/archives/outgoing",  # nobody writes letters here
        "/archives/dossiers/{dossier}/retention",  # it tells of no record
        f"/archives/search?q={WORD[:-2]}r",  # what is secret is suggested to nobody
    }
    still = {path for path in cleared if now[path] == cleared[path]}
    assert still <= blind, "there is something to see at every other address"


def test_a_secret_has_no_address_for_who_is_not_cleared(secrets: Secrets, client: Client) -> None:
    """Pages, files, pictures, the printed sheet, programs: not there, as if it had never been."""
    secrets.arrive()
    for who, wanted in ((secrets.uncleared, 404), (secrets.cleared, 200)):
        with client.as_(who):
            found = {path: client.get(secrets.address(path)).status_code for path in SECRETS}
        assert {path: code for path, code in found.items() if code != wanted} == {}
