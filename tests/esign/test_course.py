"""What may happen to a letter on its way and afterwards, and that its number leaves no gap."""

import datetime as dt
from uuid import UUID

import attrs
import pytest

from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM, Assignment, Position, Unit, UnitLink, rebuild_closure
from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    PermissionDeniedError,
    RecordRef,
)
from leuit.work import Number, Worker
from leuit_esign.models import FOR_NUMBER, Document, Handing, Step
from leuit_esign.service import sending
from leuit_esign.service.acting import give_paraf, pass_on, readable, refuse
from leuit_esign.service.chain import NewStep, add_step, remove_step
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.mandates import NewMandate, end_mandate, give_mandate, mandates_seen
from leuit_esign.service.numbering import NUMBERING
from leuit_esign.service.passing import recall, remind, revoke
from leuit_esign.service.places import add_preset, close_placing, reopen
from leuit_esign.service.sending import SendOptions, send, set_options
from leuit_esign.service.turn import step_of
from leuit_esign.settings import EsignSettings
from tests.esign.conftest import Judge
from tests.esign.letters import Pen, letter, seen_text
from tests.esign.test_chain import PEOPLE, SINCE, Office, office

__all__ = ["office"]  # the fixture of the chain's tests

WEEK = dt.timedelta(days=7)


@pytest.fixture
def numbered(office: Office) -> Office:
    """The office with a numbering in force."""
    body = {"patterns": [{"name": "Surat", "pattern": "{kode}/{urut:03}/{unit}/{tahun}"}]}
    with office.app.change(SYSTEM) as work:
        seed_edition(work, NUMBERING, Draft("Uji", "Uji", "unverified", SINCE, body))
    return office


def drafted(office: Office, *, number: bool = False) -> tuple[UUID, int]:
    """A letter with one signature of the bupati, ready to be sent, and its version."""
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    version = 1
    for purpose in ("sign", FOR_NUMBER) if number else ("sign",):
        with office.app.change(office.maker) as work:
            spot = "bottom_left" if purpose == "sign" else "top_left"
            add_preset(work, document_id, version, spot, 0, purpose)
        version += 1
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, version)
    with office.app.change(office.maker) as work:
        add_step(work, document_id, version + 1, NewStep(PEOPLE["bupati"], "sign", 1))
    return document_id, version + 2


def sent(office: Office, options: SendOptions, *, number: bool = False) -> UUID:
    """The same, sent with options."""
    document_id, version = drafted(office, number=number)
    with office.app.change(office.maker) as work:
        set_options(work, document_id, version, options)
    send(office.app, office.maker, document_id, version + 1)
    return document_id


def numbers(office: Office) -> list[tuple[int, str]]:
    """Every number of the only series with its state, in order."""
    with office.app.read(SYSTEM) as view:
        rows = view.session.query(Number).order_by(Number.value)
        return [(row.value, row.state) for row in rows]


def run_watch(office: Office) -> None:
    """What the clock asks for every few minutes."""
    with office.app.change(SYSTEM) as work:
        work.enqueue("esign.watch", {})
    Worker(office.app, name="test").run_pending(raise_errors=True)


def test_a_number_is_printed_before_anybody_signs(numbered: Office, verdict_of: Judge) -> None:
    """Reserved and printed when the letter is sent, confirmed when all have signed."""
    year = numbered.app.clock.now().year
    wanted = SendOptions(pattern="Surat", classification="000.1.2")
    letter_id = sent(numbered, wanted, number=True)
    document = numbered.document(letter_id)
    assert document.number == f"000.1.2/001/Kab/{year}"
    assert document.number in seen_text(numbered.pdf(letter_id))
    assert numbers(numbered) == [(1, "reserved")]
    numbered.sign("bupati", letter_id)
    assert numbers(numbered) == [(1, "confirmed")]
    assert verdict_of(numbered.pdf(letter_id)).word == "VALID"


def test_a_letter_that_ends_unsigned_voids_its_number(numbered: Office, clock: ManualClock) -> None:
    """Refused, recalled, expired: each number keeps its row and is given to nobody else."""
    app = numbered.app
    due = clock.now() + WEEK
    wanted = SendOptions(due, expires=True, pattern="Surat", classification="1")
    first, second, third = (sent(numbered, wanted, number=True) for _time in range(3))
    with app.change(numbered.who["bupati"]) as work:
        refuse(work, first, "Keliru")
    with app.change(numbered.maker) as work:
        recall(work, second, numbered.document(second).version, "Keliru")
    clock.advance(WEEK)
    run_watch(numbered)
    states = [numbered.document(one).state for one in (first, second, third)]
    assert states == ["refused", "recalled", "expired"]
    assert numbers(numbered) == [(1, "voided"), (2, "voided"), (3, "voided")]
    fourth = sent(numbered, SendOptions(pattern="Surat", classification="1"), number=True)
    assert numbered.document(fourth).number.split("/")[1] == "004"


def test_a_crash_while_sending_uses_the_same_number(
    numbered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file could not be made: the letter is not sent, and its next sending has its number."""
    document_id, version = drafted(numbered, number=True)
    with numbered.app.change(numbered.maker) as work:
        set_options(work, document_id, version, SendOptions(pattern="Surat", classification="1"))

    def dies(*_anything: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(sending, "final_file", dies)
        with pytest.raises(KeyboardInterrupt):
            send(numbered.app, numbered.maker, document_id, version + 1)
    assert numbered.document(document_id).state == "prepared"
    assert numbers(numbered) == [(1, "reserved")]
    send(numbered.app, numbered.maker, document_id, version + 2)
    assert numbers(numbered) == [(1, "reserved")]
    assert numbered.document(document_id).state == "running"


def test_going_back_to_placing_voids_the_number(
    numbered: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was reserved for a sending that failed is voided, and the next number is the next."""
    document_id, version = drafted(numbered, number=True)
    with numbered.app.change(numbered.maker) as work:
        set_options(work, document_id, version, SendOptions(pattern="Surat", classification="1"))
    with monkeypatch.context() as patched:
        patched.setattr(sending, "final_file", lambda *_all: (_ for _ in ()).throw(OSError))
        with pytest.raises(OSError):  # noqa: PT011 -- the one just planted
            send(numbered.app, numbered.maker, document_id, version + 1)
    with numbered.app.change(numbered.maker) as work:
        reopen(work, document_id, version + 2)
    assert numbers(numbered) == [(1, "voided")]
    assert numbered.document(document_id).number == ""


def test_what_cannot_be_numbered_is_told_at_its_field(numbered: Office) -> None:
    """An unknown pattern, no place for it, no classification; and a place without a pattern."""
    plain, version = drafted(numbered)
    placed, placed_version = drafted(numbered, number=True)
    for document_id, at, options, field in (
        (plain, version, SendOptions(pattern="Lain"), "pattern"),
        (plain, version, SendOptions(pattern="Surat", classification="1"), "pattern"),
        (placed, placed_version, SendOptions(pattern="Surat"), "classification"),
        (placed, placed_version, SendOptions(expires=True), "due"),
        (placed, placed_version, SendOptions(numbered.app.clock.now()), "due"),
        (placed, placed_version, SendOptions(replaces="TIDAKADA"), "replaces"),
    ):
        with (
            pytest.raises(InvalidInputError) as caught,
            numbered.app.change(numbered.maker) as work,
        ):
            set_options(work, document_id, at, options)
        assert [fault.path for fault in caught.value.fields] == [field]
    with pytest.raises(ConflictError, match="nomor"):
        send(numbered.app, numbered.maker, placed, placed_version)


def test_a_letter_ends_at_its_deadline(office: Office, clock: ManualClock) -> None:
    """From that moment on nobody signs, whether or not the clock's job has run yet."""
    letter_id = sent(office, SendOptions(clock.now() + WEEK, expires=True))
    late = sent(office, SendOptions(clock.now() + WEEK))
    clock.advance(WEEK)
    with pytest.raises(ConflictError, match="lewat"):
        office.sign("bupati", letter_id)
    assert office.waits_for("bupati") == [late]
    run_watch(office)
    run_watch(office)
    document = office.document(letter_id)
    assert (document.state, document.ended_at) == ("expired", clock.now())
    assert "Tenggat" in document.reason
    assert office.document(late).state == "running"


def test_signers_are_reminded(office: Office, clock: ManualClock) -> None:
    """A day before the deadline by the clock, else by the owner; not twice a day."""
    letter_id = sent(office, SendOptions(clock.now() + WEEK))

    def reminded() -> dt.datetime | None:
        with office.app.read(SYSTEM) as view:
            return view.session.query(Step).filter_by(document_id=letter_id).one().reminded_at

    run_watch(office)
    assert reminded() is None
    with office.app.change(office.maker) as work:
        remind(work, letter_id)
    first = reminded()
    assert first == clock.now()
    clock.advance(dt.timedelta(hours=3))
    with pytest.raises(ConflictError), office.app.change(office.maker) as work:
        remind(work, letter_id)
    with pytest.raises(PermissionDeniedError), office.app.change(office.who["sekda"]) as work:
        remind(work, letter_id)
    clock.advance(dt.timedelta(days=6))
    run_watch(office)
    assert reminded() == clock.now()


def test_a_signed_letter_is_revoked_by_its_signer(office: Office) -> None:
    """With a reason, once; by nobody else, and not while it is unsigned."""
    letter_id = sent(office, SendOptions())
    for label in ("bupati", "sekda"):
        with (
            pytest.raises((ConflictError, PermissionDeniedError)),
            office.app.change(office.who[label]) as work,
        ):
            revoke(work, letter_id, "Keliru")
    office.sign("bupati", letter_id)
    for identity in (office.maker, office.who["sekda"]):
        with pytest.raises(PermissionDeniedError), office.app.change(identity) as work:
            revoke(work, letter_id, "Keliru")
    with pytest.raises(InvalidInputError), office.app.change(office.who["bupati"]) as work:
        revoke(work, letter_id, " ")
    with office.app.change(office.who["bupati"]) as work:
        revoke(work, letter_id, "Dasar hukumnya dicabut")
    document = office.document(letter_id)
    assert (document.state, document.reason) == ("revoked", "Dasar hukumnya dicabut")
    with pytest.raises(ConflictError), office.app.change(office.who["bupati"]) as work:
        revoke(work, letter_id, "lagi")


def test_a_new_letter_supersedes_the_old_one(office: Office) -> None:
    """Once it is signed by the same position; until then the old one holds."""
    old = sent(office, SendOptions())
    office.sign("bupati", old)
    code = office.document(old).code
    new = sent(office, SendOptions(replaces=code.lower()))
    assert office.document(old).state == "done"
    office.sign("bupati", new)
    assert office.document(new).state == "done"
    document = office.document(old)
    assert document.state == "superseded"
    assert "Surat" in document.reason
    third, version = drafted(office)
    with pytest.raises(InvalidInputError), office.app.change(office.maker) as work:
        set_options(work, third, version, SendOptions(replaces=code))


def test_another_position_does_not_supersede(office: Office) -> None:
    """The signature of the sekda ends nothing that the bupati signed."""
    old = sent(office, SendOptions())
    office.sign("bupati", old)
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        new = bring(work, "Surat", received).id
    with office.app.change(office.maker) as work:
        add_preset(work, new, 1, "bottom_left", 0)
    with office.app.change(office.maker) as work:
        close_placing(work, new, 2)
    with office.app.change(office.maker) as work:
        add_step(work, new, 3, NewStep(PEOPLE["sekda"], "sign", 1))
    with office.app.change(office.maker) as work:
        set_options(work, new, 4, SendOptions(replaces=office.document(old).code))
    with pytest.raises(ConflictError, match="jabatan"):
        send(office.app, office.maker, new, 5)


def test_a_paraf_is_handed_on(office: Office) -> None:
    """With a reason, to any position; who handed it on still reads the letter, and it is told."""
    letter_id = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    with pytest.raises(PermissionDeniedError), office.app.change(office.who["kadis"]) as work:
        pass_on(work, letter_id, "Kepala Dinas", "Bukan saya")
    with pytest.raises(InvalidInputError), office.app.change(office.who["sekda"]) as work:
        pass_on(work, letter_id, "Kepala Dinas", "")
    with office.app.change(office.who["sekda"]) as work:
        pass_on(work, letter_id, "Kepala Dinas", "Bidang beliau")
    assert office.waits_for("sekda") == []
    assert office.waits_for("kadis") == [letter_id]
    with office.app.read(office.who["sekda"]) as view:
        assert readable(view, letter_id).id == letter_id
    office.paraf("kadis", letter_id)
    assert office.states(letter_id) == ["done", "open"]
    with office.app.read(SYSTEM) as view:
        [handing] = view.session.query(Handing).all()
    assert (handing.from_title, handing.to_title) == ("Sekretaris Daerah", "Kepala Dinas")


def test_a_signature_is_handed_up_only(office: Office) -> None:
    """To the head of one's unit or of one above, never to who has no such authority.

    Also not to a delegate: the letter waits for him anyway, and his name line tells the mandate.
    """
    letter_id = office.send(("sekda", "sign", 1))
    with pytest.raises(InvalidInputError), office.app.change(office.who["sekda"]) as work:
        pass_on(work, letter_id, "Kepala Dinas", "Tolong")
    with office.app.change(office.who["sekda"]) as work:
        pass_on(work, letter_id, "Bupati", "Wewenang Bupati")
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=work.today))
    with pytest.raises(InvalidInputError), office.app.change(office.who["bupati"]) as work:
        pass_on(work, letter_id, "Sekretaris Daerah", "Tolong")
    step = office.sign("bupati", letter_id)
    assert step.acted_as == "Bupati"


def mandate(office: Office, **changes: object) -> NewMandate:
    """From the bupati to the sekda, from today on."""
    day = office.app.clock.now().date()
    values = {
        "principal": "Bupati",
        "delegate": "Sekretaris Daerah",
        "basis": "Kepbup 1/2026",
        "since": day + dt.timedelta(days=1),
    }
    return NewMandate(**(values | changes))  # type: ignore[arg-type]  # as given


def test_who_has_a_mandate_signs_in_the_name_of_another(
    office: Office, clock: ManualClock, verdict_of: Judge
) -> None:
    """a.n. from its first day to its last, with the own key; the principal may sign as well."""
    with office.app.change(office.who["bupati"]) as work:
        first = work.today
        since, until = first + dt.timedelta(days=1), first + dt.timedelta(days=2)
        give_mandate(work, mandate(office, since=since, until=until))
    one, two = sent(office, SendOptions()), sent(office, SendOptions())
    assert office.waits_for("sekda") == []
    clock.advance(dt.timedelta(days=1))
    assert sorted(office.waits_for("sekda")) == sorted([one, two])
    assert sorted(office.waits_for("bupati")) == sorted([one, two])
    step = office.sign("sekda", one)
    assert step.acted_as == "a.n. Bupati, Sekretaris Daerah"
    pdf = office.pdf(one)
    seen = seen_text(pdf)
    assert "a.n. Bupati" in seen
    assert "Sekretaris Daerah" in seen
    verdict = verdict_of(pdf)
    assert [found.finding.signer for found in verdict.signatures] == ["BUDI CONTOH, S.H."]
    clock.advance(dt.timedelta(days=2))
    assert office.waits_for("sekda") == []
    with pytest.raises(PermissionDeniedError):
        office.sign("sekda", two)


def test_under_a_mandate_no_paraf_is_given(office: Office, clock: ManualClock) -> None:
    """A mandate is for signing."""
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=work.today))
    letter_id = office.send(("bupati", "paraf", 1), ("bupati", "sign", 2))
    assert office.waits_for("sekda") == []
    with pytest.raises(PermissionDeniedError):
        office.paraf("sekda", letter_id)
    office.paraf("bupati", letter_id)
    assert office.waits_for("sekda") == [letter_id]


def test_two_levels_below_is_ub_and_ends_with_the_an(office: Office) -> None:
    """u.b. names the position in between, and holds only while that one's a.n. holds."""
    app = office.app
    with app.change(office.who["bupati"]) as work:
        today = work.today
    through = mandate(office, delegate="Kepala Dinas", through="Sekretaris Daerah", since=today)
    with pytest.raises(InvalidInputError), app.change(office.who["bupati"]) as work:
        give_mandate(work, through)
    with app.change(office.who["bupati"]) as work:
        first = give_mandate(work, mandate(office, since=today)).id
    with app.change(office.who["bupati"]) as work:
        give_mandate(work, through)
    one, two = sent(office, SendOptions()), sent(office, SendOptions())
    step = office.sign("kadis", one)
    assert step.acted_as == "a.n. Bupati, Sekretaris Daerah, u.b. Kepala Dinas"
    with pytest.raises(PermissionDeniedError), app.change(office.who["kadis"]) as work:
        end_mandate(work, first)
    with app.change(office.who["bupati"]) as work:
        end_mandate(work, first)
    for label in ("kadis", "sekda"):
        with pytest.raises(PermissionDeniedError):
            office.sign(label, two)
    with app.read(office.who["bupati"]) as view:
        assert [one.ended for one in mandates_seen(view, 10)].count(True) == 1
    with app.read(office.maker) as view:
        assert mandates_seen(view, 10) == []


def test_nobody_gives_what_is_not_his(office: Office) -> None:
    """Only who decides for the principal gives one; not to itself, twice, or backdated."""
    app = office.app
    with app.change(office.who["bupati"]) as work:
        today = work.today
    for label in ("sekda", "kadis"):
        with pytest.raises(PermissionDeniedError), app.change(office.who[label]) as work:
            give_mandate(work, mandate(office, since=today))
    for changes in (
        {"delegate": "Bupati"},
        {"basis": " "},
        {"since": today - dt.timedelta(days=1)},
        {"since": today, "until": today - dt.timedelta(days=1)},
        {"delegate": "Tidak Ada"},
    ):
        with pytest.raises(InvalidInputError), app.change(office.who["bupati"]) as work:
            give_mandate(work, mandate(office, **changes))
    with app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=today))
    with pytest.raises(ConflictError), app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=today + WEEK))


def test_a_stand_in_does_not_keep_the_mandate_of_the_holder(office: Office) -> None:
    """While the sekda is stood in for, his Plh. signs a.n. the bupati, and he does not."""
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=work.today))
    deputy = office.who["kadis"]
    with office.app.change(SYSTEM) as work:
        position = work.session.query(Position).filter_by(title="Sekretaris Daerah").one()
        work.session.add(
            Assignment(
                person_id=deputy.person_id,
                position_id=position.id,
                kind="Plh.",
                valid_from=work.today,
            )
        )
        work.audit("core.assignment.started", RecordRef("core.person", str(deputy.person_id), "x"))
    letter_id = sent(office, SendOptions())
    with pytest.raises(PermissionDeniedError):
        office.sign("sekda", letter_id)
    step = office.sign("kadis", letter_id)
    assert step.acted_as == "a.n. Bupati, Plh. Sekretaris Daerah"


def test_by_setting_a_paraf_is_an_invisible_signature(
    office: Office, verdict_of: Judge, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its field is made before the first signature; it asks for the passphrase as any signature."""
    vocabulary = office.app.vocabulary
    settings = {**vocabulary.settings, "esign": EsignSettings(paraf="signature")}
    monkeypatch.setattr(office.app, "vocabulary", attrs.evolve(vocabulary, settings=settings))
    letter_id = office.send(("sekda", "paraf", 1), ("bupati", "sign", 2))
    with pytest.raises(ConflictError):
        office.paraf("sekda", letter_id)
    office.sign("sekda", letter_id)
    office.sign("bupati", letter_id)
    verdict = verdict_of(office.pdf(letter_id))
    assert verdict.word == "VALID"
    assert [found.finding.field for found in verdict.signatures] == ["PARAF1", "TTE1"]
    assert "Sekretaris Daerah" not in seen_text(office.pdf(letter_id))
    with office.app.read(SYSTEM) as view:
        assert view.session.query(Document).one().state == "done"


def test_a_signed_pdf_is_never_put_in_doubt(office: Office, pen: Pen, verdict_of: Judge) -> None:
    """What came signed stays byte for byte, and is VALID after each of ours."""
    brought = pen.sign(letter(), "kadis", "LUAR")
    received = receive(office.app, brought, "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    for version, spot in enumerate(("bottom_left", "bottom_right"), 1):
        with office.app.change(office.maker) as work:
            add_preset(work, document_id, version, spot, 0)
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, 3)
    for version, label in enumerate(("sekda", "bupati"), 4):
        with office.app.change(office.maker) as work:
            add_step(work, document_id, version, NewStep(PEOPLE[label], "sign", version))
    send(office.app, office.maker, document_id, 6)
    assert office.pdf(document_id) == brought
    for label in ("sekda", "bupati"):
        office.sign(label, document_id)
        assert verdict_of(office.pdf(document_id)).word == "VALID"
    assert office.pdf(document_id).startswith(brought)
    assert "Sekretaris Daerah" in seen_text(office.pdf(document_id))


def chained(office: Office, *labels: str, options: SendOptions | None = None) -> UUID:
    """A letter with signatures one after the other, sent."""
    received = receive(office.app, letter(), "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    version = 1
    for _label in labels:
        with office.app.change(office.maker) as work:
            add_preset(work, document_id, version, "bottom_left", 0)
        version += 1
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, version)
    for number, label in enumerate(labels, 1):
        version += 1
        with office.app.change(office.maker) as work:
            add_step(work, document_id, version, NewStep(PEOPLE[label], "sign", number))
    version += 1
    if options is not None:
        with office.app.change(office.maker) as work:
            set_options(work, document_id, version, options)
        version += 1
    send(office.app, office.maker, document_id, version)
    return document_id


def test_whose_authority_a_letter_has_in_the_end_decides(office: Office) -> None:
    """Of two signers the last one revokes, and what replaces the letter needs him."""
    old = chained(office, "kadis", "bupati")
    for label in ("kadis", "bupati"):
        office.sign(label, old)
    with pytest.raises(PermissionDeniedError), office.app.change(office.who["kadis"]) as work:
        revoke(work, old, "Keliru")
    replacing = SendOptions(replaces=office.document(old).code)
    with pytest.raises(ConflictError, match="jabatan"):
        chained(office, "kadis", options=replacing)
    new = chained(office, "bupati", options=replacing)
    with pytest.raises(ConflictError, match="sedang diganti"):
        chained(office, "bupati", options=replacing)
    office.sign("bupati", new)
    assert office.document(old).state == "superseded"


def test_only_the_head_of_a_unit_uses_its_numbers(numbered: Office) -> None:
    """Else anybody could give his own paper a number of the office."""
    document_id, version = drafted(numbered, number=True)
    with numbered.app.change(numbered.maker) as work:
        step = work.session.query(Step).filter_by(document_id=document_id).one()
        remove_step(work, document_id, version, step.id)
    with numbered.app.change(numbered.maker) as work:
        add_step(work, document_id, version + 1, NewStep(PEOPLE["kadis"], "sign", 1))
    with numbered.app.change(numbered.maker) as work:
        wanted = SendOptions(pattern="Surat", classification="1")
        set_options(work, document_id, version + 2, wanted)
    with pytest.raises(ConflictError, match="kepala unit"):
        send(numbered.app, numbered.maker, document_id, version + 3)
    assert numbers(numbered) == []


def test_a_draft_is_taken_back(numbered: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its owner ends what will not be sent; a number reserved for it is voided, in either way."""
    wanted = SendOptions(pattern="Surat", classification="1")
    for number in (1, 2):
        document_id, version = drafted(numbered, number=True)
        with numbered.app.change(numbered.maker) as work:
            set_options(work, document_id, version, wanted)
        with monkeypatch.context() as patched:
            patched.setattr(sending, "final_file", lambda *_all: (_ for _ in ()).throw(OSError))
            with pytest.raises(OSError):  # noqa: PT011 -- the one just planted
                send(numbered.app, numbered.maker, document_id, version + 1)
        with numbered.app.change(numbered.maker) as work:
            if number == 1:
                recall(work, document_id, version + 2, "Tidak jadi")
            else:
                set_options(work, document_id, version + 2, SendOptions())
        assert numbers(numbered)[-1] == (number, "voided")


def test_a_form_sent_twice_acts_on_one_step(office: Office) -> None:
    """Whoever has two turns, one after the other, gives the second only when he has seen it."""
    letter_id = office.send(("sekda", "paraf", 1), ("sekda", "paraf", 2), ("bupati", "sign", 3))
    with office.app.read(office.who["sekda"]) as view:
        seen = step_of(view, view.session.get_one(Document, letter_id))
    assert seen is not None
    with office.app.change(office.who["sekda"]) as work:
        give_paraf(work, letter_id, seen=seen.id)
    with (
        pytest.raises(ConflictError, match="sudah selesai"),
        office.app.change(office.who["sekda"]) as work,
    ):
        give_paraf(work, letter_id, seen=seen.id)
    assert office.states(letter_id) == ["done", "open", "waiting"]


def test_under_a_mandate_the_past_stays_closed(office: Office) -> None:
    """A delegate reads what waits for his signature, not what the principal signed before."""
    before, now = sent(office, SendOptions()), sent(office, SendOptions())
    office.sign("bupati", before)
    with office.app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, since=work.today))
    with office.app.read(office.who["sekda"]) as view:
        assert readable(view, now).id == now
    with pytest.raises(PermissionDeniedError), office.app.read(office.who["sekda"]) as view:
        readable(view, before)


def test_a_mandate_goes_down(office: Office) -> None:
    """From a head to a post of his unit or below; a cancelled one is in nobody's way."""
    app = office.app
    with app.change(SYSTEM) as work:
        above = work.session.query(Unit).one()
        unit = Unit(code="DIN", name="Dinas", short="Din", kind="dinas", valid_from=SINCE)
        work.session.add(unit)
        work.session.flush()
        work.session.add(UnitLink(unit_id=unit.id, parent_id=above.id, valid_from=SINCE))
        post = Position(unit_id=unit.id, title="Kepala Kantor", is_head=True)
        work.session.add(post)
        work.session.flush()
        person = office.who["kadis"].person_id
        work.session.add(
            Assignment(person_id=person, position_id=post.id, kind="Plt.", valid_from=SINCE)
        )
        rebuild_closure(work.session)
        work.audit("core.unit.created", RecordRef("core.unit", str(unit.id)))
        today = work.today
    up = mandate(office, principal="Kepala Kantor", delegate="Bupati", since=today)
    with pytest.raises(InvalidInputError), app.change(office.who["kadis"]) as work:
        give_mandate(work, up)
    with app.change(office.who["bupati"]) as work:
        down = mandate(office, delegate="Kepala Kantor", since=today + WEEK)
        cancelled = give_mandate(work, down).id
    with app.change(office.who["bupati"]) as work:
        end_mandate(work, cancelled)
    with app.change(office.who["bupati"]) as work:
        give_mandate(work, mandate(office, delegate="Kepala Kantor", since=today))


def test_a_letter_signed_here_is_signed_again(office: Office, verdict_of: Judge) -> None:
    """Its fields keep their names, and ours get others."""
    first = sent(office, SendOptions())
    office.sign("bupati", first)
    received = receive(office.app, office.pdf(first), "surat.pdf")
    with office.app.change(office.maker) as work:
        document_id = bring(work, "Surat", received).id
    with office.app.change(office.maker) as work:
        assert add_preset(work, document_id, 1, "bottom_right", 0).field == "TTE2"
    with office.app.change(office.maker) as work:
        close_placing(work, document_id, 2)
    with office.app.change(office.maker) as work:
        add_step(work, document_id, 3, NewStep(PEOPLE["sekda"], "sign", 1))
    send(office.app, office.maker, document_id, 4)
    office.sign("sekda", document_id)
    verdict = verdict_of(office.pdf(document_id))
    assert verdict.word == "VALID"
    assert [one.finding.field for one in verdict.signatures] == ["TTE1", "TTE2"]
