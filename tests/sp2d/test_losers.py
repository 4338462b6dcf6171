"""Who loses the race for the last rupiah at the SPM is told which line lacks what, and who has it.

On PostgreSQL each statement of a unit sees what others have stored by then (READ COMMITTED); on
SQLite there is one writer, so that nothing comes between.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_sp2d.models import Payment
from leuit_sp2d.rules.chain import DRAFT, SPM, TEST
from leuit_sp2d.service import chain
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import Decision, send_back
from leuit_sp2d.service.claims import ClaimedLine
from leuit_sp2d.service.holdings import LimitError
from leuit_sp2d.service.ledger import lock_lines
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.papers import standing_papers
from tests.sp2d.test_races import at_once
from tests.sp2d.treasury import Treasury, claim, drafted, pockets, state_of, step, treasury, walked

pytestmark = pytest.mark.ci

MILLION = 1_000_000


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def test_only_the_line_that_lacks_is_told(office: Treasury) -> None:
    """What the loser itself has moved of its other line is undone before it is told of the rest."""
    lines = (ClaimedLine(office.line, 60 * MILLION), ClaimedLine(office.other_line, 60 * MILLION))
    loser = walked(office, SPM, claim(office, invoice="INV/2", lines=lines))
    other = (ClaimedLine(office.other_line, 50 * MILLION),)
    winner = walked(office, TEST, claim(office, lines=other))
    with pytest.raises(LimitError) as refused:
        step(office, loser, SPM)
    [line] = refused.value.lines
    assert (line.line_id, line.shortage.limit) == (office.other_line, "dpa")
    assert (line.shortage.left, line.shortage.asked) == (50 * MILLION, 60 * MILLION)
    assert [(one.number, one.amount) for one in line.holdings] == [
        (spm_of(office, winner), 50 * MILLION)
    ]
    assert pockets(office, office.line) == (0, 100 * MILLION, 0, 0)
    assert state_of(office, loser) == SPM


@pytest.mark.parametrize("engine", ["postgresql"])
def test_the_winner_of_the_same_moment_is_named(
    office: Treasury, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """An SPM that was stored after the loser's unit had begun stands among the holders."""
    loser = walked(office, SPM, claim(office, 60 * MILLION))
    winner = walked(office, SPM, claim(office, 60 * MILLION, invoice="INV/2"))
    meanwhile(monkeypatch, "issue_paper", lambda: step(office, winner, SPM))
    with pytest.raises(LimitError) as refused:
        step(office, loser, SPM)
    [line] = refused.value.lines
    assert (line.shortage.limit, line.shortage.left) == ("dpa", 40 * MILLION)
    assert [one.number for one in line.holdings] == [spm_of(office, winner)]


@pytest.mark.parametrize("engine", ["postgresql"])
def test_what_comes_back_before_it_is_told_is_taken(
    office: Treasury, monkeypatch: pytest.MonkeyPatch, engine: str
) -> None:
    """Money that was lacking and is free again a moment later leaves nothing to be told: the SPM
    is issued, once, and every rupiah is explained.
    """
    late = walked(office, SPM, claim(office, 60 * MILLION))
    first = walked(office, TEST, claim(office, 60 * MILLION, invoice="INV/2"))
    version = version_of(office, first)

    def back() -> None:
        with office.app.change(office.people[TEST]) as work:
            send_back(work, first, Decision(TEST, version), [Reason("salah_hitung", "")])

    meanwhile(monkeypatch, "lock_lines", back)
    step(office, late, SPM)
    assert state_of(office, late) == TEST
    assert pockets(office, office.line) == (0, 40 * MILLION, 60 * MILLION, 0)
    with office.app.read(SYSTEM) as view:
        assert check_ledger(view).disagreements == ()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_who_only_claims_does_not_wait_for_who_moves(office: Treasury, engine: str) -> None:
    """While the money of a line is held, a claim that names the line is written down."""
    with office.app.change(SYSTEM) as work:
        lock_lines(work, [office.line])
        [answer] = at_once([lambda: drafted(office).state])
    assert answer == DRAFT


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, does: Callable[[], Any]) -> None:
    """Another person does something, in a unit of his own, just before the chain calls `name`."""
    called = getattr(chain, name)

    def first_the_other(*arguments: Any) -> Any:
        monkeypatch.setattr(chain, name, called)
        [answer] = at_once([does])
        assert not isinstance(answer, Exception), answer
        return called(*arguments)

    monkeypatch.setattr(chain, name, first_the_other)


def spm_of(office: Treasury, payment_id: UUID) -> str:
    """The number of the SPM that stands."""
    with office.app.read(SYSTEM) as view:
        return standing_papers(view, payment_id)["SPM"].number


def version_of(office: Treasury, payment_id: UUID) -> int:
    """The version that is stored."""
    with office.app.read(SYSTEM) as view:
        return view.session.get_one(Payment, payment_id).version
