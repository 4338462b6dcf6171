"""Who began a letter out has it while he holds the post at which he did; then the unit has it."""

from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Assignment, Identity
from leuit.values import NotFoundError, RecordRef
from leuit.work import Leuit
from leuit_archives.inbox_letters_out import INBOX
from leuit_archives.service.letter_sheets import letter_pdf
from leuit_archives.service.letter_tiles_out import ALL_TILES, IN_REVIEW
from leuit_archives.service.outgoing import find_outgoing
from leuit_archives.service.outgoing_list import outgoing_after, outgoing_letters
from tests.archives.outgoing_office import LetterOffice, letter_office
from tests.sp2d.services import with_ports


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """An office without a service that signs."""
    with_ports(app)
    return letter_office(app)


def ways(office: LetterOffice, who: Identity, letter_id: UUID) -> set[str]:
    """By what somebody comes upon a letter; counts agree with their lists."""
    found = set()
    with office.app.read(who) as view:
        rows, total = outgoing_letters(view, "", "", 50, 0)
        assert total == len(rows)
        if letter_id in {one.id for one in rows}:
            found.add("list")
        if letter_id in {one.id for one in outgoing_after(view, "", None, 50)}:
            found.add("program")
        for tile in (*ALL_TILES, IN_REVIEW):
            turns = tile.rows(view, 0, 50)
            assert tile.count(view) == len(turns)
            if letter_id in {turn.letter_id for turn in turns}:
                found.add(tile.name)
        for source in INBOX:
            for tab in (source.others, source.done):
                if any(str(letter_id) in task.path for task in tab(view, 50)):
                    found.add("inbox")
        try:
            find_outgoing(view, letter_id)
        except NotFoundError:
            return found
    return found | {"page"}


def leave(office: LetterOffice, who: Identity) -> None:
    """His post ends today; his roles are not withdrawn."""
    with office.app.change(SYSTEM) as work:
        for row in work.session.scalars(
            select(Assignment).where(Assignment.person_id == who.person_id)
        ):
            row.valid_to = work.today
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))


@pytest.mark.parametrize("secrecy", ["B", "R"])
def test_a_letter_out_stays_with_the_unit(office: LetterOffice, secrecy: str) -> None:
    """In no list, tile, tab or picture of who has left, secret or not; his head has it still."""
    parafs = (office.post(office.secretary),)
    waits = office.started(parafs=parafs, secrecy=secrecy)
    draft = office.drafted(secrecy=secrecy)
    assert ways(office, office.writer, waits) == {"list", "program", "in-review", "inbox", "page"}
    assert ways(office, office.writer, draft) == {"list", "program", "page"}
    leave(office, office.writer)
    for letter_id in (waits, draft):
        assert ways(office, office.writer, letter_id) == set()
        with pytest.raises(NotFoundError):
            letter_pdf(office.app, office.writer, letter_id)
    assert "page" in ways(office, office.secretary, waits)
    assert office.letter(waits).created_by == office.writer.person_id
    if secrecy == "B":
        assert "page" in ways(office, office.cast.head, draft)
