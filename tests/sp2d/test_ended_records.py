"""A paper that the archive destroyed is let go, once its payment is over."""

import pytest
from sqlalchemy import select, update

from leuit.contracts import RecordEnded
from leuit.identity import SYSTEM
from leuit.storage import BlobRelease
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_sp2d.models import Paper, Payment
from tests.sp2d.paper_office import paper_office, papers
from tests.sp2d.services import Accepting, tell_signed, with_ports, work_off
from tests.sp2d.treasury import Treasury, walked

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """A treasury that issues papers."""
    return paper_office(app)


@pytest.mark.parametrize(
    "state,kind,gone",
    [("paid", "sp2d.spp", True), ("verify", "sp2d.spp", False), ("paid", "uji.lain", False)],
)
def test_a_destroyed_paper_is_let_go(office: Treasury, state: str, kind: str, gone: bool) -> None:
    """Drawn and signed file both; that of a payment under way stays."""
    signing = Accepting()
    with_ports(office.app, sign_document=signing)
    payment_id = walked(office, "verify")
    work_off(office.app)
    sha256 = tell_signed(office.app, signing.asked[0], times=1)
    work_off(office.app)
    [paper] = papers(office, payment_id)
    with office.app.change(SYSTEM) as work:
        work.session.execute(update(Payment).values(state=state))
        ref = RecordRef(kind, str(paper.id))
        work.emit(RecordEnded(ref, sha256, "1/2026", work.now))
        work.audit("core.token.created", ref)
    work_off(office.app)
    with office.app.read(SYSTEM) as view:
        found = set(view.session.scalars(select(BlobRelease.sha256)))
        kept = view.session.get_one(Paper, paper.id)
    assert found == ({kept.sha256, kept.signed_sha256} - {""} if gone else set())
