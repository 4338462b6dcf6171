"""Dispositions: who may instruct whom, what may be taken back, and when one has ended."""

import datetime as dt
from functools import partial
from itertools import pairwise
from typing import Any
from uuid import UUID

import attrs
import pytest

from leuit.identity import SYSTEM
from leuit.pdf_pages import texts_of
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
    StaleEditError,
    new_id,
)
from leuit.work import Leuit
from leuit_archives.inbox_letters import INBOX
from leuit_archives.models import Letter
from leuit_archives.rules.disposition import (
    ANYBODY,
    CLEARED,
    HEADS,
    NEXT_LEVEL,
    DispositionRules,
    check_rules,
)
from leuit_archives.service import dispositions
from leuit_archives.service.disposition_rules import EXAMPLE, disposition_rules
from leuit_archives.service.disposition_sheet import draw_sheet
from leuit_archives.service.dispositions import (
    MOST_RECEIVERS,
    instruct,
    recall,
    receivers_of,
    settle,
    sheets_of,
)
from leuit_archives.service.letter_course import branches_of, course_of
from leuit_archives.service.letter_reading import note_read
from leuit_archives.service.letter_tiles import TILES
from leuit_archives.service.receivers import receivers
from tests.archives.letter_office import POSTS, TODAY, LetterOffice, letter_office
from tests.archives.races import at_once, refused

SOURCE = INBOX[0]
DAY = dt.timedelta(days=1)
STAFF = {"sekretaris", "staf", "arsiparis", "registrar", "clerk"}

BELOW: dict[str, set[str]] = {
    "bupati": STAFF | {"kadis", "kabid", "analis", "kasi", "juru", "sibling"},
    "kadis": STAFF | {"kabid", "analis", "kasi", "juru"},
    "sekretaris": (STAFF - {"sekretaris"}) | {"kabid", "analis", "kasi", "juru"},
    "kabid": {"analis", "kasi", "juru"},
    "analis": {"kasi", "juru"},
    "kasi": {"juru"},
    "juru": set(),
    "sibling": set(),
}
NEXT: dict[str, set[str]] = {
    "bupati": {"kadis", "sibling"},
    "kadis": STAFF | {"kabid"},
    "sekretaris": (STAFF - {"sekretaris"}) | {"kabid"},
    "kabid": {"analis", "kasi"},
    "analis": {"kasi"},
    "kasi": {"juru"},
    "juru": set(),
    "sibling": set(),
}
"""Below each post, by the rules: never upward, never oneself, never the head of one's own unit."""


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, with the usual rules in force."""
    return letter_office(app)


def tiles(office: LetterOffice, label: str) -> dict[str, int]:
    """What waits for somebody by tile, empty ones left out; tile, list and inbox agree."""
    with office.app.read(office.who[label]) as view:
        found = {tile.name: len(tile.rows(view, 0, 99)) for tile in TILES}
        assert found == {tile.name: tile.count(view) for tile in TILES}
        assert SOURCE.count(view) == len(list(SOURCE.mine(view, 99))) == sum(found.values())
        assert SOURCE.count_others is not None
        assert SOURCE.count_others(view) == len(list(SOURCE.others(view, 99)))
    return {name: number for name, number in found.items() if number}


def offered(office: LetterOffice, giver: str, grade: int) -> set[str]:
    """The posts that the form offers to a giver."""
    with office.app.read(office.who[giver]) as view:
        letter = Letter(secrecy=grade)
        found = receivers(view, office.posts[giver], letter, disposition_rules(view))
    ids = [post.id for post in found]
    assert len(set(ids)) == len(ids)
    heads = [post.is_head for post in found]
    assert heads == sorted(heads, reverse=True)
    return {label for label, post_id in office.posts.items() if post_id in ids}


def fault(office: LetterOffice, letter_id: UUID, *to: str, **changes: Any) -> list[str]:
    """The fields that a disposition of the head of DIN is refused for; nothing is stored."""
    with pytest.raises(InvalidInputError) as caught:
        office.instruct(letter_id, *to, **changes)
    with office.app.read(SYSTEM) as view:
        assert sheets_of(view, letter_id) == []
    return sorted({one.path for one in caught.value.fields})


def test_one_instructs_those_below(office: LetterOffice) -> None:
    """The subtree, or the next level where a region says so; the list is what is accepted."""
    assert {giver: offered(office, giver, 1) for giver in BELOW} == BELOW
    letter_id = office.came(to=("DIN",))
    for label in POSTS:
        if label not in BELOW["kadis"]:
            assert fault(office, letter_id, label) == ["receivers"], label
    office.rules(attrs.evolve(EXAMPLE, scope=NEXT_LEVEL), TODAY)
    assert {giver: offered(office, giver, 1) for giver in NEXT} == NEXT
    for label in BELOW["kadis"] - NEXT["kadis"]:
        assert fault(office, letter_id, "kabid", label) == ["receivers"], label
    office.instruct(letter_id, *NEXT["kadis"])


def test_secrecy_limits_who_receives(office: LetterOffice) -> None:
    """Rahasia to heads and those cleared, Sangat Rahasia to those cleared, as the rules say."""
    expected = {
        1: BELOW["kadis"],
        2: BELOW["kadis"],
        3: {"kabid", "kasi", "arsiparis"},
        4: {"arsiparis"},
    }
    for grade, labels in expected.items():
        assert offered(office, "kadis", grade) == labels
        letter_id = office.came(grade=grade)
        for label in BELOW["kadis"] - labels:
            assert fault(office, letter_id, label) == ["receivers"], (grade, label)
        office.instruct(letter_id, *labels)
    office.rules(attrs.evolve(EXAMPLE, limited=HEADS, secret=CLEARED), TODAY)
    assert offered(office, "kadis", 2) == {"kabid", "kasi", "arsiparis"}
    assert offered(office, "kadis", 3) == offered(office, "kadis", 4) == {"arsiparis"}
    assert offered(office, "kabid", 3) == set()


def test_without_rules_least_is_allowed(app: Leuit) -> None:
    """No edition: free words only, and what is secret goes to those who are cleared."""
    office = letter_office(app, rules=None)
    assert offered(office, "kadis", 2) == BELOW["kadis"]
    assert offered(office, "kadis", 3) == {"arsiparis"}
    letter_id = office.came()
    assert fault(office, letter_id, "kabid") == ["instructions"]
    assert fault(office, letter_id, "kabid", instructions=()) == ["instructions"]
    office.instruct(letter_id, "kabid", instructions=(), note="Pelajari.")


def test_rules_that_contradict_themselves_are_refused() -> None:
    """What is more secret is never open to more, and every instruction has a code of its own."""
    with pytest.raises(InvalidInputError):
        check_rules(DispositionRules(secret=CLEARED, top_secret=HEADS))
    with pytest.raises(InvalidInputError):
        check_rules(DispositionRules(limited=HEADS, secret=ANYBODY))
    twice = EXAMPLE.instructions[:1] * 2
    with pytest.raises(InvalidInputError) as caught:
        check_rules(DispositionRules(instructions=twice, scope="upward", limited="nobody"))
    assert [one.path for one in caught.value.fields] == ["instructions[1].code", "scope", "limited"]
    assert check_rules(EXAMPLE) == EXAMPLE


def test_every_fault_of_a_disposition_is_told(office: LetterOffice) -> None:
    """Receivers, instructions, coordinator, note and due date, each by its field, all at once."""
    letter_id = office.came()
    posts = office.posts
    faults = fault(
        office,
        letter_id,
        instructions=("tindak_lanjut", "tidak ada"),
        note="x" * 1_001,
        coordinator=posts["kabid"],
        due=TODAY - DAY,
    )
    assert faults == ["coordinator", "due", "instructions", "note", "receivers"]
    assert fault(office, letter_id, "kabid", coordinator=posts["analis"]) == ["coordinator"]
    assert fault(office, letter_id, "kabid", due=TODAY + 367 * DAY) == ["due"]
    for text in ("a\x00", "\ud800"):
        assert fault(office, letter_id, "kabid", note=text) == ["note"]
    many = tuple(new_id() for _number in range(MOST_RECEIVERS + 1))
    assert fault(office, letter_id, receivers=many) == ["receivers"]
    assert fault(office, letter_id, receivers=(new_id(),)) == ["receivers"]
    assert fault(office, letter_id, receivers=(office.vacant,)) == ["receivers"]


def test_a_disposition_is_kept_as_it_was_told(office: LetterOffice, clock: ManualClock) -> None:
    """Words of that day, the coordinator, the title, and a limit that holds to the day's end."""
    letter_id = office.came()
    office.stands_in("sekretaris", "kadis", "Plt.")
    office.instruct(
        letter_id, "kabid", "staf", "kabid",
        by="sekretaris", coordinator=office.posts["staf"], due=TODAY,
        instructions=("lapor", "hadir", "lapor"), note="  Segera.  ",
    )  # fmt: skip
    office.rules(DispositionRules(), TODAY)
    with office.app.read(SYSTEM) as view:
        [sheet] = sheets_of(view, letter_id)
        got = receivers_of(view, letter_id)
    assert [one["text"] for one in sheet.instructions] == [
        "Laporkan hasilnya",
        "Wakili atau hadiri",
    ]
    assert (sheet.acted_as, sheet.note) == ("Plt. Kepala Dinas", "Segera.")
    assert sheet.due_at == dt.datetime(2026, 10, 5, 16, 59, 59, tzinfo=dt.UTC)
    told = {one.position_id: one.coordinator for one in got}
    assert told == {office.posts["kabid"]: False, office.posts["staf"]: True}
    assert office.part(letter_id).settled_at == clock.now()


def test_who_acts_for_a_post_instructs(office: LetterOffice) -> None:
    """Nobody else, not the holder while a Plh. stands in, and nobody before the letter was sent."""
    letter_id = office.register(copies=("BID",))
    with pytest.raises(LeuitError):
        office.instruct(letter_id, "kabid")
    office.send(letter_id)
    for label in ("registrar", "bupati", "clerk"):
        with pytest.raises(PermissionDeniedError):
            office.instruct(letter_id, "staf", by=label)
    for label in ("sekretaris", "sibling", "juru"):
        with pytest.raises(NotFoundError):
            office.instruct(letter_id, "staf", by=label)
    with pytest.raises(NotFoundError):
        office.instruct(letter_id, "analis", by="kabid", of="kabid")
    office.stands_in("sekretaris", "kadis")
    with pytest.raises(PermissionDeniedError):
        office.instruct(letter_id, "staf")
    office.instruct(letter_id, "staf", by="sekretaris")


def test_the_same_form_twice_is_one_sheet(office: LetterOffice) -> None:
    """Of an addressee and of who hands on, one after the other and at the same moment."""
    letter_id = office.came()
    part_id, key, other = office.part(letter_id).id, new_id(), new_id()

    def give() -> UUID:
        with office.app.change(office.who["kadis"]) as work:
            return instruct(work, part_id, office.told("kabid"), key=key).id

    answers = at_once([give] * 4)
    assert refused(answers) == []
    assert {*answers, give()} == {answers[0]}
    row = office.got(letter_id, "kabid")

    def pass_on() -> UUID:
        with office.app.change(office.who["kabid"]) as work:
            told = office.told("analis")
            return dispositions.hand_on(work, row.id, told, row.version, key=other).id

    answers = at_once([pass_on] * 4)
    assert refused(answers) == []
    assert {*answers, pass_on()} == {answers[0]}
    with office.app.read(SYSTEM) as view:
        assert len(sheets_of(view, letter_id)) == len(receivers_of(view, letter_id)) == 2
    with pytest.raises(NotFoundError), office.app.change(office.who["kabid"]) as work:
        dispositions.hand_on(work, row.id, office.told("analis"), row.version, key=key)


def test_it_is_taken_back_only_while_unread(office: LetterOffice) -> None:
    """AR-39: before anybody read it, by who acts for the giver; twice is once; then never more."""
    letter_id = office.came()
    office.instruct(letter_id, "kabid", "staf", "analis")
    for label in ("registrar", "bupati", "kabid", "staf"):
        with pytest.raises(PermissionDeniedError):
            office.recall(letter_id, "staf", by=label)
    with pytest.raises(NotFoundError):
        office.recall(letter_id, "staf", by="juru")
    office.stands_in("sekretaris", "kadis")
    with pytest.raises(PermissionDeniedError):
        office.recall(letter_id, "staf")
    for _twice in range(2):
        office.recall(letter_id, "staf", by="sekretaris")
    assert office.got(letter_id, "staf").state == "cancelled"
    assert office.acts().count("archives.disposition.recalled") == 1
    for act in (
        lambda: office.read(letter_id, "staf"),
        lambda: office.report(letter_id, "staf"),
        lambda: office.hand_on(letter_id, "staf", "juru"),
    ):
        with pytest.raises(NotFoundError):
            act()
    office.read(letter_id, "kabid")
    office.hand_on(letter_id, "analis", "juru")
    for label, state in (("kabid", "read"), ("analis", "acted")):
        with pytest.raises(ConflictError):
            office.recall(letter_id, label, by="sekretaris")
        assert office.got(letter_id, label).state == state
    office.report(letter_id, "analis")
    with pytest.raises(ConflictError):
        office.recall(letter_id, "analis", by="sekretaris")


def test_of_reading_and_taking_back_one_wins(office: LetterOffice) -> None:
    """At the same moment: it is read and stays, or it is taken back and nobody has read it."""
    for race in range(6):
        letter_id = office.came()
        office.instruct(letter_id, "kabid")
        read, back = at_once(
            [partial(office.read, letter_id, "kabid"), partial(office.recall, letter_id, "kabid")]
        )
        row = office.got(letter_id, "kabid")
        if row.state == "cancelled":
            assert back is None
            assert row.read_at is None
            assert row.read_by is None
            assert read is None or isinstance(read, NotFoundError)
        else:
            assert (row.state, read) == ("read", None)
            assert isinstance(back, ConflictError)
        recalled = office.acts().count("archives.disposition.recalled")
        with office.app.read(SYSTEM) as view:
            assert (receivers_of(view, letter_id)[0].state == "cancelled") == (back is None)
        assert recalled <= race + 1


def test_a_report_says_how_far_it_is(office: LetterOffice) -> None:
    """Progress needs words, the end does not; an older picture is refused; ended is ended."""
    letter_id = office.came()
    office.instruct(letter_id, "kabid")
    with pytest.raises(InvalidInputError):
        office.report(letter_id, "kabid", " ", done=False)
    for text in ("a\x00", "\udc00", "x" * 2_001):
        with pytest.raises(InvalidInputError):
            office.report(letter_id, "kabid", text)
    assert office.got(letter_id, "kabid").state == "new"
    office.report(letter_id, "kabid", "Sedang dihitung.", done=False)
    row = office.got(letter_id, "kabid")
    assert (row.state, row.report, row.ended_at) == ("acted", "Sedang dihitung.", None)
    assert row.read_by == office.who["kabid"].person_id
    with pytest.raises(StaleEditError), office.app.change(office.who["kabid"]) as work:
        dispositions.report(work, row.id, "Lama", row.version - 1, done=True)
    for _twice in range(2):
        with office.app.change(office.who["kabid"]) as work:
            dispositions.report(work, row.id, "", row.version, done=True)
    ended = office.got(letter_id, "kabid")
    assert (ended.state, ended.report) == ("done", "Sedang dihitung.")
    assert ended.ended_by == office.who["kabid"].person_id
    with pytest.raises(ConflictError):
        office.report(letter_id, "kabid", "Masih ada.", done=False)
    with pytest.raises(ConflictError):
        office.hand_on(letter_id, "kabid", "analis")
    with pytest.raises(PermissionDeniedError), office.app.change(office.who["kadis"]) as work:
        dispositions.report(work, row.id, "Saya saja", ended.version, done=True)
    assert office.acts().count("archives.disposition.done") == 1


def test_nothing_more_is_needed(office: LetterOffice) -> None:
    """An addressee says so, once; who has a copy may, a stranger may not."""
    letter_id = office.came(copies=("SIB",))
    for label in ("kadis", "sibling"):
        part_id = office.part(letter_id, label).id
        with pytest.raises(LeuitError), office.app.change(office.who["sekretaris"]) as work:
            settle(work, part_id, "Bukan saya")
        with pytest.raises(InvalidInputError), office.app.change(office.who[label]) as work:
            settle(work, part_id, "a\x00b")
        for text in ("Cukup diketahui.", "Kedua kali"):
            with office.app.change(office.who[label]) as work:
                settle(work, part_id, text)
        part = office.part(letter_id, label)
        assert (part.outcome, part.settled_by) == ("Cukup diketahui.", office.who[label].person_id)
        assert tiles(office, label) == {}
    assert office.acts(letter_id).count("archives.letter.settled") == 2


def test_what_was_handed_on_comes_back_when_all_have_ended(office: LetterOffice) -> None:
    """Tiles of a course from the letter to the last report, each count with its list."""
    letter_id = office.came(copies=("SIB",))
    assert tiles(office, "kadis") == {"unread": 1}
    assert tiles(office, "sibling") == {"copies": 1}
    office.read(letter_id, "kadis")
    office.read(letter_id, "sibling")
    assert tiles(office, "sibling") == {}
    assert tiles(office, "kadis") == {"unsettled": 1}
    office.instruct(letter_id, "kabid", "sekretaris")
    assert tiles(office, "kadis") == {}
    assert tiles(office, "kabid") == {"dispositions": 1}
    office.read(letter_id, "kabid")
    assert tiles(office, "kabid") == {"open-dispositions": 1}
    office.hand_on(letter_id, "kabid", "analis", "kasi", "juru")
    assert tiles(office, "kabid") == {}
    assert tiles(office, "kasi") == {"dispositions": 1}
    office.report(letter_id, "analis")
    office.report(letter_id, "kasi", "Sebagian.", done=False)
    assert tiles(office, "kasi") == {"open-dispositions": 1}
    office.recall(letter_id, "juru", by="kabid")
    assert tiles(office, "kabid") == tiles(office, "juru") == {}
    office.report(letter_id, "kasi")
    assert tiles(office, "kabid") == {"open-dispositions": 1}
    office.report(letter_id, "kabid")
    office.stands_in("staf", "sekretaris")
    assert tiles(office, "sekretaris") == {}
    assert tiles(office, "staf") == {"dispositions": 1}
    for label in ("kabid", "kasi", "analis"):
        assert tiles(office, label) == {}


def test_a_task_carries_its_limit_and_the_urgent_come_first(office: LetterOffice) -> None:
    """In the inbox what is due first is first; urgency is a chip of its own."""
    for days, urgency in ((9, "biasa"), (2, "sangat_segera"), (None, "segera")):
        letter_id = office.came(subject=f"Batas {days}", urgency=urgency)
        office.instruct(letter_id, "kabid", due=days and TODAY + days * DAY)
    with office.app.read(office.who["kabid"]) as view:
        mine = list(SOURCE.mine(view, 10))
    assert [one.title for one in mine] == ["Batas 2", "Batas 9", "Batas None"]
    assert [str(one.chip) for one in mine] == ["Sangat Segera", "", "Segera"]
    with office.app.read(office.who["kadis"]) as view:
        assert [one.title for one in SOURCE.others(view, 10)] == [one.title for one in mine]
        assert len(list(SOURCE.others(view, 2))) == 2


def test_the_course_is_the_tree_as_it_was_given(office: LetterOffice) -> None:
    """Six deep from the regent down: each branch under the one that gave it."""
    letter_id = office.came(to=("KAB",))
    chain = ("kadis", "sekretaris", "kabid", "analis", "kasi", "juru")
    office.instruct(letter_id, chain[0], by="bupati", of="bupati")
    for giver, receiver in pairwise(chain):
        office.hand_on(letter_id, giver, receiver, note=f"Dari {giver}.")
    office.report(letter_id, "juru", "Selesai dikerjakan.")
    with office.app.read(office.who["juru"]) as view:
        [part] = course_of(view, letter_id)
        titles = [one.receiver.title for one in branches_of([part])]
        depth, sheets = 0, part.sheets
        while sheets:
            [sheet] = sheets
            [branch] = sheet.branches
            depth, sheets = depth + 1, branch.sheets
    assert depth == len(chain)
    assert titles == [f"{POSTS[one][1]} · {POSTS[one][0]}" for one in chain]
    [text] = [
        " ".join(
            " ".join(texts_of(draw_sheet(office.app, office.who["juru"], letter_id)[0])).split()
        )
    ]
    for label in chain:
        assert POSTS[label][1] in text
    for word in (
        "Lembar disposisi",
        "Selesai dikerjakan.",
        "Dari kasi.",
        "Selesai",
        "Ditindaklanjuti",
    ):
        assert word.casefold() in text.casefold(), word


def test_the_sheet_holds_long_notes_and_many_receivers(office: LetterOffice) -> None:
    """Everybody who got it is named, every word of a long note is there, signs are only signs."""
    many = office.many_posts(30)
    note = " ".join(f"kata{number}" for number in range(120)) + ' #x $y$ <z> "*a_b*" @c \\d'
    letter_id = office.came(subject="Undangan #rapat $penting$ *bintang*", number="005/1")
    office.instruct(letter_id, receivers=tuple(many.values()), note=note)
    pdf, name = draw_sheet(office.app, office.who["kadis"], letter_id)
    assert pdf.startswith(b"%PDF-")
    assert name.endswith(".pdf")
    text = " ".join(" ".join(texts_of(pdf)).split())
    assert all(title in text for title in many)
    for word in (
        *note.split(" #")[0].split(),
        "#x",
        "$y$",
        "<z>",
        "#rapat",
        "$penting$",
        "*bintang*",
    ):
        assert word in text, word
    for word in ("Belum dibaca", "Tindak lanjuti", "Kepala Dinas", "005/1"):
        assert word in text, word


def test_reading_is_noted_for_the_posts_that_one_acts_for(office: LetterOffice) -> None:
    """The first reader counts; whom somebody stands in for reads without taking it from him."""
    letter_id = office.came()
    office.stands_in("sekretaris", "kadis")
    for label in ("kadis", "registrar", "bupati"):
        with office.app.change(office.who[label]) as work:
            note_read(work, letter_id)
    assert office.part(letter_id).read_at is None
    for _twice in range(2):
        office.read(letter_id, "sekretaris")
    assert office.part(letter_id).read_by == office.who["sekretaris"].person_id
    assert office.acts(letter_id).count("archives.letter.read") == 1
    with pytest.raises(NotFoundError), office.app.change(office.who["kadis"]) as work:
        recall(work, new_id())
