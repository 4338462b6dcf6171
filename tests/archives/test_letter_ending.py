"""A letter whose record is destroyed: nothing of its content is left, and that it was there is."""

from sqlalchemy import func, select

from leuit.builtin.search import count, parse
from leuit.identity import SYSTEM
from leuit.values import RecordRef
from leuit.work import Leuit, Worker
from leuit_archives.models import INDEX, Letter, LetterFile
from leuit_archives.service.letter_ending import end_letters
from tests.archives.letter_office import letter_office
from tests.archives.letter_pdf import NUMBER, SUBJECT, letter_pdf


def _found(app: Leuit, words: str) -> int:
    """How many entries of the index answer to words."""
    Worker(app, name="test").run_pending(raise_errors=True)
    with app.read(SYSTEM) as view:
        return count(view, INDEX, parse(words), INDEX.entry.c.grade < 5)


def test_files_and_words_of_a_destroyed_letter_are_gone(app: Leuit) -> None:
    """Its file is named no more and no search finds its words; its number and course stay."""
    office = letter_office(app)
    file = office.file(letter_pdf(), "undangan.pdf")
    letter_id = office.came(number=NUMBER, subject=SUBJECT, files=[(file, 1)])
    secret_id = office.came(grade=3, number="R-1/Insp/2026", subject="Pemeriksaan alat kesehatan")
    office.instruct(letter_id, "staf")
    assert _found(app, "mengundang saudara") == 1  # words of the file alone
    assert _found(app, "pemeriksaan") == 1
    with app.change(SYSTEM) as work:
        end_letters(work, [letter_id, secret_id])
        work.audit("archives.letter.settled", RecordRef("archives.letter", str(letter_id)))
    for words in ("mengundang saudara", SUBJECT, "pemeriksaan", NUMBER):
        assert _found(app, words) == 0
    with app.read(SYSTEM) as view:
        assert view.session.scalar(select(func.count()).select_from(LetterFile)) == 0
        letter = view.session.get_one(Letter, letter_id)
        secret = view.session.get_one(Letter, secret_id)
    assert (letter.number, letter.subject, letter.ended_at is not None) == (NUMBER, SUBJECT, True)
    assert (secret.number, secret.sender) == ("", "")
    assert "alat" not in secret.subject
    assert office.got(letter_id, "staf").state == "new"
