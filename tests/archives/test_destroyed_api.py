"""What programs are told of a record that was destroyed: that it was, and none of its words."""

import pytest

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_archives.models import Dossier
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.dossiers import close_dossier
from tests.archives.archive_room import grant
from tests.archives.ending import CLOSED, Ending, ending
from tests.support.client import Client

pytestmark = pytest.mark.ci

WORD = "halilintar"


@pytest.fixture
def made(app: Leuit) -> Ending:
    """A regency in which somebody of Bidang A reads secrets."""
    return ending(app)


def test_a_destroyed_record_tells_nothing_of_what_it_said(made: Ending, client: Client) -> None:
    """Its history has no titles from before or after; list, day and hashes are told."""
    with made.app.change(SYSTEM) as work:
        grant(work, made.room.office, 20, "archives.secret", "DIN")
    dossier = made.dossier(records=1, closed=None, secrecy="secret", title=f"Surat {WORD}")
    [record] = made.records_of(dossier)
    reader = made.room.trusted
    with made.app.change(reader) as work:
        correct_record(
            work, record.id, record.version, Correction(title=f"Nota {WORD}"), f"Bukan {WORD}"
        )
    path = f"/api/archives/v1/records/{record.id}"
    with client.as_(reader):
        before = client.get(path).json()
    assert before["destroyed"] is None
    assert WORD in str(before["history"])
    with made.app.change(SYSTEM) as work:
        close_dossier(work, dossier, work.session.get_one(Dossier, dossier).version, CLOSED)
    made.transferred(dossier)
    [listed] = made.proposed(dossier)
    made.through(listed)
    made.work_off()
    with client.as_(reader):
        answer = client.get(path)
        page = client.get(f"/archives/records/{record.id}").text
    told = answer.json()
    assert WORD not in answer.text
    assert WORD not in page
    assert [one["details"] for one in told["history"]] == [{}] * len(before["history"])
    assert told["destroyed"]["list"] == made.disposal(listed).number
    assert told["destroyed"]["hashes"] == [before["files"][0]["sha256"]]
    assert (told["destroyed"]["place"], told["destroyed"]["still_there"]) == (1, [])
    assert told["destroyed"]["at"]
