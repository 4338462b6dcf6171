"""A recap that the archive destroyed is let go, unless a claim by it is still being paid."""

import pytest
from sqlalchemy import select, update

from leuit.contracts import RecordEnded
from leuit.identity import SYSTEM
from leuit.storage import BlobRelease
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_archives.service.records import archive_record
from leuit_attendance.models import RecapDocument
from tests.attendance.pages.world import World
from tests.support.archives import with_archive

from .test_filing import recap, signed_by_hand


@pytest.mark.parametrize(
    "claim,kind,gone",
    [
        ("", "attendance.recap", True),
        ("paid", "attendance.recap", True),
        ("spm", "attendance.recap", False),
        ("", "uji.lain", False),
    ],
)
def test_a_destroyed_recap_is_let_go(
    world: World, app: Leuit, claim: str, kind: str, gone: bool
) -> None:
    """Drawn and signed file both; the row stays with its hashes."""
    with_archive(app, archive_record)
    signed_by_hand(world)
    world.work_off()
    row = recap(app)
    assert row.signed_sha256 is not None
    with app.change(SYSTEM) as work:
        work.session.execute(update(RecapDocument).values(claim_state=claim))
        ref = RecordRef(kind, str(row.id))
        work.emit(RecordEnded(ref, row.signed_sha256, "1/2026", work.now))
        work.audit("core.token.created", ref)
    world.work_off()
    with app.read(SYSTEM) as view:
        found = set(view.session.scalars(select(BlobRelease.sha256)))
    versions = {row.sha256, row.signed_sha256, row.electronic_sha256} - {None}
    assert found == (versions if gone else set())
