"""A destroyed letter out: pages and programs tell that it was there, and nothing of its words."""

import pytest

from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit, store_file
from leuit_archives.service.letter_ending import end_letters
from leuit_archives.service.sending_out import send_letter
from leuit_archives.service.signing import sign_by_hand
from tests.archives.outgoing_office import LetterOffice, letter_office
from tests.esign.letters import letter
from tests.sp2d.services import with_ports
from tests.support.client import Client

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """An office without a service that signs."""
    with_ports(app)
    return letter_office(app)


def test_what_is_left_of_it_stands_on_one_page(office: LetterOffice, client: Client) -> None:
    """The page of letters out leads there; files, versions and the text are not there any more."""
    app = office.app
    letter_id = office.started()
    file = store_file(app, letter("Pindaian"), "application/pdf", "surat.pdf")
    with app.change(office.writer) as work:
        sign_by_hand(work, letter_id, office.letter(letter_id).version, file, 1)
    with app.change(office.writer) as work:
        send_letter(work, letter_id, office.letter(letter_id).version, "Pos")
    path = f"/archives/outgoing/{letter_id}"
    with client.as_(office.writer):
        assert (
            "Kami mengundang Saudara" in client.get(f"/api/archives/v1/outgoing/{letter_id}").text
        )
    with app.change(SYSTEM) as work:
        end_letters(work, [letter_id])
        work.audit("archives.letter.settled", RecordRef("archives.letter", str(letter_id)))
    with client.as_(office.writer):
        answer = client.get(path)
        assert (answer.status_code, answer.headers["location"]) == (
            303,
            f"/archives/letters/{letter_id}",
        )
        left = client.get(answer.headers["location"]).text
        assert "sudah dimusnahkan" in left
        assert office.letter(letter_id).number in left
        assert "Kami mengundang Saudara" not in left
        for gone in (f"{path}/pdf", f"{path}/versions", f"{path}/edit", f"{path}/pages/1"):
            assert client.get(gone).status_code == 404, gone
        assert client.get(f"/api/archives/v1/outgoing/{letter_id}").status_code == 404
        told = client.get(f"/api/archives/v1/letters/{letter_id}").json()
    assert (told["files"], told["ended_at"] is not None) == ([], True)
