"""What the archive destroyed is let go: every version of a document, once it is finished."""

import pytest
from sqlalchemy import select, update

from leuit.contracts import RecordEnded
from leuit.identity import SYSTEM
from leuit.storage import BlobRelease
from leuit.values import RecordRef
from leuit.work import Leuit, Worker, files_in_use
from leuit_esign.models import RUNNING, Document, Step
from tests.esign.test_chain import Office, office

__all__ = ["office"]  # the fixture of other tests of e-sign

pytestmark = pytest.mark.ci


def told(app: Leuit, sha256: str) -> set[str]:
    """Tell of an end, and what is let go then."""
    with app.change(SYSTEM) as work:
        work.emit(RecordEnded(RecordRef("uji.arsip", "1"), sha256, "1/2026", work.now))
        work.audit("core.token.created", RecordRef("uji.arsip", "1"))
    Worker(app, name="test").run_pending(raise_errors=True)
    with app.read(SYSTEM) as view:
        return set(view.session.scalars(select(BlobRelease.sha256)))


def test_all_versions_of_a_signed_document_are_let_go(office: Office) -> None:
    """What came in, what was made of it, and what each signature left; nothing names them then."""
    document_id = office.send(("bupati", "sign", 1))
    office.sign("bupati", document_id)
    document = office.document(document_id)
    assert document.current_sha256 is not None
    with office.app.read(SYSTEM) as view:
        steps = set(view.session.scalars(select(Step.result_sha256)))
    versions = {document.source_sha256, document.pdf_sha256, document.current_sha256, *steps}
    assert told(office.app, document.current_sha256) == versions - {None}
    with office.app.read(SYSTEM) as view:
        used = files_in_use(view, [one for one in versions if one])
    assert not [name for names in used.values() for name in names if name.startswith("esign_")]


def test_what_is_not_finished_is_kept(office: Office) -> None:
    """And so is a file that no document ends in."""
    document_id = office.send(("bupati", "sign", 1))
    office.sign("bupati", document_id)
    document = office.document(document_id)
    assert document.current_sha256 is not None
    with office.app.change(SYSTEM) as work:
        work.session.execute(update(Document).values(state=RUNNING))
        work.audit("core.token.created", RecordRef("uji.arsip", "1"))
    assert told(office.app, document.current_sha256) == set()
    assert told(office.app, "f" * 64) == set()
