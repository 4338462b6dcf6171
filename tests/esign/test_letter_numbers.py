"""A letter's number is printed before anybody signs, and leaves no gap whatever happens."""

import pytest

from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
)
from leuit_esign.models import Step
from leuit_esign.service import sending
from leuit_esign.service.acting import refuse
from leuit_esign.service.chain import NewStep, add_step, remove_step
from leuit_esign.service.passing import recall
from leuit_esign.service.places import reopen
from leuit_esign.service.sending import SendOptions, send, set_options
from tests.esign.conftest import Judge
from tests.esign.course import WEEK, chained, drafted, numbered, numbers, run_watch, sent
from tests.esign.letters import seen_text
from tests.esign.test_chain import PEOPLE, Office, office
from tests.support.client import Client

LETTERS = "/esign/documents/"
__all__ = ["numbered", "office"]  # the fixtures of other modules


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


def test_a_number_after_signing_is_given_with_the_last_signature(
    numbered: Office, client: Client, verdict_of: Judge
) -> None:
    """Nothing is reserved or printed before; who refuses uses up no number; the page says when."""
    options = SendOptions(pattern="Nota", classification="000.1.2")
    first, second = chained(numbered, "sekda", "bupati", options=options), sent(numbered, options)
    numbered.sign("sekda", first)
    with numbered.app.change(numbered.who["bupati"]) as work:
        refuse(work, second, "Keliru")
    assert numbers(numbered) == []
    client.sign_in(numbered.maker)
    assert "Diberikan sesudah tanda tangan terakhir" in client.get(f"{LETTERS}{first}").text
    assert "Tidak diberikan" in client.get(f"{LETTERS}{second}").text
    numbered.sign("bupati", first)
    assert numbers(numbered) == [(1, "confirmed")]
    number = numbered.document(first).number
    assert number == f"000.1.2/001/Kab/{numbered.app.clock.now().year}"
    assert number in client.get(f"{LETTERS}{first}").text
    assert number not in seen_text(numbered.pdf(first))
    assert verdict_of(numbered.pdf(first)).word == "VALID"


def test_a_number_after_signing_has_no_place_on_the_page(numbered: Office) -> None:
    """A page that waits for a number which cannot be printed is not sent."""
    document_id, version = drafted(numbered, number=True)
    wanted = SendOptions(pattern="Nota", classification="1")
    with (
        pytest.raises(InvalidInputError, match="tidak dicetak") as refused,
        numbered.app.change(numbered.maker) as work,
    ):
        set_options(work, document_id, version, wanted)
    assert [one.path for one in refused.value.fields] == ["pattern"]


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
