"""Any course of a letter: after each act, states, tiles and readers are those of the account.

People are drawn as well as acts, so most acts are refused; a refused one changes nothing at all.
"""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from leuit.identity import DEFINITIF, SYSTEM, Assignment
from leuit.values import LeuitError, RecordRef, new_id
from leuit.work import Leuit
from leuit_archives.models import Addressee, Disposition, Letter, Receiver
from leuit_archives.service import dispositions
from leuit_archives.service.letter_access import visible_letters
from tests.archives.letter_office import POSTS, LetterOffice, letter_office
from tests.archives.letter_oracle import Account
from tests.archives.test_dispositions import tiles

_PEOPLE = (
    "kadis",
    "kadis",
    "sekretaris",
    "kabid",
    "kabid",
    "analis",
    "kasi",
    "arsiparis",
    "sibling",
)
_WHO = st.sampled_from(_PEOPLE)
_TO = st.sets(
    st.sampled_from(("sekretaris", "kabid", "analis", "kasi", "arsiparis", "juru", "bupati")),
    min_size=1,
    max_size=3,
)
_PLACE = st.integers(0, 5)
_WORDS = st.sampled_from(("", "Sedang.", "Sudah."))
_ACT = st.one_of(
    st.tuples(st.just("read"), _WHO),
    st.tuples(st.just("instruct"), st.just("kadis"), _TO),
    st.tuples(st.just("instruct"), _WHO, _TO),
    st.tuples(st.just("hand on"), _WHO, _PLACE, _TO),
    st.tuples(
        st.just("hand on"),
        st.just("kabid"),
        _PLACE,
        st.sets(st.sampled_from(("analis", "kasi")), min_size=1),
    ),
    st.tuples(st.just("recall"), _WHO, _PLACE),
    st.tuples(st.just("report"), _WHO, _PLACE, _WORDS, st.booleans()),
    st.tuples(st.just("settle"), _WHO, st.sampled_from(("kadis", "sibling"))),
    st.tuples(
        st.just("stand in"),
        st.sampled_from(("sekretaris", "staf")),
        st.sampled_from(("kadis", "kabid", "analis")),
    ),
    st.tuples(st.just("come back"), st.sampled_from(("kadis", "kabid", "analis"))),
)


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, with the usual rules in force."""
    return letter_office(app)


def begin(office: LetterOffice, *, secret: bool) -> tuple[UUID, Account]:
    """A fresh letter and its account; everybody holds only his own post."""
    with office.app.change(SYSTEM) as work:
        work.session.execute(delete(Assignment).where(Assignment.kind != DEFINITIF))
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    letter_id = office.came(grade=3 if secret else 1, copies=("SIB",))
    account = Account(secret=secret)
    account.entries = len(office.acts())
    return letter_id, account


def rows(office: LetterOffice, letter_id: UUID) -> list[Any]:
    """Receivers in the order in which they were given: by sheet, then by label."""
    labels = {post_id: label for label, post_id in office.posts.items()}
    with office.app.read(SYSTEM) as view:
        found = view.session.execute(
            select(Receiver, Disposition)
            .join(Disposition, Disposition.id == Receiver.disposition_id)
            .where(Receiver.letter_id == letter_id)
        ).all()
    found = sorted(found, key=lambda row: (row[1].id, labels[row[0].position_id]))
    return [
        (labels[got.position_id], labels[sheet.position_id], got, sheet) for got, sheet in found
    ]


def act(office: LetterOffice, letter_id: UUID, account: Account, step: Any) -> bool:
    """Do it for the service; whether it was taken."""
    name, who, *rest = step
    parts = {label: office.part(letter_id, label).id for label in ("kadis", "sibling")}
    got = rows(office, letter_id)
    try:
        with office.app.change(office.who[who]) as work:
            if name == "instruct":
                told = office.told(*rest[0])
                dispositions.instruct(work, parts["kadis"], told, key=new_id())
            elif name == "settle":
                dispositions.settle(work, parts[rest[0]], "Cukup.")
            else:
                row = got[rest[0]][2]
                if name == "hand on":
                    told = office.told(*rest[1])
                    dispositions.hand_on(work, row.id, told, row.version, key=new_id())
                elif name == "recall":
                    dispositions.recall(work, row.id)
                else:
                    words, done = rest[1:]
                    dispositions.report(work, row.id, words, row.version, done=done)
    except LeuitError:
        return False
    return True


def tell(account: Account, step: Any) -> bool:
    """Do it for the account; whether it must be taken."""
    name, who, *rest = step
    match name:
        case "instruct":
            return account.instructs(who, rest[0])
        case "hand on":
            return account.hands_on(who, *rest)
        case "recall":
            return account.recalls(who, rest[0])
        case "report":
            return account.reports(who, rest[0], rest[1], done=rest[2])
        case _:
            return account.settles(who, rest[0])


def move(office: LetterOffice, letter_id: UUID, account: Account, step: Any) -> None:
    """One step on both sides, with the same answer."""
    name, who, *rest = step
    if name == "stand in":
        if rest[0] not in account.stand_ins and who != rest[0]:
            office.stands_in(who, rest[0])
            account.stand_ins[rest[0]] = who
    elif name == "come back":
        if account.stand_ins.pop(who, None):
            with office.app.change(SYSTEM) as work:
                work.session.execute(
                    delete(Assignment).where(
                        Assignment.position_id == office.posts[who], Assignment.kind != DEFINITIF
                    )
                )
                work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    elif name == "read":
        expected = account.reads(who)
        try:
            office.read(letter_id, who)
        except LeuitError:
            assert not expected, step
        else:
            assert expected, step
    elif name in ("instruct", "settle") or rest[0] < len(account.got):
        assert act(office, letter_id, account, step) == tell(account, step), step


def compare(office: LetterOffice, letter_id: UUID, account: Account) -> None:
    """Everything that is stored, shown and logged is what the account says."""
    found = rows(office, letter_id)
    assert [(giver, post, got.state, got.report) for post, giver, got, _sheet in found] == [
        (one.giver, one.post, one.state, one.report) for one in account.got
    ]
    ids = [got.id for _post, _giver, got, _sheet in found]
    assert [sheet.from_id and ids.index(sheet.from_id) for *_rest, sheet in found] == [
        one.above for one in account.got
    ]
    for _post, _giver, got, _sheet in found:
        assert (got.read_at is None) == (got.read_by is None) == (got.state in ("new", "cancelled"))
        assert (got.ended_at is None) == (got.state not in ("done", "cancelled"))
    with office.app.read(SYSTEM) as view:
        parts = view.session.scalars(select(Addressee).where(Addressee.letter_id == letter_id))
        for part in parts:
            label = "kadis" if part.part == "to" else "sibling"
            assert (part.read_at is not None) == (label in account.read)
            assert (part.settled_at is not None) == (label in account.settled)
    assert len(office.acts()) == account.entries
    for label in POSTS:
        with office.app.read(office.who[label]) as view:
            query = select(Letter.id).where(Letter.id == letter_id, visible_letters(view))
            assert bool(view.session.scalar(query)) == (label in account.readers()), label


@pytest.mark.parametrize(
    "examples",
    [6, pytest.param(60, marks=pytest.mark.ci), pytest.param(600, marks=pytest.mark.soak)],
)
def test_any_course_goes_as_the_account_says(office: LetterOffice, examples: int) -> None:
    """Whoever does whatever in whatever order: nothing is lost, nothing goes unlogged."""

    @settings(max_examples=examples, database=None)
    @given(secret=st.booleans(), course=st.lists(_ACT, min_size=6, max_size=24))
    def run(secret: bool, course: list[Any]) -> None:
        letter_id, account = begin(office, secret=secret)
        for step in course:
            move(office, letter_id, account, step)
            compare(office, letter_id, account)
        settle_all(office, letter_id, account)

    run()


def settle_all(office: LetterOffice, letter_id: UUID, account: Account) -> None:
    """End whatever is open, so that the tiles of the next letter are its own; tiles agree."""
    for label in POSTS:
        assert tiles(office, label) == account.waits(label), label
    for label, decides in _deciders(account).items():
        for post in ("kadis", "sibling"):
            if label == post:
                move(office, letter_id, account, ("read", decides))
                move(office, letter_id, account, ("settle", decides, post))
        for place, one in enumerate(account.got):
            if one.post == label and one.state in ("new", "read", "acted"):
                move(office, letter_id, account, ("report", decides, place, "Sudah.", True))
    compare(office, letter_id, account)
    assert all(tiles(office, label) == {} for label in POSTS)


def _deciders(account: Account) -> dict[str, str]:
    return {post: account.stand_ins.get(post, post) for post in POSTS}
