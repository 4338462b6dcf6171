"""Who reads what: one table over people, stages and grades, and every way in agrees with it.

The table is written from the rules: whoever has a part in a letter reads it, so does who wrote it
down, and who may read the letters of its unit; what is Rahasia or above (3, 4) those last read only
with the right to secret papers. Reading goes with the post and ends with it, also for who wrote it
down.
"""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Grant, Identity
from leuit.values import NotFoundError, RecordRef
from leuit.work import AuditEntry, Leuit, View, Worker
from leuit_archives.inbox_letters import INBOX
from leuit_archives.reading import LetterReading
from leuit_archives.rules.letter_text import LetterProposals
from leuit_archives.service.brought_files import brought_file, keep_file
from leuit_archives.service.disposition_sheet import draw_sheet
from leuit_archives.service.dispositions import report_file
from leuit_archives.service.letter_access import find_letter
from leuit_archives.service.letter_list import LetterFilter, count_letters, letters, letters_page
from leuit_archives.service.letter_reading import is_unread, note_read
from leuit_archives.service.letter_tiles import TILES
from leuit_archives.service.search import Wanted, search
from tests.archives.letter_office import CODES, POSTS, SINCE, LetterOffice, letter_office

SOURCE = INBOX[0]
_NOTHING_READ = LetterReading("application/pdf", 1, "", True, LetterProposals())
WORD = "rapat"
OPEN_READERS = frozenset({"registrar", "clerk", "kadis", "bupati"})
"""Who may read the letters of DIN: its registrars, its head, and the head above it."""

READERS: dict[str, tuple[frozenset[str], frozenset[str]]] = {
    # what happened: who reads B and T, who reads R and SR
    "registered": (OPEN_READERS, frozenset({"registrar"})),
    "sent": (
        OPEN_READERS | {"sibling"},
        frozenset({"registrar", "kadis", "sibling"}),
    ),
    "instructed": (
        OPEN_READERS | {"sibling", "arsiparis"},
        frozenset({"registrar", "kadis", "sibling", "arsiparis"}),
    ),
    "recalled": (
        OPEN_READERS | {"sibling"},
        frozenset({"registrar", "kadis", "sibling"}),
    ),
    "instructed again": (
        OPEN_READERS | {"sibling", "arsiparis"},
        frozenset({"registrar", "kadis", "sibling", "arsiparis"}),
    ),
    "a Plh. stands in": (
        OPEN_READERS | {"sibling", "arsiparis", "sekretaris"},
        frozenset({"registrar", "kadis", "sibling", "arsiparis", "sekretaris"}),
    ),
    "the head has left": (
        (OPEN_READERS - {"kadis"}) | {"sibling", "arsiparis", "sekretaris"},
        frozenset({"registrar", "sibling", "arsiparis", "sekretaris"}),
    ),
    "the receiver has left": (
        (OPEN_READERS - {"kadis"}) | {"sibling", "sekretaris"},
        frozenset({"registrar", "sibling", "sekretaris"}),
    ),
    "the registrar has left": (
        (OPEN_READERS - {"kadis"}) | {"sibling", "sekretaris"},
        frozenset({"sibling", "sekretaris"}),
    ),
    "and stands in for an addressee": (
        (OPEN_READERS - {"kadis"}) | {"sibling", "sekretaris"},
        frozenset({"registrar", "sibling", "sekretaris"}),
    ),
}


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, nothing registered yet."""
    return letter_office(app)


def take_part(office: LetterOffice, stage: str, letter_id: UUID) -> None:
    """Bring a letter to a stage from the one before."""
    match stage:
        case "sent":
            office.send(letter_id)
        case "instructed" | "instructed again":
            office.instruct(letter_id, "arsiparis")
        case "recalled":
            office.recall(letter_id, "arsiparis")
        case "a Plh. stands in":
            office.stands_in("sekretaris", "kadis")
        case "the head has left":
            office.leaves("kadis")
        case "the receiver has left":
            office.leaves("arsiparis")
        case "the registrar has left":
            office.leaves("registrar")
        case "and stands in for an addressee":
            office.stands_in("registrar", "sibling")


def may_find(view: View, letter_id: UUID) -> bool:
    """Whether the letter's page is there."""
    try:
        find_letter(view, letter_id)
    except NotFoundError:
        return False
    return True


def shown_by(view: View, letter_id: UUID) -> set[str]:
    """Every way by which the reader comes upon a letter; counts agree with their lists."""
    found = {"find"} if may_find(view, letter_id) else set()
    for name, wanted in (
        ("list", LetterFilter()),
        ("search", LetterFilter(text=WORD.lower())),
        ("agenda", LetterFilter(direction="in", year=2026)),
    ):
        rows = letters(view, wanted, 50)
        assert count_letters(view, wanted) == len(rows)
        if letter_id in {one.id for one in rows}:
            found.add(name)
    waiting = 0
    for tile in TILES:
        turns = tile.rows(view, 0, 50)
        assert tile.count(view) == len(turns)
        waiting += len(turns)
        if letter_id in {turn.letter_id for turn in turns}:
            found.add("waits")
    for tab in ("mine", "others", "done"):
        tasks = list(getattr(SOURCE, tab)(view, 50))
        if any(str(letter_id) in task.path for task in tasks):
            found.add("waits" if tab == "mine" else tab)
        if tab != "done":
            count = SOURCE.count if tab == "mine" else SOURCE.count_others
            assert count(view) == len(tasks)
            assert tab == "others" or waiting == len(tasks)
    return found


def reading(office: LetterOffice, letter_id: UUID, people: Iterable[str]) -> frozenset[str]:
    """Who of them reads the letter, by whatever way; all ways give one answer."""
    readers = set()
    for label in people:
        with office.app.read(office.who[label]) as view:
            ways = shown_by(view, letter_id)
            assert ways >= {"find", "list", "search", "agenda"} or not ways, (label, ways)
        if ways:
            readers.add(label)
            continue
        with pytest.raises(NotFoundError):
            draw_sheet(office.app, office.who[label], letter_id)
        with pytest.raises(NotFoundError), office.app.change(office.who[label]) as work:
            note_read(work, letter_id)
        with office.app.read(office.who[label]) as view:
            assert not is_unread(view, letter_id)
    return frozenset(readers)


@pytest.mark.ci
@pytest.mark.parametrize("grade", [1, 2, 3, 4])
def test_the_table_of_readers_holds(office: LetterOffice, grade: int) -> None:
    """AR-40: outside the readers a letter is in no list, search, count, tile, inbox or sheet."""
    letter_id = office.register(
        secrecy=CODES[grade],
        copies=("SIB",),
        subject=f"Urusan {WORD}",
    )
    other = office.register(subject=f"Beri {WORD}", to=("Sekretaris",))
    for stage, (plain, secret) in READERS.items():
        take_part(office, stage, letter_id)
        expected = plain if grade < 3 else secret
        assert reading(office, letter_id, POSTS) == expected, stage
    assert reading(office, other, ["staf", "juru", "sekretaris"]) == {"sekretaris"}
    with office.app.read(SYSTEM) as view:
        assert may_find(view, letter_id)
        assert count_letters(view, LetterFilter(text=WORD)) == 2


def test_the_right_to_secret_papers_adds_to_that_of_reading(office: LetterOffice) -> None:
    """A registrar with both reads what another wrote down; that right alone reads nothing."""
    letter_id = office.came(grade=4)
    assert reading(office, letter_id, ["clerk", "arsiparis"]) == frozenset()
    with office.app.change(SYSTEM) as work:
        work.session.add(
            Grant(
                role="archives.secret",
                unit_id=office.units["DIN"],
                account_id=office.who["clerk"].account_id,
                valid_from=SINCE,
            )
        )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    assert reading(office, letter_id, ["clerk", "arsiparis"]) == {"clerk"}


def test_who_wrote_it_down_needs_the_right_to_do_so(office: LetterOffice) -> None:
    """A registrar no more reads no secret letter that he registered; the audit still names him.

    The file that he brought is none of his either, and its pictures go with it.
    """
    letter_id = office.register(secrecy="SR", subject=f"Urusan {WORD}")
    who = office.who["registrar"]
    Worker(office.app, name="test").run_pending(raise_errors=True)
    assert _searched(office, "registrar") == 1
    with office.app.change(who) as work:
        file_id = keep_file(work, office.units["DIN"], office.file(), _NOTHING_READ).id
    assert reading(office, letter_id, ["registrar"]) == {"registrar"}
    office.revokes("registrar")
    assert reading(office, letter_id, POSTS) == frozenset()
    assert _searched(office, "registrar") == 0
    with office.app.read(who) as view, pytest.raises(NotFoundError):
        brought_file(view, file_id)
    with office.app.read(SYSTEM) as view:
        entry = view.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "archives.letter.registered")
        ).one()
        assert str(who.account_id) in (entry.body or b"").decode()
        assert may_find(view, letter_id)


def _searched(office: LetterOffice, label: str) -> int:
    """How much the search of all archives finds for somebody."""
    with office.app.read(office.who[label]) as view:
        return len(search(view, Wanted(text=WORD)).rows)


def test_the_right_of_another_unit_opens_nothing(office: LetterOffice) -> None:
    """Secret papers of the sibling are no key to those of this unit, and no list of it either."""
    with office.app.change(SYSTEM) as work:
        for role in ("archives.secret", "archives.registrar"):
            work.session.add(
                Grant(
                    role=role,
                    unit_id=office.units["SIB"],
                    account_id=office.who["staf"].account_id,
                    valid_from=SINCE,
                )
            )
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    for grade in (1, 3):
        assert reading(office, office.came(grade=grade), ["staf", "sibling"]) == frozenset()


def test_somebody_unknown_reads_nothing(office: LetterOffice) -> None:
    """An account without a person, and the head of another branch, find no letter at all."""
    office.came()
    nobody = Identity("person", "Tanpa Orang", account_id=office.who["staf"].account_id)
    for who in (nobody, office.who["kasi"], office.who["juru"]):
        with office.app.read(who) as view:
            assert letters(view, LetterFilter(), 50) == []
            assert count_letters(view, LetterFilter()) == 0
            assert all(tile.count(view) == 0 for tile in TILES)


def test_who_gave_a_disposition_as_plh_keeps_no_picture_of_it(office: LetterOffice) -> None:
    """AR-40: when he stands in no more, a secret letter is in no tab of his inbox."""
    letter_id = office.came(grade=3)
    office.stands_in("sekretaris", "kadis")
    office.instruct(letter_id, "arsiparis", "kabid", by="sekretaris")
    tabs: dict[str, Any] = {}
    for step in ("before", "after"):
        with office.app.read(office.who["sekretaris"]) as view:
            tabs[step] = (len(list(SOURCE.others(view, 50))), SOURCE.count_others(view))
        if step == "before":
            office.ends_standing_in("sekretaris")
    assert tabs == {"before": (2, 2), "after": (0, 0)}
    assert reading(office, letter_id, ["sekretaris"]) == frozenset()


def test_a_search_takes_text_for_text(office: LetterOffice) -> None:
    """Signs of patterns are letters like others, and what no store holds finds nothing."""
    made = office.register(number="100%/A_B\\C", subject="Biasa saja")
    office.register(number="100X/AXBXC")
    with office.app.read(office.who["registrar"]) as view:
        for text, count in (("100%", 1), ("a_b", 1), ("\\c", 1), ("", 2), ("BIASA", 1)):
            wanted = LetterFilter(text=text)
            found = letters(view, wanted, 50)
            assert count_letters(view, wanted) == len(found) == count
        for text in ("\x00", "a\ud800"):
            assert letters(view, LetterFilter(text=text), 50) == []
        assert letters(view, LetterFilter(text="100%"), 50)[0].id == made


def test_a_page_of_the_agenda_goes_on_where_the_last_ended(office: LetterOffice) -> None:
    """Newest first; walked by the last id and by pages of any size it is the same, none twice."""
    made = [office.register(subject=f"Surat {number}") for number in range(7)]
    office.register(secrecy="SR", by="clerk")
    with office.app.read(office.who["registrar"]) as view:
        by_pages = {
            size: [
                one.id
                for start in range(0, 12, size)
                for one in letters_page(view, LetterFilter(), start, size, 7)
            ]
            for size in (1, 2, 3, 6, 7, 9)
        }
        walked: list[UUID] = []
        while page := letters(view, LetterFilter(), 3, before=walked[-1] if walked else None):
            walked += [one.id for one in page]
    assert walked == made[::-1]
    assert all(found == walked for found in by_pages.values())


def test_a_file_of_a_report_goes_with_the_letter(office: LetterOffice) -> None:
    """Who does not read the letter does not get what was reported on it."""
    letter_id = office.came(grade=3)
    office.instruct(letter_id, "arsiparis")
    office.report_with_file(letter_id, "arsiparis")
    row = office.got(letter_id, "arsiparis")
    for label in POSTS:
        with office.app.read(office.who[label]) as view:
            if label in ("registrar", "kadis", "arsiparis"):
                assert report_file(view, row.id)[1] == "laporan.pdf"
            else:
                with pytest.raises(NotFoundError):
                    report_file(view, row.id)
