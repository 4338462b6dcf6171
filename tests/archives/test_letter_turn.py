"""Whose turn a service tells of: the signer's tile, the steps, what is told twice or late."""

from typing import Any
from uuid import UUID

import pytest

from leuit.contracts import SigningTurn
from leuit.identity import SYSTEM, Identity
from leuit.values import RecordRef
from leuit.work import Leuit, Work
from leuit_archives.inbox_letters_out import INBOX
from leuit_archives.service.letter_tiles_out import TO_SIGN, TO_VERIFY
from leuit_archives.service.outgoing import steps_of
from leuit_archives.service.signing import send_for_signature
from tests.archives.outgoing_office import LetterOffice, letter_office
from tests.sp2d.services import Accepting, tell_ended, tell_signed, with_ports, work_off


@pytest.fixture
def signer(app: Leuit) -> Accepting:
    """A service that signs."""
    service = Accepting()
    with_ports(app, sign_document=service)
    return service


@pytest.fixture
def office(app: Leuit, signer: Accepting) -> LetterOffice:
    """An office that has it."""
    return letter_office(app)


def on_its_way(office: LetterOffice) -> UUID:
    """A letter with two parafs before the signature, at the service."""
    parafs = (office.post(office.secretary), office.post(office.writer))
    letter_id = office.started(parafs=parafs, mode="electronic")
    work_off(office.app)
    return letter_id


def tell_turn(app: Leuit, request: Any, number: int, **changes: Any) -> None:
    """Tell that the steps before a number are done."""

    def told(work: Work) -> SigningTurn:
        values = {"ref": request.ref, "key": request.key, "number": number, "at": work.now}
        return SigningTurn(**{**values, **changes})

    with app.change(SYSTEM) as work:
        work.emit(told(work))
        work.audit("core.token.created", RecordRef("uji.process", "0"))
    work_off(app)


def waits(office: LetterOffice, who: Identity) -> tuple[int, int]:
    """How many letters somebody's tile to sign counts, and lists."""
    with office.app.read(who) as view:
        assert TO_VERIFY.count(view) == 0  # that is the service's own task
        assert sum(source.count(view) for source in INBOX) == 0
        return TO_SIGN.count(view), len(TO_SIGN.rows(view, 0, 9))


def steps(office: LetterOffice, letter_id: UUID) -> list[str]:
    """The states of the steps in order."""
    with office.app.read(SYSTEM) as view:
        return [one.state for one in steps_of(view, letter_id)]


def test_a_letter_waits_for_its_signer_when_his_turn_is_told(
    office: LetterOffice, signer: Accepting
) -> None:
    """Not while parafs are open there; what is told twice, or late, changes nothing."""
    letter_id = on_its_way(office)
    [request] = signer.asked
    head = office.cast.head
    seen = []
    for number in (1, 2, 2, 1, 3, 2):
        tell_turn(office.app, request, number)
        seen.append((waits(office, head), steps(office, letter_id).count("done")))
    none, one = (0, 0), (1, 1)
    assert seen == [(none, 0), (none, 1), (none, 1), (none, 1), (one, 2), (one, 2)]
    assert office.actions().count("archives.letter.turn_told") == 3
    tell_signed(office.app, request)
    work_off(office.app)
    tell_turn(office.app, request, 3)
    assert (office.letter(letter_id).state, waits(office, head)) == ("signed", none)


def test_without_such_news_the_letter_waits_from_the_beginning(office: LetterOffice) -> None:
    """A service that tells the end alone: the signer sees what is on its way to him."""
    letter_id = on_its_way(office)
    assert waits(office, office.cast.head) == (1, 1)
    assert steps(office, letter_id) == ["open"] * 3


def test_a_new_round_begins_without_news(office: LetterOffice, signer: Accepting) -> None:
    """What was told of the round before says nothing of this one, also when told once more."""
    letter_id = on_its_way(office)
    [first] = signer.asked
    tell_turn(office.app, first, 2)
    assert waits(office, office.cast.head) == (0, 0)
    tell_ended(office.app, first, "refused")
    work_off(office.app)
    assert office.draft(letter_id).turn is None
    with office.app.change(office.writer) as work:
        send_for_signature(work, letter_id, office.letter(letter_id).version)
    work_off(office.app)
    tell_turn(office.app, first, 2)
    assert waits(office, office.cast.head) == (1, 1)
    assert steps(office, letter_id) == ["open"] * 3


def test_news_of_what_is_not_here_are_passed_over(office: LetterOffice, signer: Accepting) -> None:
    """Another's record, and a letter that this installation does not know."""
    on_its_way(office)
    [request] = signer.asked
    stranger = RecordRef("uji.surat", request.ref.id)
    nobody = RecordRef("archives.letter", "01a22ec7-4541-7025-b386-f12e0267f2ef")
    for ref in (stranger, nobody):
        tell_turn(office.app, request, 2, ref=ref)
    assert "archives.letter.turn_told" not in office.actions()
