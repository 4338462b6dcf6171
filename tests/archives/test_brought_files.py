"""Files between the upload and the registration: their bringer's alone, and not for ever."""

import datetime as dt
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import LeuitError, ManualClock, NotFoundError, RecordRef
from leuit.work import Leuit, Worker
from leuit_archives.models import BroughtFile
from leuit_archives.reading import read_letter
from leuit_archives.service.brought_files import (
    FORGET,
    KEPT,
    as_stored,
    brought_file,
    drop_file,
    keep_file,
)
from tests.archives.letter_office import POSTS, LetterOffice, letter_office
from tests.archives.letter_pdf import NUMBER, letter_pdf

SECOND = dt.timedelta(seconds=1)


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, nothing brought yet."""
    return letter_office(app)


def bring(office: LetterOffice, label: str, unit: str = "DIN") -> UUID:
    """Somebody brings the usual letter for a unit."""
    pdf = letter_pdf()
    reading = read_letter(pdf, "surat.pdf")
    with office.app.change(office.who[label]) as work:
        return keep_file(work, office.units[unit], office.file(pdf), reading).id


def kept(office: LetterOffice) -> set[UUID]:
    """The files that wait to be registered."""
    with office.app.read(SYSTEM) as view:
        return set(view.session.scalars(select(BroughtFile.id)))


def forget(office: LetterOffice) -> None:
    """Run the nightly job now."""
    with office.app.change(SYSTEM) as work:
        work.enqueue(FORGET, {})
    Worker(office.app, name="test").run_pending(raise_errors=True)


def test_a_file_is_its_bringers_alone(office: LetterOffice) -> None:
    """No other finds it, not the head and not the second registrar; who may not register, none."""
    file_id = bring(office, "registrar")
    for label in POSTS:
        with office.app.read(office.who[label]) as view:
            if label == "registrar":
                found = brought_file(view, file_id)
                assert found.proposals["number"]["value"] == NUMBER
                assert as_stored(found).sha256 == found.sha256
                continue
            with pytest.raises(NotFoundError):
                brought_file(view, file_id)
    for label, unit in (("kadis", "DIN"), ("registrar", "SIB"), ("staf", "DIN")):
        with pytest.raises(LeuitError):
            bring(office, label, unit)
    assert kept(office) == {file_id}


def test_it_is_gone_once_it_is_used(office: LetterOffice) -> None:
    """Used in a letter it is found no more."""
    file_id = bring(office, "registrar")
    with office.app.change(office.who["registrar"]) as work:
        drop_file(work, brought_file(work, file_id))
        work.audit("archives.file.forgotten", RecordRef("archives.file", str(file_id), "surat"))
    with office.app.read(office.who["registrar"]) as view, pytest.raises(NotFoundError):
        brought_file(view, file_id)


def test_what_nobody_went_on_with_is_let_go(office: LetterOffice, clock: ManualClock) -> None:
    """After some days, not before, each with its entry; younger ones stay."""
    old = bring(office, "registrar")
    clock.advance(KEPT - SECOND)
    young = bring(office, "clerk")
    forget(office)
    assert kept(office) == {old, young}
    clock.advance(2 * SECOND)
    for _twice in range(2):
        forget(office)
        assert kept(office) == {young}
    assert office.acts().count("archives.file.forgotten") == 1
