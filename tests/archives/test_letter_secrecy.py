"""A letter and its record are one paper: a grade that is raised holds for both, and at once."""

import pytest
from sqlalchemy import select

from leuit.builtin.search import count, parse
from leuit.identity import SYSTEM, Grant
from leuit.values import ConflictError, RecordRef
from leuit.work import Leuit, Worker
from leuit_archives.models import INDEX, Letter, Record
from leuit_archives.service.correcting import Correction, correct_record
from leuit_archives.service.letter_ending import end_letters
from leuit_archives.service.letter_list import LetterFilter, letters
from leuit_archives.service.letters_in import revise_letter
from leuit_archives.service.record_access import visible_records
from leuit_archives.service.search import Wanted, condition
from tests.archives.letter_office import SINCE, LetterOffice, letter_office
from tests.archives.letter_pdf import letter_pdf

WORDS = "mengundang saudara"


def _came(app: Leuit) -> tuple[LetterOffice, Letter]:
    """A letter with a file that the search knows; the staff reads the records of the dinas."""
    office = letter_office(app)
    with app.change(SYSTEM) as work:
        work.session.add(
            Grant(
                role="archives.archivist",
                unit_id=office.units["DIN"],
                account_id=office.who["staf"].account_id,
                valid_from=SINCE,
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    letter_id = office.came(files=[(office.file(letter_pdf(), "undangan.pdf"), 1)])
    Worker(app, name="test").run_pending(raise_errors=True)
    assert _seen(office) == (1, 1, 1)
    return office, office.letter(letter_id)


def _seen(office: LetterOffice) -> tuple[int, int, int]:
    """What of letters, records and the search the staff has before him."""
    with office.app.read(office.who["staf"]) as view:
        return (
            len(letters(view, LetterFilter(), 10)),
            len(view.session.scalars(select(Record).where(visible_records(view))).all()),
            count(view, INDEX, parse(WORDS), condition(view, Wanted(text=WORDS))),
        )


def test_a_letter_that_becomes_secret_takes_its_record_along(app: Leuit) -> None:
    """Before any job has run, neither lists nor counts tell of it to who may not read it."""
    office, letter = _came(app)
    with app.change(office.who["registrar"]) as work:
        told = office.incoming(secrecy="R")
        revise_letter(work, letter.id, told, letter.version, "Isinya rahasia")
    assert _seen(office) == (0, 0, 0)
    Worker(app, name="test").run_pending(raise_errors=True)
    assert _seen(office) == (0, 0, 0)
    with app.read(SYSTEM) as view:
        assert view.session.scalars(select(Record.secrecy)).all() == [3]
    assert "archives.record.corrected" in office.acts()


def test_a_record_that_becomes_secret_takes_its_letter_along(app: Leuit) -> None:
    """The archivist's correction holds for the letter's page, lists and words as well."""
    office, letter = _came(app)
    with app.change(office.who["staf"]) as work:
        record = work.session.scalars(select(Record)).one()
        correct_record(work, record.id, record.version, Correction(secrecy="secret"), "Rahasia")
    assert _seen(office) == (0, 0, 0)
    assert office.letter(letter.id).secrecy == 3


def test_a_destroyed_letter_is_not_written_anew(app: Leuit) -> None:
    """Mending it would bring its words back."""
    office, letter = _came(app)
    with app.change(SYSTEM) as work:
        end_letters(work, [letter.id])
        work.audit("archives.letter.settled", RecordRef("archives.letter", str(letter.id)))
    with app.change(office.who["registrar"]) as work, pytest.raises(ConflictError):
        revise_letter(work, letter.id, office.incoming(), letter.version, "Perbaikan")
