"""Titles of dossiers that hold secret records alone: seen by who may read one, or file there."""

from collections.abc import Sequence
from uuid import UUID

import attrs
import pytest

from leuit.identity import SYSTEM, Identity
from leuit.values import NotFoundError
from leuit.work import Leuit, View
from leuit_archives.models import Dossier
from leuit_archives.service.appraising import awaiting
from leuit_archives.service.disposals import candidates
from leuit_archives.service.holds import (
    HoldQuestion,
    begin_hold,
    held_by,
    holds_of,
    listed_holds,
)
from leuit_archives.service.official_lists import DOSSIERS, INACTIVE_RECORDS, Asked, numbered
from leuit_archives.service.record_access import find_dossier, shown_titles
from leuit_archives.service.record_listing import DossierFilter, dossiers, open_dossiers
from leuit_archives.service.retention_desk import due_by_year, pile, pile_counts
from leuit_archives.service.transfers import due_for_transfer
from tests.archives.ending import Ending, ending
from tests.support.client import Client

pytestmark = pytest.mark.ci

REDACTED = "(uraian disamarkan)"


@attrs.frozen
class Shelf:
    """Inactive dossiers: one of secret records alone, one mixed, an empty and an open one."""

    end: Ending
    secret: UUID
    mixed: UUID
    empty: UUID
    plain: UUID

    @property
    def all(self) -> set[UUID]:
        return {self.secret, self.mixed, self.empty, self.plain}

    @property
    def others(self) -> set[UUID]:
        return self.all - {self.secret}

    def readers(self) -> dict[str, tuple[Identity, set[UUID]]]:
        """Who sees what: without the right to secret papers, who files, who has that right."""
        room = self.end.room
        return {
            "keeper": (self.end.who["keeper"], self.others),
            "head": (room.office.staff(2), self.others),
            "legal": (self.end.who["legal"], self.others),
            "archivist": (room.archivist, self.all),
            "proposer": (self.end.who["proposer"], self.all),
            "stranger": (room.stranger, set()),
        }


@pytest.fixture
def shelf(app: Leuit) -> Shelf:
    """The proposer may read secret papers; the others of the lawful end may not."""
    end = ending(app)
    end.cleared("proposer")
    secret = end.dossier(records=2, source="uji.lain", secrecy="secret", closed=None)
    mixed = end.dossier(records=1, source="uji.lain", secrecy="secret", closed=None)
    end.filed_into(mixed)
    for one in (secret, mixed):
        end.closed(one)
        end.transferred(one)
    return Shelf(end, secret, mixed, end.dossier(records=0), end.dossier())


def windows(view: View, shelf: Shelf) -> dict[str, set[UUID]]:
    """Every list that shows dossiers, of those on the shelf."""
    listed = dossiers(view, DossierFilter(), 99)
    signatures = {one: str(one) for one in shelf.all}
    with shelf.end.app.read(SYSTEM) as whole:
        for one in shelf.all:
            signatures[one] = whole.session.get_one(Dossier, one).title
    by_title = {title: one for one, title in signatures.items()}

    def told(wanted: object) -> set[UUID]:
        rows = numbered(view, wanted, Asked())  # type: ignore[arg-type]  # lists of the loop
        return {by_title[row["description"]] for row in rows}

    searched = {
        one.dossier.id
        for title in by_title
        for one in dossiers(view, DossierFilter(text=title), 99)
    }
    return {
        "list": {one.dossier.id for one in listed},
        "search": searched,
        "pile": {one.dossier.id for one in pile(view, "disposal", 99)},
        "daftar berkas": told(DOSSIERS),
        "daftar arsip inaktif": told(INACTIVE_RECORDS),
        "one": {one for one in shelf.all if found(view, one)},
    }


def found(view: View, dossier: UUID) -> bool:
    try:
        find_dossier(view, dossier)
    except NotFoundError:
        return False
    return True


def test_every_list_shows_a_reader_the_same_dossiers(shelf: Shelf) -> None:
    """Rows, counts, search, piles, official lists and the dossier itself, by one rule."""
    for name, (reader, expected) in shelf.readers().items():
        with shelf.end.app.read(reader) as view:
            for window, seen in windows(view, shelf).items():
                assert seen == expected, (name, window)
            assert pile_counts(view)["disposal"] == len(expected), name
            assert sum(one.count for one in due_by_year(view)) == len(expected), name


def test_holds_count_what_the_reader_may_see(shelf: Shelf) -> None:
    """A hold on the secret dossier alone is seen by who sees that; of both, the rest is."""
    end = shelf.end
    with end.app.change(SYSTEM) as work:
        question = HoldQuestion(unit_id=end.room.unit)
        hold = begin_hold(work, "1/Pdt/2026", "Perkara", question)
    for name, (reader, expected) in shelf.readers().items():
        with end.app.read(reader) as view:
            assert {one.id for one in held_by(view, hold, 99)} == expected, name
            assert [one.count for one in listed_holds(view)] == (
                [len(expected)] if expected else []
            )
            held = {one.dossier.id for one in pile(view, "held", 99)}
            assert held == expected, name
    with end.app.read(SYSTEM) as view:
        assert len(holds_of(view, view.session.get_one(Dossier, shelf.secret))) == 1


def test_secret_dossiers_end_by_who_may_read_them(shelf: Shelf) -> None:
    """They are candidates of the proposer with that right alone; nobody else proposes them."""
    end = shelf.end
    with end.app.read(end.who["proposer"]) as view:
        listed = {one.standing.dossier.id for one in candidates(view, end.root, "destroy")}
    assert listed == shelf.all
    end.cleared("proposer", no_longer=True)
    with end.app.read(end.who["proposer"]) as view:
        listed = {one.standing.dossier.id for one in candidates(view, end.root, "destroy")}
        assert listed == shelf.others
        assert due_for_transfer(view, end.room.unit) == []
        assert awaiting(view, None, 9) == []
    with pytest.raises(NotFoundError):
        end.proposed(shelf.secret)
    with pytest.raises(NotFoundError):
        end.hold("1/Pdt/2026", shelf.secret)


def test_pickers_offer_no_secret_title(shelf: Shelf) -> None:
    """Of open dossiers, too: only who files in the unit or may read one is offered it."""
    end = shelf.end
    open_one = end.dossier(records=1, source="uji.lain", secrecy="secret", closed=None)
    offered: dict[str, Sequence[Dossier]] = {}
    for name, (reader, _expected) in shelf.readers().items():
        with end.app.read(reader) as view:
            offered[name] = open_dossiers(view, end.room.unit, "", 9)
    assert {name: [one.id for one in rows] for name, rows in offered.items()} == {
        "keeper": [],
        "head": [],
        "legal": [],
        "archivist": [open_one],
        "proposer": [open_one],
        "stranger": [],
    }


def test_a_frozen_list_stays_whole_with_redacted_titles(shelf: Shelf) -> None:
    """Whoever appraises or executes it without the right sees numbers, not titles."""
    end = shelf.end
    [disposal] = end.proposed(shelf.secret, shelf.plain)
    titles = {one.dossier_id: one.title for one in end.items(disposal)}
    with end.app.read(end.who["keeper"]) as view:
        assert shown_titles(view, titles) == {
            shelf.secret: REDACTED,
            shelf.plain: titles[shelf.plain],
        }
    with end.app.read(end.who["proposer"]) as view:
        assert shown_titles(view, titles) == titles


def test_pages_and_programs_do_not_tell_it(shelf: Shelf, client: Client) -> None:
    """Lists, the dossier, its card, its lists, frozen lists and the API."""
    end = shelf.end
    with end.app.read(SYSTEM) as view:
        title = view.session.get_one(Dossier, shelf.secret).title
    assert title.startswith("Berkas ")
    word = f">{title}<"
    [disposal] = end.proposed(shelf.secret, shelf.plain)
    path = f"/archives/disposals/{disposal}"
    shown = ("/archives/dossiers", "/archives/desk?pile=disposal", path)
    api = "/api/archives/v1/dossiers"
    with client.as_(end.who["keeper"]):
        for page in shown:
            answer = client.get(page)
            assert (answer.status_code, word in answer.text) == (200, False), page
        assert REDACTED in client.get(path).text
        for gone in ("", "/retention", "/bag", "/list?format=xlsx"):
            assert client.get(f"/archives/dossiers/{shelf.secret}{gone}").status_code == 404
        assert client.get(f"{api}/{shelf.secret}").status_code == 404
        listed = client.get(api).json()["items"]
        assert str(shelf.secret) not in {one["id"] for one in listed}
        assert {str(one) for one in shelf.others} <= {one["id"] for one in listed}
    with client.as_(end.who["proposer"]):
        assert word in client.get("/archives/dossiers").text
        assert client.get(f"{api}/{shelf.secret}").json()["title"] == title
