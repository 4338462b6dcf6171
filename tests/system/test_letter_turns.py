"""Letters out at the real e-sign: their signer's tile knows whose turn it is there."""

from uuid import UUID

from sqlalchemy import select

from leuit.identity import SYSTEM, Identity
from leuit.work import Leuit, Worker
from leuit_archives.service.letter_tiles_out import TO_SIGN
from leuit_archives.service.outgoing import steps_of
from leuit_archives.service.signing import send_for_signature
from leuit_esign.models import Document
from leuit_esign.service.acting import give_paraf
from leuit_esign.service.passing import recall
from tests.archives.outgoing_office import LetterOffice, letter_office


def _waits(office: LetterOffice, who: Identity) -> int:
    Worker(office.app, name="test").run_pending(raise_errors=True)
    with office.app.read(who) as view:
        return TO_SIGN.count(view)


def _documents(office: LetterOffice) -> list[UUID]:
    with office.app.read(SYSTEM) as view:
        return list(view.session.scalars(select(Document.id).order_by(Document.id)))


def test_the_signer_is_called_after_the_last_paraf(app: Leuit) -> None:
    """Two give paraf at e-sign, one after the other; only then the letter waits for its signer.

    Taken back there and sent anew, its parafs are wanted again.
    """
    office = letter_office(app)
    parafs = (office.post(office.secretary), office.post(office.writer))
    letter_id = office.started(parafs=parafs, mode="electronic")
    assert _waits(office, office.cast.head) == 0
    [document_id] = _documents(office)
    for who, waiting in ((office.secretary, 0), (office.writer, 1)):
        with app.change(who) as work:
            give_paraf(work, document_id)
        assert _waits(office, office.cast.head) == waiting
    with app.read(SYSTEM) as view:
        rows = steps_of(view, letter_id)
        assert [one.state for one in rows] == ["done", "done", "open"]
        assert {one.person_id for one in rows} == {None}  # by whom, e-sign alone knows
        version = view.session.get_one(Document, document_id).version
    with app.change(office.writer) as work:
        recall(work, document_id, version, "Salah")
    assert _waits(office, office.cast.head) == 0
    with app.change(office.writer) as work:
        send_for_signature(work, letter_id, office.letter(letter_id).version)
    assert _waits(office, office.cast.head) == 0
    assert len(_documents(office)) == 2
    assert office.draft(letter_id).turn == 1
