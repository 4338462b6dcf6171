"""A destroyed record is found by none of its words, from the unit on in which it was destroyed."""

from uuid import UUID

import pytest
from sqlalchemy import func, select

from leuit.builtin.search import put
from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_archives.models import INDEX
from leuit_archives.service.search import Wanted, search
from leuit_archives.service.search_indexing import forget
from tests.archives.archive_room import grant
from tests.archives.ending import Ending, ending
from tests.archives.search_room import KIND, Shelf, plug_in
from tests.esign.letters import letter as pdf_letter
from tests.support.seeded import Mutant, planted

WORDS = ("halilintar", "gerhana", "77/XYZ")
NO_JOB = Mutant(
    "the job is not asked for",
    "service.search_indexing",
    "    if named := [str(one) for one in ids]:",
    "    if named := [str(one) for one in ids if False]:",
)


@pytest.fixture
def made(app: Leuit) -> Ending:
    """The regency and its people."""
    return ending(app)


def found(app: Leuit) -> dict[str, int]:
    """How many documents each word finds for who may read everything."""
    with app.read(SYSTEM) as view:
        return {word: search(view, Wanted(word)).total for word in WORDS}


@pytest.mark.parametrize("secrecy", ["open", "secret"])
def test_no_word_of_a_destroyed_record_is_found(made: Ending, secrecy: str) -> None:
    """AR-29 through a whole disposal: title, number and text of the file, without any job."""
    with made.app.change(SYSTEM) as work:
        grant(work, made.room.office, 20, "archives.secret", "DIN")
    file = made.room.stored(pdf_letter(f"Isi {WORDS[1]}"))
    dossier = made.dossier(
        records=1,
        title=f"Surat {WORDS[0]}",
        number=WORDS[2],
        sha256=file.sha256,
        secrecy=secrecy,
    )
    [listed] = made.proposed(dossier)
    made.work_off()
    assert found(made.app) == dict.fromkeys(WORDS, 1)
    made.through(listed)
    with planted(NO_JOB, "leuit_archives"):
        made.work_off()
    assert made.disposal(listed).state == "done"
    assert found(made.app) == dict.fromkeys(WORDS, 0)
    with made.app.read(SYSTEM) as view:
        for table in (INDEX.entry, INDEX.text, INDEX.word):
            assert view.connection.scalar(select(func.count()).select_from(table)) == 0


def test_what_a_job_wrote_meanwhile_goes_as_well(
    app: Leuit, made: Ending, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A job that had read the document before it was destroyed may write it after that."""
    shelf = Shelf(app, UUID(int=1))
    plug_in(monkeypatch, shelf)
    one = shelf.holds(f"Surat {WORDS[0]}")
    shelf.indexed()
    late = shelf.kept.pop(one).document
    with app.change(SYSTEM) as work:
        forget(work, KIND, [one])
    assert found(app)[WORDS[0]] == 0
    with app.change(SYSTEM) as work:
        put(work, INDEX, [late])
    shelf.run()
    assert found(app)[WORDS[0]] == 0
