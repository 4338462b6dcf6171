"""Mutants of the rules of letters and dispositions, and the fixed course that kills them.

The course goes through every rule once beside the literal account, and asks for refusals that the
account does not draw: older pictures, the same form twice, numbers, secrecy of what is listed.
"""

from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    LeuitError,
    NotFoundError,
    StaleEditError,
    new_id,
)
from leuit_archives.inbox_letters import INBOX
from leuit_archives.models import Letter
from leuit_archives.rules.disposition import CLEARED, HEADS, DispositionRules, check_rules
from leuit_archives.service import dispositions
from leuit_archives.service.disposition_rules import EXAMPLE
from leuit_archives.service.letter_list import LetterFilter, count_letters, letters
from leuit_archives.service.letters_in import KnownLetterError, revise_letter, send_letter
from tests.archives.letter_office import TODAY, LetterOffice
from tests.archives.letter_oracle import Account
from tests.archives.test_any_disposition import begin, compare, move
from tests.archives.test_dispositions import tiles
from tests.support.seeded import Mutant

_IN = "service.letters_in"
_GIVEN = "service.dispositions"
_REACH = "service.receivers"
_ACCESS = "service.letter_access"
_READING = "service.letter_reading"
_INBOX = "service.given_dispositions"
_RULES = "rules.disposition"
_FIRST_SHEET = (
    "    sheet = _given(work, letter, part.position_id, told, key, addressee_id=addressee_id)\n"
)

MUTANTS = (
    # ------------------------------------------------------------------------------------ letters
    Mutant("the same key is a new letter", _IN, "Letter.key == key", "Letter.id == key"),
    Mutant("a twin is not told", _IN, "if not again and", "if again and"),
    Mutant(
        "another's key gives his letter",
        _IN,
        "known.created_by != view.identity.person_id",
        "False",
    ),
    Mutant(
        "a letter may come tomorrow",
        _IN,
        '(view.today, _("Tanggal terima',
        '(view.today.replace(2099), _("Tanggal terima',
    ),
    Mutant(
        "a letter may be written after it came",
        _IN,
        '"dated": (incoming.received_on,',
        '"dated": (view.today.replace(2099),',
    ),
    Mutant("a sent letter changes without a reason", _IN, "and not why:", "and False:"),
    Mutant("a sent letter loses its addressees", _IN, "if letter.state == REGISTERED:", "if True:"),
    Mutant(
        "who is added later never gets it",
        _IN,
        "delivered_at=work.now if letter.state == SENT else None",
        "delivered_at=None",
    ),
    Mutant("an older picture of a letter is taken", _IN, "letter.version != version", "False"),
    Mutant("every unit is its registrar's", _IN, "    work.require(REGISTER, unit_id)\n", ""),
    # ------------------------------------------------------------------------------------- access
    Mutant(
        "before it is sent it is read", _ACCESS, "Addressee.delivered_at.is_not(None)", "true()"
    ),
    Mutant("what is taken back is read", _ACCESS, "Receiver.state != CANCELLED", "true()"),
    Mutant("secret begins at Sangat Rahasia", _ACCESS, "< SECRET_FROM", "<= SECRET_FROM"),
    Mutant(
        "secret needs no right", _ACCESS, "view.units(READ_CLASSIFIED)", "view.units(READ_LETTERS)"
    ),
    Mutant(
        "a past post still reads",
        _ACCESS,
        "holds_on(Assignment.valid_from, Assignment.valid_to, view.today)",
        "true()",
    ),
    Mutant(
        "a letter is its registrar's for ever",
        "service.posts",
        "and_(by == view.identity.person_id, or_(false(), *spans))",
        "by == view.identity.person_id",
    ),
    Mutant(
        "who wrote it down needs no right any more",
        _ACCESS,
        "return and_(made_in_post(view, Letter.created_by, Letter.created_at), writes)",
        "return made_in_post(view, Letter.created_by, Letter.created_at)",
    ),
    Mutant(
        "a list is of everything",
        "service.letter_list",
        "query.where(visible_letters(view))",
        "query",
    ),
    Mutant(
        "given things stay listed",
        _INBOX,
        "query.where(visible_letters(view)).limit",
        "query.limit",
    ),
    # ------------------------------------------------------------------------------- dispositions
    Mutant("what is read is taken back", _RULES, 'if state != "new":', 'if state == "done":'),
    Mutant("what has ended goes on", _RULES, "if state not in OPEN:", 'if state == "cancelled":'),
    Mutant("top secret may be looser", _RULES, "if order != sorted(order):", "if False:"),
    Mutant("one instructs oneself", _REACH, "Position.id != giver.id, ", ""),
    Mutant("one instructs one's head", _REACH, "below, not_above)", "below)"),
    Mutant(
        "the sibling is below",
        _REACH,
        "Position.unit_id.in_(subtree(giver.unit_id, today))",
        "true()",
    ),
    Mutant("clearance is not asked", _REACH, "if clearance == ANYBODY:", "if True:"),
    Mutant(
        "heads are cleared for everything",
        _REACH,
        "if clearance == HEADS else granted",
        "if True else granted",
    ),
    Mutant("a vacant post receives", _REACH, "if one in allowed and one not in held", "if False"),
    Mutant(
        "anybody hands on for anybody",
        _GIVEN,
        "    require_acting(view, receiver.position_id)\n",
        "",
    ),
    Mutant("anybody takes back", _GIVEN, "    require_acting(work, sheet.position_id)\n", ""),
    Mutant(
        "a hand-on leaves it read",
        _GIVEN,
        "receiver.state, receiver.handed_at = ACTED, work.now",
        "receiver.handed_at = work.now",
    ),
    Mutant(
        "a hand-on does not wait",
        _GIVEN,
        "receiver.state, receiver.handed_at = ACTED, work.now",
        "receiver.state = ACTED",
    ),
    Mutant("an older picture is handed on", _GIVEN, "if receiver.version != version:", "if False:"),
    Mutant(
        "a report always ends",
        _GIVEN,
        "receiver.state = DONE if done else ACTED",
        "receiver.state = DONE",
    ),
    Mutant("progress needs no words", _GIVEN, "required=not done", "required=False"),
    Mutant(
        "instructed is not settled",
        _GIVEN,
        f"{_FIRST_SHEET}    if part.settled_at is None:\n",
        f"{_FIRST_SHEET}    if False:\n",
    ),
    Mutant(
        "who reads is not noted",
        _READING,
        "        receiver.read_at, receiver.read_by = work.now, work.identity.person_id\n",
        "",
    ),
    Mutant(
        "every reader reads for the post", _READING, "receiver.state = SEEN", "receiver.state = NEW"
    ),
)


def live(office: LetterOffice) -> None:
    """The whole course; an AssertionError where an answer or a state is another."""
    for secret in (False, True):
        letter_id, account = begin(office, secret=secret)
        _go(office, letter_id, account, _COURSE)
        for label in ("kadis", "kabid", "analis", "kasi", "sekretaris"):
            assert tiles(office, label) == account.waits(label), label
        _go(office, letter_id, account, _END)
    _agenda(office)
    _pictures(office)
    _rules(office)
    _ended_posts(office)


_COURSE: tuple[Any, ...] = (
    ("instruct", "sekretaris", {"kabid"}),
    ("instruct", "kadis", {"sibling"}),
    ("instruct", "kadis", {"kadis"}),
    ("instruct", "kadis", {"bupati", "kabid"}),
    ("read", "registrar"),
    ("read", "juru"),
    ("instruct", "kadis", {"kabid", "arsiparis"}),
    ("recall", "kabid", 1),
    ("recall", "kadis", 0),
    ("recall", "kadis", 0),
    ("read", "arsiparis"),
    ("read", "kabid"),
    ("recall", "kadis", 1),
    ("hand on", "kadis", 1, {"kasi"}),
    ("hand on", "kabid", 1, {"kabid"}),
    ("hand on", "kabid", 1, {"kasi"}),
    ("report", "kabid", 1, "", False),
    ("hand on", "kabid", 1, {"analis", "kasi"}),
    ("hand on", "kasi", 2, {"kabid"}),
    ("report", "kabid", 1, "Sedang.", False),
    ("settle", "sibling", "kadis"),
)
_END: tuple[Any, ...] = (
    ("report", "kasi", 2, "Sudah.", True),
    ("report", "kasi", 3, "Sudah.", True),
    ("report", "analis", 3, "Sudah.", True),
    ("report", "kasi", 4, "", True),
    ("report", "kasi", 4, "", True),
    ("report", "kabid", 1, "Sudah.", True),
    ("hand on", "kabid", 1, {"kasi"}),
    ("report", "kabid", 1, "Lagi.", False),
    ("read", "sibling"),
    ("settle", "sibling", "sibling"),
    ("instruct", "kadis", {"juru"}),
    ("report", "juru", 5, "", True),
    ("instruct", "kadis", {"sekretaris"}),
    ("hand on", "sekretaris", 6, {"sekretaris"}),
    ("hand on", "sekretaris", 6, {"kadis"}),
    ("report", "sekretaris", 6, "", True),
)


def _go(office: LetterOffice, letter_id: UUID, account: Account, course: tuple[Any, ...]) -> None:
    for step in course:
        move(office, letter_id, account, step)
        compare(office, letter_id, account)


def _refused(kind: type[LeuitError], act: Any) -> None:
    """The act is refused in just this way."""
    try:
        act()
    except kind:
        return
    raise AssertionError(kind)


def _agenda(office: LetterOffice) -> None:
    """Numbers, keys, days, and who registers where."""
    key = new_id()
    number: dict[str, Any] = {"number": "1/X", "dated": TODAY}
    first = office.register(key=key, **number)
    assert office.register(key=key, **number) == first
    _refused(NotFoundError, lambda: office.register(key=key, by="clerk"))
    _refused(KnownLetterError, lambda: office.register(**number))
    assert office.register(again=True, **number) != first
    tomorrow = TODAY.replace(day=TODAY.day + 1)
    _refused(InvalidInputError, lambda: office.register(received_on=tomorrow))
    _refused(InvalidInputError, lambda: office.register(dated=tomorrow))
    _refused(LeuitError, lambda: office.register(unit="SIB"))
    with office.app.read(SYSTEM) as view:
        unit = office.units["DIN"]
        agenda = view.session.scalars(select(Letter.agenda).where(Letter.unit_id == unit)).all()
    assert sorted(map(int, filter(None, agenda))) == list(range(1, len(agenda) + 1))


def _pictures(office: LetterOffice) -> None:
    """Older pictures, mending what was sent, and what the list shows of a secret letter."""
    letter_id = office.register(copies=("SIB",))

    def mend(version: int, reason: str = "", **changes: Any) -> None:
        with office.app.change(office.who["registrar"]) as work:
            revise_letter(work, letter_id, office.incoming(**changes), version, reason)

    def send(version: int) -> None:
        with office.app.change(office.who["registrar"]) as work:
            send_letter(work, letter_id, version)

    mend(1, copies=("SIB",), subject="Lain")
    _refused(StaleEditError, lambda: mend(1))
    _refused(StaleEditError, lambda: send(1))
    _unseen(office, letter_id, "sibling")
    send(2)
    _refused(InvalidInputError, lambda: mend(3))
    mend(3, "Salah ketik", to=("BID",))
    office.read(letter_id, "sibling")
    office.read(letter_id, "kabid")
    assert office.part(letter_id).delivered_at is not None
    office.instruct(letter_id, "analis")
    row = office.got(letter_id, "analis")
    with office.app.change(office.who["analis"]) as work:
        dispositions.report(work, row.id, "Sedang.", row.version, done=False)

    def hand_on_as_seen() -> None:
        with office.app.change(office.who["analis"]) as work:
            told = office.told("juru")
            dispositions.hand_on(work, row.id, told, row.version, key=new_id())

    _refused(StaleEditError, hand_on_as_seen)
    _refused(ConflictError, lambda: office.recall(letter_id, "analis"))
    vacant = (office.vacant,)
    _refused(InvalidInputError, lambda: office.instruct(letter_id, receivers=vacant))


def _unseen(office: LetterOffice, letter_id: UUID, label: str) -> None:
    with office.app.read(office.who[label]) as view:
        shown = letters(view, LetterFilter(), 0, 99)
        assert count_letters(view, LetterFilter()) == len(shown)
        assert letter_id not in {one.id for one in shown}


def _seen(office: LetterOffice, letter_id: UUID, label: str) -> None:
    with office.app.read(office.who[label]) as view:
        assert letter_id in {one.id for one in letters(view, LetterFilter(), 0, 99)}


def _rules(office: LetterOffice) -> None:
    """Rules that contradict themselves, and what is Sangat Rahasia."""
    looser = DispositionRules(secret=CLEARED, top_secret=HEADS)
    _refused(InvalidInputError, lambda: check_rules(looser))
    letter_id = office.came(grade=4)
    _refused(InvalidInputError, lambda: office.instruct(letter_id, "kabid"))
    office.instruct(letter_id, "arsiparis")
    _unseen(office, letter_id, "clerk")
    _unseen(office, letter_id, "bupati")
    office.rules(attrs.evolve(EXAMPLE, limited=CLEARED, secret=CLEARED), TODAY)
    letter_id = office.came(grade=2)
    _refused(InvalidInputError, lambda: office.instruct(letter_id, "kabid"))


def _ended_posts(office: LetterOffice) -> None:
    """Who stood in and does no more reads nothing, and keeps no picture of what he gave."""
    letter_id = office.came(grade=3)
    office.stands_in("staf", "kadis")
    office.instruct(letter_id, "arsiparis", by="staf")
    office.ends_standing_in("staf")
    _unseen(office, letter_id, "staf")
    with office.app.read(office.who["staf"]) as view:
        assert list(INBOX[0].others(view, 9)) == []
        assert INBOX[0].count_others is not None
        assert INBOX[0].count_others(view) == 0
    own = office.register(secrecy="R")
    _seen(office, own, "registrar")
    office.revokes("registrar")
    _unseen(office, own, "registrar")
    other = office.register(secrecy="R", by="clerk")
    _seen(office, other, "clerk")
    office.leaves("clerk")
    _unseen(office, other, "clerk")
