"""Which edition holds on a date, and that its figures are those that were activated."""

import contextlib
import datetime as dt
from decimal import Decimal
from uuid import UUID

import attrs
import pytest
from sqlalchemy import event, update

from leuit.builtin.regulations import (
    Edition,
    RegulationEdition,
    edition,
    edition_by_id,
    editions,
    require_edition,
    seed_edition,
)
from leuit.identity import SYSTEM
from leuit.values import ConflictError, NotFoundError, SetupError, UnavailableError
from leuit.work import Leuit
from tests.core.regulations.office import BODY, KIND, Office, draft


def seeded(office: Office, absent: str, start: dt.date, end: dt.date | None = None) -> UUID:
    with office.app.change(SYSTEM) as work:
        return seed_edition(
            work,
            KIND.name,
            draft(
                title=f"Edisi {absent}",
                body={**BODY, "absent": absent},
                effective_from=start,
                effective_to=end,
            ),
        )


def holding(office: Office, day: dt.date) -> Edition | None:
    with office.app.read(office.stranger) as view:
        return edition(view, KIND.name, day)


def absent_on(office: Office, day: dt.date) -> Decimal | None:
    found = holding(office, day)
    return found.figures.absent if found else None


def test_an_edition_holds_from_its_first_day_until_the_next_begins(office: Office) -> None:
    """A new edition holds on its first day, its predecessor the day before; before all, none."""
    seeded(office, "3", dt.date(2026, 1, 1))
    seeded(office, "4", dt.date(2026, 7, 1))
    assert absent_on(office, dt.date(2025, 12, 31)) is None
    assert absent_on(office, dt.date(2026, 1, 1)) == 3
    assert absent_on(office, dt.date(2026, 6, 30)) == 3
    assert absent_on(office, dt.date(2026, 7, 1)) == 4
    assert absent_on(office, dt.date(2099, 1, 1)) == 4


def test_order_of_activation_does_not_matter(office: Office) -> None:
    """An edition for earlier days, activated later, leaves the later one in force from its day."""
    seeded(office, "4", dt.date(2026, 7, 1))
    seeded(office, "3", dt.date(2026, 1, 1))
    assert absent_on(office, dt.date(2026, 6, 30)) == 3
    assert absent_on(office, dt.date(2026, 7, 1)) == 4


def test_an_own_end_leaves_a_gap(office: Office) -> None:
    """After an edition's own last day nothing holds: the one before it had already ended."""
    seeded(office, "3", dt.date(2026, 1, 1))
    seeded(office, "2", dt.date(2026, 2, 18), dt.date(2026, 3, 20))
    assert absent_on(office, dt.date(2026, 3, 19)) == 2
    assert absent_on(office, dt.date(2026, 3, 20)) is None
    with office.app.read(SYSTEM) as view, pytest.raises(ConflictError) as refused:
        require_edition(view, KIND.name, dt.date(2026, 3, 20))
    assert "20 Maret 2026" in str(refused.value)


def test_an_end_beyond_the_next_beginning_does_not_reach_over_it(office: Office) -> None:
    """The next edition ends the one before it, whatever end that had of its own."""
    seeded(office, "3", dt.date(2026, 1, 1), dt.date(2027, 1, 1))
    seeded(office, "4", dt.date(2026, 7, 1), dt.date(2026, 8, 1))
    assert absent_on(office, dt.date(2026, 8, 1)) is None


def test_a_correction_from_the_same_day_replaces(office: Office) -> None:
    """Of two from one day the later activated holds; the first is still found by its id."""
    first = seeded(office, "3", dt.date(2026, 1, 1))
    office.app.clock.advance(dt.timedelta(seconds=1))  # type: ignore[attr-defined]  # ManualClock
    seeded(office, "2.5", dt.date(2026, 1, 1))
    assert absent_on(office, dt.date(2026, 1, 1)) == Decimal("2.5")
    with office.app.read(SYSTEM) as view:
        assert edition_by_id(view, first).figures.absent == 3
        assert not edition_by_id(view, first).holds_on(dt.date(2026, 1, 1))


def test_the_timeline_agrees_with_the_lookup_on_every_day(office: Office) -> None:
    """`editions` and `edition` name the same edition for each day of two years, or both none."""
    seeded(office, "3", dt.date(2026, 1, 1))
    seeded(office, "2", dt.date(2026, 2, 18), dt.date(2026, 3, 20))
    seeded(office, "5", dt.date(2026, 7, 1))
    with office.app.read(SYSTEM) as view:
        timeline = editions(view, KIND.name)
        for number in range(0, 730, 5):
            day = dt.date(2025, 7, 1) + dt.timedelta(days=number)
            held = [one for one in timeline if one.holds_on(day)]
            assert held == [found for found in [edition(view, KIND.name, day)] if found]


def test_drafts_and_proposals_do_not_hold(office: Office) -> None:
    """Only activation makes figures count."""
    from leuit.builtin.regulations import draft_edition, propose

    with office.app.change(office.drafter) as work:
        row = draft_edition(work, KIND.name, draft())
        propose(work, row.id, row.version)
        edition_id = row.id
    assert holding(office, dt.date(2026, 10, 5)) is None
    with office.app.read(SYSTEM) as view, pytest.raises(NotFoundError):
        edition_by_id(view, edition_id)


def test_a_known_edition_costs_one_select(office: Office) -> None:
    """Once its figures are known, asking for the edition of a day is a single statement."""
    seeded(office, "3", dt.date(2026, 1, 1))
    holding(office, dt.date(2026, 10, 5))
    statements: list[str] = []
    with office.app.read(SYSTEM) as view:
        connection = view.connection
        listen = ("before_cursor_execute", lambda *call: statements.append(call[2]))
        event.listen(connection, *listen)
        edition(view, KIND.name, dt.date(2026, 10, 5))
    assert len(statements) == 1
    assert "body" not in statements[0].replace("body_sha256", "")


def test_figures_changed_behind_our_back_are_refused(office: Office) -> None:
    """A body that no longer has its hash is not calculated with; the error names the edition."""
    edition_id = seeded(office, "3", dt.date(2026, 1, 1))
    with office.app.database.writer.begin() as connection:
        connection.execute(
            update(RegulationEdition)
            .where(RegulationEdition.id == edition_id)
            .values(body={**BODY, "absent": "0"})
        )
    app = office.app
    restarted = Leuit(app.settings, app.vocabulary, clock=app.clock)
    with contextlib.closing(restarted), pytest.raises(UnavailableError, match=str(edition_id)):
        holding(attrs.evolve(office, app=restarted), dt.date(2026, 10, 5))


def test_an_unregistered_kind_is_a_setup_error(office: Office) -> None:
    """A misspelt kind stops the program instead of meaning that nothing holds."""
    with office.app.read(SYSTEM) as view, pytest.raises(SetupError, match=r"sample\.tabel"):
        edition(view, "sample.tabel", dt.date(2026, 10, 5))
