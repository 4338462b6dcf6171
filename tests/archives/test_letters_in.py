"""Letters come in: into the agenda without a gap, mended with a reason, sent once."""

import datetime as dt
import json
from functools import partial
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.values import (
    InvalidInputError,
    LeuitError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
    StaleEditError,
    new_id,
)
from leuit.work import AuditEntry, Leuit
from leuit_archives.models import Letter
from leuit_archives.service.letters_in import (
    MOST_ADDRESSEES,
    MOST_FILES,
    KnownLetterError,
    add_letter_file,
    files_of,
    parts_of,
    register_letter,
    revise_letter,
    send_letter,
)
from tests.archives.letter_office import TODAY, LetterOffice, letter_office
from tests.archives.races import at_once, refused

MANY = 16
DAY = dt.timedelta(days=1)


@pytest.fixture
def office(app: Leuit) -> LetterOffice:
    """The office, nothing registered yet."""
    return letter_office(app)


def agendas(office: LetterOffice, unit: str = "DIN", year: int = 2026) -> list[int | None]:
    """The numbers in a unit's agenda of a year, in order."""
    with office.app.read(SYSTEM) as view:
        return list(
            view.session.scalars(
                select(Letter.agenda)
                .where(Letter.unit_id == office.units[unit], Letter.year == year)
                .order_by(Letter.agenda)
            )
        )


def refusal(office: LetterOffice, **changes: Any) -> dict[str, str]:
    """The faults of a registration by field; nothing is stored and no number used."""
    before = agendas(office)
    with pytest.raises(InvalidInputError) as caught:
        office.register(**changes)
    assert agendas(office) == before
    return {fault.path: fault.sentence() for fault in caught.value.fields}


def revise(office: LetterOffice, letter_id: Any, reason: str = "", **changes: Any) -> Letter:
    """Mend a letter as it stands now."""
    version = office.letter(letter_id).version
    with office.app.change(office.who["registrar"]) as work:
        return revise_letter(work, letter_id, office.incoming(**changes), version, reason)


def posts_told(office: LetterOffice, letter_id: Any) -> list[tuple[str, int, Any]]:
    """Part, place and post of everybody whom a letter names."""
    with office.app.read(SYSTEM) as view:
        return [(one.part, one.place, one.position_id) for one in parts_of(view, letter_id)]


def test_the_agenda_counts_by_unit_and_year(office: LetterOffice, clock: ManualClock) -> None:
    """Each unit's agenda begins at 1 with every year, and a refused letter uses up no number."""
    office.register()
    refusal(office, subject="")
    office.register()
    with pytest.raises(PermissionDeniedError):
        office.register(unit="SIB")
    office.register(unit="BID")
    clock.advance(dt.timedelta(days=100))
    office.register(received_on=dt.date(2027, 1, 2))
    assert agendas(office) == [1, 2]
    assert agendas(office, "BID") == [1]
    assert agendas(office, "SIB") == []
    assert agendas(office, year=2027) == [1]


def test_sixteen_at_once_leave_no_gap(office: LetterOffice) -> None:
    """AR-37: every letter gets a number of its own, and those refused beside them none."""

    def bring(place: int) -> Any:
        return office.register(subject="" if place % 4 == 3 else f"Surat {place}")

    answers = at_once([partial(bring, place) for place in range(MANY)])
    assert [type(one) for one in refused(answers)] == [InvalidInputError] * (MANY // 4)
    assert agendas(office) == list(range(1, MANY - MANY // 4 + 1))


def test_a_unit_that_fails_late_gives_its_number_back(office: LetterOffice) -> None:
    """What fails after the letter was written down takes the number with it."""
    office.register()
    with pytest.raises(RuntimeError), office.app.change(office.who["registrar"]) as work:
        register_letter(work, office.units["DIN"], office.incoming(), [], key=new_id())
        raise RuntimeError
    office.register()
    assert agendas(office) == [1, 2]


def test_the_same_request_is_one_letter(office: LetterOffice) -> None:
    """A key a second time, also at the same moment, gives the letter of the first."""
    key = new_id()
    first = office.register(key=key, files=[(office.file(), 1)])
    assert office.register(key=key, files=[(office.file(), 1)]) == first
    other = new_id()
    answers = at_once([lambda: office.register(key=other)] * 4)
    assert refused(answers) == []
    assert len(set(answers)) == 1
    assert agendas(office) == [1, 2]


def test_a_key_of_somebody_elses_letter_shows_nothing(office: LetterOffice) -> None:
    """A key that is known of a letter that one may not read is refused and gives no letter."""
    key = new_id()
    office.register(key=key, secrecy="SR")
    with pytest.raises(LeuitError):
        office.register(key=key, by="clerk")


def test_a_letter_that_is_there_already_is_told(office: LetterOffice) -> None:
    """Number and date again are told with the letter; who says that it is another one is heard."""
    of: dict[str, Any] = {"number": "005/1/X", "dated": TODAY - DAY}
    first = office.register(**of)
    with pytest.raises(KnownLetterError) as caught:
        office.register(**of)
    assert caught.value.letter_id == first
    assert office.register(**of, again=True) != first
    office.register(number="005/1/X", dated=TODAY)
    office.register(number="005/2/X", dated=TODAY - DAY)
    office.register(unit="BID", **of)
    office.register()
    office.register()
    assert agendas(office) == [1, 2, 3, 4, 5, 6]


def test_of_a_secret_twin_only_its_number_is_told(office: LetterOffice) -> None:
    """Another registrar of the unit hears neither agenda number nor id of what he may not read."""
    of: dict[str, Any] = {"number": "R/1/X", "dated": TODAY - DAY}
    office.register(secrecy="SR", **of)
    with pytest.raises(KnownLetterError) as caught:
        office.register(by="clerk", **of)
    assert (caught.value.letter_id, dict(caught.value.params)) == (None, {"number": "R/1/X"})
    assert "agenda" not in str(caught.value)
    open_one = office.register(by="clerk", again=True, **of)
    with pytest.raises(KnownLetterError) as caught:
        office.register(by="clerk", **of)
    assert caught.value.letter_id == open_one


def test_every_fault_is_told_at_once(office: LetterOffice) -> None:
    """A form that is wrong everywhere hears of every field, not of the first."""
    faults = refusal(
        office,
        sender=" ",
        subject="\t",
        secrecy="XX",
        urgency="kilat sekali",
        kind="Surat Sakti",
        received_on=TODAY + DAY,
        dated=TODAY + 2 * DAY,
        to=("Kepala Antah Berantah",),
        copies=("Jabatan Kosong · BID", "tidak ada"),
        number="9" * 121,
        attached="9" * 81,
    )
    fields = {path.partition("[")[0] for path in faults}
    assert fields == {
        "sender", "subject", "secrecy", "urgency", "kind", "received_on", "dated", "to",
        "copies", "number", "attached",
    }  # fmt: skip
    assert all(faults.values())


_FAULTS: tuple[tuple[dict[str, Any], str], ...] = (
    ({"received_on": TODAY + DAY}, "received_on"),
    ({"received_on": TODAY, "dated": TODAY + DAY}, "dated"),
    ({"received_on": TODAY - 2 * DAY, "dated": TODAY - DAY}, "dated"),
    ({"received_on": dt.date(1944, 1, 1)}, "received_on"),
    ({"dated": dt.date(1, 1, 1)}, "dated"),
    ({"to": ()}, "to"),
    ({"to": ("", "  ")}, "to"),
    ({"subject": "x" * 501}, "subject"),
    ({"sender": "x" * 301}, "sender"),
)


def test_a_fault_names_its_field(office: LetterOffice) -> None:
    """No letter comes tomorrow, before it was written, to nobody, or longer than its place."""
    for changes, field in _FAULTS:
        assert [path.partition("[")[0] for path in refusal(office, **changes)] == [field], changes


def test_the_longest_texts_and_the_same_day_fit(office: LetterOffice) -> None:
    """What has just the length of its place is taken, and a letter may come the day it is dated."""
    made = office.register(
        subject="x" * 500, sender="x" * 300, number="9" * 120, attached="9" * 80, dated=TODAY
    )
    stored = office.letter(made)
    assert (len(stored.subject), len(stored.sender)) == (500, 300)
    assert stored.dated == stored.received_on == TODAY


def test_secrecy_and_urgency_are_two_fields(office: LetterOffice) -> None:
    """AR-41: a grade and a speed of their own; codes of before 2023 count as Terbatas."""
    for code, grade in (("B", 1), ("T", 2), ("R", 3), ("SR", 4), ("P", 2), ("K", 2)):
        stored = office.letter(office.register(secrecy=code, urgency="segera"))
        assert (stored.secrecy, stored.secrecy_code, stored.urgency) == (grade, code, "segera")
    assert office.letter(office.register(urgency="")).urgency == ""
    assert "secrecy" in refusal(office, secrecy="segera")
    assert "urgency" in refusal(office, urgency="R")


def test_posts_are_found_as_people_write_them(office: LetterOffice) -> None:
    """By title, title and unit, unit code for its head, and id; each once; no vacant post."""
    made = office.register(
        to=("kepala dinas · din", "DIN", "Sekretaris", str(office.posts["kabid"])),
        copies=("Analis / BID", "SIB"),
    )
    assert posts_told(office, made) == [
        ("to", 1, office.posts["kadis"]),
        ("to", 2, office.posts["sekretaris"]),
        ("to", 3, office.posts["kabid"]),
        ("copy", 1, office.posts["analis"]),
        ("copy", 2, office.posts["sibling"]),
    ]
    many = tuple(f"Tak ada {place}" for place in range(MOST_ADDRESSEES + 1))
    assert {path.partition("[")[0] for path in refusal(office, to=many)} == {"to"}


def test_a_post_that_nobody_holds_keeps_its_letter_for_who_comes(office: LetterOffice) -> None:
    """A vacant post may be written to: the letter waits there until somebody holds it."""
    made = office.register(to=("Jabatan Kosong · BID",))
    office.send(made)
    attrs.evolve(office, posts={**office.posts, "vacant": office.vacant}).stands_in(
        "analis", "vacant", "Plt."
    )
    office.read(made, "analis")
    with office.app.read(SYSTEM) as view:
        [part] = parts_of(view, made)
        assert part.read_by == office.who["analis"].person_id


def test_before_it_is_sent_everything_may_be_mended(office: LetterOffice) -> None:
    """Data and addressees change without a reason; the log has what was there before and after."""
    made = office.register(number="1", copies=("SIB",))
    revised = revise(office, made, number="2", to=("Sekretaris",), secrecy="R")
    assert (revised.number, revised.secrecy, revised.version) == ("2", 3, 2)
    assert posts_told(office, made) == [("to", 1, office.posts["sekretaris"])]
    with office.app.read(SYSTEM) as view:
        entry = view.session.scalars(
            select(AuditEntry).where(AuditEntry.action == "archives.letter.revised")
        ).one()
        body = json.loads(entry.body or b"{}")
    told = body["details"]
    assert told["before"] == {"number": "1", "secrecy": 1, "secrecy_code": "B"}
    assert told["after"] == {"number": "2", "secrecy": 3, "secrecy_code": "R"}
    posts = {name: str(post) for name, post in office.posts.items()}
    assert told["added"] == [{"part": "to", "position": posts["sekretaris"]}]
    assert sorted(told["removed"], key=lambda one: one["part"]) == [
        {"part": "copy", "position": posts["sibling"]},
        {"part": "to", "position": posts["kadis"]},
    ]


def test_a_sent_letter_is_mended_with_a_reason_and_loses_nobody(office: LetterOffice) -> None:
    """Without a reason it is refused; addressees may be added, and the new one finds it at once."""
    made = office.register(to=("DIN", "Sekretaris"), copies=("SIB",))
    office.send(made)
    for reason in ("", "   "):
        with pytest.raises(LeuitError):
            revise(office, made, reason, subject="Lain")
    assert office.letter(made).subject == "Undangan rapat"
    revise(office, made, "Salah ketik", subject="Lain", to=("Kepala Bidang",), copies=())
    told = {(part, post) for part, _place, post in posts_told(office, made)}
    assert told == {
        ("to", office.posts["kadis"]),
        ("to", office.posts["sekretaris"]),
        ("to", office.posts["kabid"]),
        ("copy", office.posts["sibling"]),
    }
    assert office.part(made, "kabid").delivered_at is not None
    office.read(made, "kabid")
    assert office.letter(made).subject == "Lain"


def test_who_may_not_register_changes_nothing(office: LetterOffice) -> None:
    """Reading a letter is no right to mend or send it, and a stranger does not find it."""
    made = office.register()
    version = office.letter(made).version
    for label in ("kadis", "sekretaris", "sibling", "bupati"):
        for act in (
            lambda work: revise_letter(work, made, office.incoming(), version),
            lambda work: send_letter(work, made, version),
            lambda work: add_letter_file(work, made, office.file(), 1),
        ):
            with (
                pytest.raises((PermissionDeniedError, NotFoundError)),
                office.app.change(office.who[label]) as work,
            ):
                act(work)
    assert office.letter(made).version == version


def test_an_older_picture_is_refused(office: LetterOffice) -> None:
    """Who mends or sends what has moved on meanwhile is told, and nothing is written over."""
    made = office.register()
    revise(office, made, subject="Baru")
    with pytest.raises(StaleEditError), office.app.change(office.who["registrar"]) as work:
        revise_letter(work, made, office.incoming(subject="Lama"), 1)
    with pytest.raises(StaleEditError), office.app.change(office.who["registrar"]) as work:
        send_letter(work, made, 1)
    assert (office.letter(made).subject, office.letter(made).state) == ("Baru", "registered")


def test_sending_twice_sends_once(office: LetterOffice) -> None:
    """Also at the same moment: one entry, one time, and the letter reads as sent."""
    made = office.register(copies=("SIB",))
    version = office.letter(made).version

    def send() -> None:
        with office.app.change(office.who["registrar"]) as work:
            send_letter(work, made, version)

    assert refused(at_once([send] * 4)) == []
    send()
    assert office.acts(made).count("archives.letter.sent") == 1
    stored = office.letter(made)
    assert stored.state == "sent"
    assert office.part(made).delivered_at == office.part(made, "sibling").delivered_at
    assert office.part(made).delivered_at == stored.sent_at


def test_files_stay_in_order(office: LetterOffice) -> None:
    """The letter first, then what is with it; the same file twice is one; there is a limit."""
    made = office.register(files=[(office.file(b"%PDF-1 satu"), 2), (office.file(b"dua"), 0)])
    third = office.file(b"tiga", "tiga.pdf")
    for _twice in range(2):
        with office.app.change(office.who["registrar"]) as work:
            add_letter_file(work, made, third, 3)
    with office.app.read(office.who["registrar"]) as view:
        rows = [(one.place, one.pages, one.size) for one in files_of(view, made)]
    assert rows == [(1, 2, 11), (2, 0, 3), (3, 3, 4)]
    for number in range(MOST_FILES - 3):
        with office.app.change(office.who["registrar"]) as work:
            add_letter_file(work, made, office.file(b"%d" % number), 1)
    with pytest.raises(LeuitError), office.app.change(office.who["registrar"]) as work:
        add_letter_file(work, made, office.file(b"satu lagi"), 1)
    many = [(office.file(b"x%d" % number), 1) for number in range(MOST_FILES + 1)]
    with pytest.raises(LeuitError):
        office.register(files=many)


_TEXT_FIELDS = ("sender", "subject", "number", "attached", "kind", "urgency", "secrecy")
_ODD = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("\x00\x1b\x7f\x85\ud800\udfff\u2028\u202e\ufeff\ufffe\U0001f600%_'\\"),
    ),
    max_size=60,
)


def _storable(text: str) -> bool:
    return "\x00" not in text and not any("\ud800" <= one <= "\udfff" for one in text)


def test_any_characters_in_any_field_are_kept_or_refused(office: LetterOffice) -> None:
    """What no store can hold is a fault of its field; all else comes back as it was written."""

    @settings(max_examples=40)
    @given(field=st.sampled_from((*_TEXT_FIELDS, "to", "copies")), text=_ODD)
    def bring(field: str, text: str) -> None:
        value: Any = (text,) if field in ("to", "copies") else text
        try:
            made = office.register(**{field: value})
        except InvalidInputError as error:
            assert {fault.path.partition("[")[0] for fault in error.fields} == {field}
            if field in ("sender", "subject", "number", "attached"):
                assert not _storable(text) or not text.strip() or not text.isprintable()
            return
        assert _storable(text)
        if field in ("sender", "subject", "number", "attached"):
            kept = getattr(office.letter(made), field)
            assert kept.split() == text.split()

    bring()


def test_what_no_store_can_hold_is_a_fault_of_its_field(office: LetterOffice) -> None:
    """NUL and half a surrogate never reach the database, in whatever field."""
    for text in ("a\x00b", "a\ud800", "\udfff"):
        for field in (*_TEXT_FIELDS, "to", "copies"):
            value: Any = (text,) if field in ("to", "copies") else text
            assert list(refusal(office, **{field: value})) == [field], text.encode("utf-16")
    made = office.came()
    for text in ("a\x00b", "a\ud800"):
        with pytest.raises(InvalidInputError) as caught:
            revise(office, made, text, subject="Lain")
        assert [fault.path for fault in caught.value.fields] == ["reason"]
    assert office.letter(made).subject == "Undangan rapat"
