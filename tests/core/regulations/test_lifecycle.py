"""Draft, propose, activate: four eyes, no change after activation, stale edits told."""

import datetime as dt
from collections.abc import Callable
from uuid import UUID

import pytest
from sqlalchemy import inspect, update
from sqlalchemy.exc import IntegrityError

from leuit.builtin.regulations import (
    FourEyesError,
    RegulationEdition,
    activate,
    draft_edition,
    edition,
    propose,
    revise_draft,
    seed_edition,
    withdraw,
)
from leuit.identity import SYSTEM, Identity
from leuit.values import ConflictError, InvalidInputError, PermissionDeniedError, StaleEditError
from tests.core.regulations.office import BODY, KIND, Office, draft, entries, told


def drafted(office: Office, who: Identity, **changes: object) -> tuple[UUID, int]:
    with office.app.change(who) as work:
        row = draft_edition(work, KIND.name, draft(**changes))
        return row.id, row.version


def proposed(office: Office, who: Identity, **changes: object) -> tuple[UUID, int]:
    edition_id, version = drafted(office, who, **changes)
    with office.app.change(who) as work:
        return edition_id, propose(work, edition_id, version).version


def activated(office: Office, **changes: object) -> UUID:
    edition_id, version = proposed(office, office.drafter, **changes)
    with office.app.change(office.activator) as work:
        activate(work, edition_id, version)
    return edition_id


def test_two_people_put_an_edition_in_force(office: Office) -> None:
    """A drafter and another account bring an edition to the day's figures, each step audited."""
    edition_id = activated(office)
    with office.app.read(office.stranger) as view:
        found = edition(view, KIND.name, dt.date(2026, 10, 5))
    assert found is not None
    assert found.id == edition_id
    assert found.figures == KIND.structure(BODY)
    for step in ("drafted", "proposed", "activated"):
        assert len(entries(office.app, f"core.regulation.{step}")) == 1, step


def test_the_drafter_cannot_activate(office: Office) -> None:
    """Nobody activates what he drafted, even with both permissions; nothing changes by trying."""
    edition_id, version = proposed(office, office.both)
    with pytest.raises(FourEyesError), office.app.change(office.both) as work:
        activate(work, edition_id, version)
    with office.app.read(SYSTEM) as view:
        assert edition(view, KIND.name, dt.date(2026, 10, 5)) is None
    assert told(office.app, "core.edition_activated") == []


def test_whoever_revised_cannot_activate(office: Office) -> None:
    """All who wrote any version are kept from activating, also when another wrote after them."""
    edition_id, version = drafted(office, office.drafter)
    with office.app.change(office.both) as work:
        version = revise_draft(work, edition_id, version, draft(title="Figur B")).version
    with office.app.change(office.drafter) as work:
        version = revise_draft(work, edition_id, version, draft(title="Figur C")).version
        version = propose(work, edition_id, version).version
    with pytest.raises(FourEyesError), office.app.change(office.both) as work:
        activate(work, edition_id, version)


def test_proposing_makes_no_author(office: Office) -> None:
    """Who only handed a draft on may activate it: two accounts have seen it."""
    edition_id, version = drafted(office, office.drafter)
    with office.app.change(office.both) as work:
        version = propose(work, edition_id, version).version
    with office.app.change(office.both) as work:
        assert activate(work, edition_id, version).activated_by == office.both.account_id


def test_the_system_seeds_and_says_so(office: Office) -> None:
    """The installation may activate what it alone wrote, is recorded as such, and does it once."""
    with office.app.change(SYSTEM) as work:
        first = seed_edition(work, KIND.name, draft())
    with office.app.change(SYSTEM) as work:
        assert seed_edition(work, KIND.name, draft()) == first
    with office.app.read(SYSTEM) as view:
        row = view.session.get_one(RegulationEdition, first)
        assert (row.seeded, row.drafted_by, row.activated_by) == (True, None, None)
    [entry] = entries(office.app, "core.regulation.activated")
    assert entry["details"]["seed"] is True
    assert entry["actor"]["kind"] == "system"


def test_the_system_activates_nothing_that_a_person_wrote(office: Office) -> None:
    """A job or command cannot stand in for the second pair of eyes."""
    edition_id, version = proposed(office, office.drafter)
    with pytest.raises(FourEyesError), office.app.change(SYSTEM) as work:
        activate(work, edition_id, version)


def test_a_person_cannot_seed(office: Office) -> None:
    """Seeding by a person ends at four eyes and leaves nothing behind."""
    with pytest.raises(FourEyesError), office.app.change(office.both) as work:
        seed_edition(work, KIND.name, draft())
    assert entries(office.app, "core.regulation.drafted") == []


def test_only_a_proposal_can_be_activated(office: Office) -> None:
    """A draft that nobody proposed is still being written."""
    edition_id, version = drafted(office, office.drafter)
    with pytest.raises(ConflictError), office.app.change(office.activator) as work:
        activate(work, edition_id, version)


@pytest.mark.parametrize("step", ["revise", "propose", "withdraw", "activate"])
def test_an_active_edition_takes_no_step_any_more(office: Office, step: str) -> None:
    """Once active neither contents nor status can be changed by any service."""
    edition_id = activated(office)
    with office.app.read(SYSTEM) as view:
        version = view.session.get_one(RegulationEdition, edition_id).version
    steps = {
        "revise": lambda work: revise_draft(work, edition_id, version, draft(title="Lain")),
        "propose": lambda work: propose(work, edition_id, version),
        "withdraw": lambda work: withdraw(work, edition_id, version, "salah"),
        "activate": lambda work: activate(work, edition_id, version),
    }
    with pytest.raises(ConflictError), office.app.change(SYSTEM) as work:
        steps[step](work)


def _retitle(row: RegulationEdition) -> None:
    row.title = "Lain"


def _reopen(row: RegulationEdition) -> None:
    row.status, row.body = "draft", {"absent": "0"}


def _erase(row: RegulationEdition) -> None:
    session = inspect(row).session
    assert session is not None
    session.delete(row)


@pytest.mark.parametrize("tamper", [_retitle, _reopen, _erase])
def test_an_active_row_is_locked_below_the_services(
    office: Office, tamper: Callable[[RegulationEdition], None]
) -> None:
    """Code that goes around the services cannot change, reopen or delete an active row either."""
    edition_id = activated(office)
    with pytest.raises(ConflictError), office.app.change(SYSTEM) as work:
        tamper(work.session.get_one(RegulationEdition, edition_id))


def test_the_database_itself_counts_four_eyes(office: Office) -> None:
    """Even a bare UPDATE cannot make drafter and activator one account."""
    edition_id, _version = proposed(office, office.drafter)
    with pytest.raises(IntegrityError), office.app.change(SYSTEM) as work:
        work.session.execute(
            update(RegulationEdition)
            .where(RegulationEdition.id == edition_id)
            .values(activated_by=office.drafter.account_id)
        )


def test_a_stale_edit_is_refused_with_what_changed(office: Office) -> None:
    """The second of two drafters is told which figures the first one changed; nothing is lost."""
    edition_id, version = drafted(office, office.drafter)
    changed = {**BODY, "windows": [{"name": "TL1", "percent": "0.75"}, BODY["windows"][1]]}
    with office.app.change(office.second_drafter) as work:
        revise_draft(work, edition_id, version, draft(body=changed, legal_basis="Pasal 5"))
    with pytest.raises(StaleEditError) as refused, office.app.change(office.drafter) as work:
        revise_draft(work, edition_id, version, draft(title="Judul lain"))
    sentence = str(refused.value)
    assert "body.windows[0].percent: 0.5 menjadi 0.75" in sentence
    assert "legal_basis: Perbup 1/2026 Pasal 4 menjadi Pasal 5" in sentence
    with office.app.read(SYSTEM) as view:
        row = view.session.get_one(RegulationEdition, edition_id)
        assert (row.title, row.version) == ("Tabel potongan 2026", 2)


def test_an_activator_is_told_that_the_proposal_changed(office: Office) -> None:
    """Four eyes look at the same figures: what was revised after reading is not activated."""
    edition_id, version = proposed(office, office.drafter)
    with office.app.change(office.drafter) as work:
        revise_draft(work, edition_id, version, draft(body={**BODY, "absent": "5"}))
    told_so = pytest.raises(StaleEditError, match=r"body\.absent: 3 menjadi 5")
    with told_so, office.app.change(office.activator) as work:
        activate(work, edition_id, version)


def test_revising_a_proposal_makes_it_a_draft(office: Office) -> None:
    """What is proposed is what will be activated: after a change it must be proposed again."""
    edition_id, version = proposed(office, office.drafter)
    with office.app.change(office.drafter) as work:
        row = revise_draft(work, edition_id, version, draft(title="Judul lain"))
        assert (row.status, row.proposed_at) == ("draft", None)


def test_saving_without_a_change_changes_nothing(office: Office) -> None:
    """Pressing save twice neither counts up the version nor makes an author."""
    edition_id, version = drafted(office, office.drafter)
    with office.app.change(office.second_drafter) as work:
        assert revise_draft(work, edition_id, version, draft()).version == version
    assert entries(office.app, "core.regulation.revised") == []


def test_withdrawing_needs_a_reason(office: Office) -> None:
    """A withdrawn draft says why, and is not taken up again."""
    edition_id, version = drafted(office, office.drafter)
    with pytest.raises(InvalidInputError) as refused, office.app.change(office.drafter) as work:
        withdraw(work, edition_id, version, "  ")
    assert [fault.path for fault in refused.value.fields] == ["reason"]
    with office.app.change(office.drafter) as work:
        version = withdraw(work, edition_id, version, "Salah tabel").version
    with pytest.raises(ConflictError), office.app.change(office.drafter) as work:
        propose(work, edition_id, version)


@pytest.mark.parametrize("who", ["stranger", "activator", "branch"])
def test_drafting_needs_the_right_for_the_whole_regency(office: Office, who: str) -> None:
    """Neither the right to activate nor a right on a branch lets anybody draft for all."""
    with pytest.raises(PermissionDeniedError):
        drafted(office, getattr(office, who))


@pytest.mark.parametrize("who", ["stranger", "second_drafter", "branch"])
def test_activating_needs_the_right_for_the_whole_regency(office: Office, who: str) -> None:
    """Neither the right to draft nor a right on a branch puts anything in force for all."""
    edition_id, version = proposed(office, office.drafter)
    identity = getattr(office, who)
    with pytest.raises(PermissionDeniedError) as refused, office.app.change(identity) as work:
        activate(work, edition_id, version)
    assert refused.value.code == "permission_denied"


def test_activation_tells_listeners_from_which_day(office: Office) -> None:
    """One event names kind, edition and the first day whose figures may have moved."""
    edition_id = activated(office, effective_from=dt.date(2026, 3, 1))
    assert told(office.app, "core.edition_activated") == [
        {"kind": KIND.name, "edition_id": str(edition_id), "effective_from": "2026-03-01"}
    ]
