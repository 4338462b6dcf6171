"""The search of real records: what is secret is found, counted and offered to who may read it."""

import pytest

from leuit.builtin.search import Piece
from leuit.identity import SYSTEM, Identity
from leuit.work import Leuit, Worker
from leuit_archives.models import Letter
from leuit_archives.service.letter_list import agenda_units
from leuit_archives.service.record_listing import units_with_records
from leuit_archives.service.search import Wanted, search
from tests.archives.archive_room import Room, archive_room, grant
from tests.core.organisation.office import DAY
from tests.esign.letters import letter as pdf_letter
from tests.support.seeded import Mutant, planted

TITLE, INSIDE = "halilintar", "gerhana"
MUTANTS = (
    Mutant(
        "every record is searched",
        "service.record_source",
        "return readable_records(view, RecordColumns(entry.unit_id, entry.grade))",
        "return entry.grade > 0",
    ),
    Mutant(
        "the search does not ask the grade",
        "service.record_source",
        "return readable_records(view, RecordColumns(entry.unit_id, entry.grade))",
        "return readable_records(view, RecordColumns(entry.unit_id, entry.grade * 0))",
    ),
    Mutant(
        "secret records are open",
        "service.record_access",
        "columns.secrecy < SECRET_FROM",
        "columns.secrecy <= SECRET_FROM",
    ),
)


@pytest.fixture
def room(app: Leuit) -> Room:
    """An open and a secret record of Bidang A, the latter with text; of Bidang B a secret one."""
    made = archive_room(app)
    made.handed("1", title="Rencana kerja", secrecy="open")
    file = made.stored(pdf_letter(f"Isi {INSIDE}"))
    made.handed("2", title=f"Rencana {TITLE}", secrecy="secret", sha256=file.sha256)
    made.handed("3", title=f"Hal {TITLE}", secrecy="secret", unit_id=made.other_unit)
    with app.change(SYSTEM) as work:
        for number in (1, 4):
            grant(work, made.office, number, "archives.archivist", "DIN.B")
        for unit, secrecy in ((made.unit, 1), (made.other_unit, 3)):
            letter = Letter(
                direction="in",
                state="sent",
                unit_id=unit,
                year=2026,
                subject="Hal",
                received_on=DAY,
                sender="Dinas Contoh",
                secrecy=secrecy,
                created_by=made.office.person(6),
                created_at=work.now,
            )
            work.session.add(letter)
        for number in (1, 4):
            grant(work, made.office, number, "archives.registrar", "DIN")
    Worker(app, name="test").run_pending(raise_errors=True)
    return made


def found(room: Room, who: Identity, text: str, wanted: Wanted | None = None) -> tuple[int, int]:
    """How many are shown and counted."""
    with room.app.read(who) as view:
        results = search(view, wanted or Wanted(text))
    return len(results.rows), results.total


def check(room: Room) -> None:
    """AR-40 for records: results, counts, suggestions, excerpts and every filter."""
    assert found(room, room.trusted, TITLE) == (1, 1)
    assert found(room, room.trusted, INSIDE) == (1, 1)
    with room.app.read(room.trusted) as view:
        [row] = search(view, Wanted(INSIDE)).rows
    assert Piece(INSIDE, True) in row.excerpt
    assert found(room, room.trusted, "rencana") == (2, 2)
    assert found(room, room.archivist, "rencana") == (1, 1)
    for text in (TITLE, INSIDE, "halilintr", "gerhan", "halil*", "2/2026"):
        with room.app.read(room.archivist) as view:
            results = search(view, Wanted(text))
        assert (results.rows, results.total, results.suggestion) == ([], 0, ""), text
    for wanted in (
        Wanted("rencana", grade=3),
        Wanted("hal", unit_id=room.other_unit),
        Wanted("", grade=3),
        Wanted("", unit_id=room.other_unit),
    ):
        assert found(room, room.archivist, "", wanted) == (0, 0), wanted


def test_a_secret_record_leaks_nowhere_in_the_search(room: Room) -> None:
    """Nobody without the right learns of it by title, text, number, nearness, grade or unit."""
    check(room)


def test_units_that_have_secrets_alone_are_not_offered(room: Room) -> None:
    """Filters of records and letters name Bidang B to nobody who may not read what is there."""
    with room.app.read(room.archivist) as view:
        assert [name for _id, name in units_with_records(view)] == ["Bidang A"]
        assert [name for _id, name in agenda_units(view)] == ["Bidang A"]
    with room.app.change(SYSTEM) as work:
        grant(work, room.office, 4, "archives.secret", "DIN.B")
    with room.app.read(room.archivist) as view:
        assert [name for _id, name in units_with_records(view)] == ["Bidang A", "Bidang B"]
        assert [name for _id, name in agenda_units(view)] == ["Bidang A", "Bidang B"]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_condition_that_is_wrong_is_noticed(room: Room, mutant: Mutant) -> None:
    """Each seeded change of who may see what makes the check above fail."""
    with planted(mutant, "leuit_archives"), pytest.raises(AssertionError):
        check(room)
