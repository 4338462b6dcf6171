"""Papers that are kept for ever are read too; what was destroyed troubles nobody any more."""

from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.storage import Blob
from leuit.work import Leuit
from leuit_archives.models import Disposal, DisposalPaper, RecordFile, Transfer
from leuit_archives.models.base import Base
from leuit_archives.models.fixity import CHANGED
from leuit_archives.service import fixity
from leuit_archives.service.fixity_findings import findings, health
from leuit_archives.service.kept_files import KEPT_FILES
from tests.archives.ending import Ending, ending
from tests.archives.letter_office import letter_office
from tests.archives.test_fixity import corrupt, open_findings, passed

pytestmark = pytest.mark.ci

NOT_KEPT = {
    "archives_brought_file",  # a letter takes it over within days
    "archives_table",  # regulations keep the rows of it
    "archives_fixity_finding",  # what this is about
}


@pytest.fixture
def end(app: Leuit) -> Ending:
    """The regency and its people."""
    return ending(app)


def lying(app: Leuit, sha256: str) -> Path:
    """Where the store keeps a file."""
    return Path(unquote(urlsplit(app.settings.blobs_url).path)) / sha256[:2] / sha256[2:]


def test_papers_of_the_lawful_end_are_read_and_named(end: Ending) -> None:
    """Minutes of transfers, papers of disposals: by what they are, for who reads records there."""
    dossier = end.dossier()
    [disposal] = end.proposed(dossier)
    end.through(disposal, "sign")
    with end.app.read(SYSTEM) as view:
        minutes = view.session.scalars(select(Transfer.minutes_sha256)).one()
        papers = set(view.session.scalars(select(DisposalPaper.sha256)))
    wrong = {minutes, *papers}
    assert len(wrong) == 6
    for sha256 in wrong:
        corrupt(lying(end.app, str(sha256)))
    progress = passed(end.app)
    assert progress.faulty == 6
    assert open_findings(end.app) == dict.fromkeys(wrong, CHANGED)
    with end.app.read(end.who["keeper"]) as view:
        number = view.session.get_one(Disposal, disposal).number
        told = [(named.title, named.name) for one in findings(view, 99) for named in one.named]
    assert told.count((number, "Naskah penyusutan")) == 5
    assert [name for _title, name in told].count("Berita acara") == 1
    with end.app.read(end.room.stranger) as view:
        assert findings(view, 99) == []


def test_a_report_on_a_letter_is_read_and_named(app: Leuit) -> None:
    """It is in no record, and yet kept as long as the letter."""
    office = letter_office(app)
    letter_id = office.came()
    office.instruct(letter_id, "kabid")
    office.report_with_file(letter_id, "kabid")
    corrupt(lying(app, str(office.got(letter_id, "kabid").report_sha256)))
    passed(app)
    with app.read(office.who["kadis"]) as view:
        [one] = findings(view, 9)
    assert [(named.title, named.name) for named in one.named] == [("Undangan rapat", "laporan.pdf")]
    with app.read(office.who["sibling"]) as view:
        assert findings(view, 9) == []


def test_a_finding_on_what_was_destroyed_is_settled(end: Ending) -> None:
    """The pass after the disposal; until then, and while anything has the file, it stays open."""
    dossier = end.dossier(records=1)
    with end.app.read(SYSTEM) as view:
        sha256 = view.session.scalars(select(RecordFile.sha256)).one()
    corrupt(lying(end.app, sha256))
    passed(end.app)
    passed(end.app)
    assert open_findings(end.app) == {sha256: CHANGED}
    [disposal] = end.proposed(dossier)
    end.through(disposal)
    end.work_off()
    passed(end.app)
    assert open_findings(end.app) == {}
    assert end.room.actions()[-2:] == [fixity.SETTLED, fixity.PASSED]
    with end.app.read(SYSTEM) as view:
        assert health(view).ok


def test_no_column_of_files_is_forgotten(app: Leuit) -> None:
    """Every table of archives that names a stored file is read, or says here why not."""
    named = {
        (table.name, key.parent.name)
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.target_fullname.startswith(f"{Blob.__tablename__}.")
    }
    known = {(one.class_.__tablename__, one.key) for one in KEPT_FILES}
    assert known <= named
    assert {table for table, _column in named - known} == NOT_KEPT
