"""What may happen to a letter on its way, and after it was signed."""

import datetime as dt

import attrs
import pytest

from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    PermissionDeniedError,
)
from leuit_esign.models import Document, Handing, Step
from leuit_esign.service.acting import give_paraf, pass_on, readable
from leuit_esign.service.chain import NewStep, add_step
from leuit_esign.service.documents import bring, receive
from leuit_esign.service.mandates import give_mandate
from leuit_esign.service.passing import remind, revoke
from leuit_esign.service.places import add_preset, close_placing
from leuit_esign.service.sending import SendOptions, send, set_options
from leuit_esign.service.turn import step_of
from leuit_esign.settings import EsignSettings
from tests.esign.conftest import Judge
from tests.esign.course import WEEK, chained, drafted, mandate, run_watch, sent
from tests.esign.letters import Pen, letter, seen_text
from tests.esign.test_chain import PEOPLE, Office, office

__all__ = ["office"]  # the fixture of the chain's tests


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
