"""Letterheads and footers are dated editions: whose words a document bears on which day."""

import datetime as dt
from typing import Any
from uuid import UUID

import pytest

from leuit.builtin.documents import FOOTER, LETTERHEAD, footer_lines, letterhead_on
from leuit.builtin.organisation import create_unit, unit_by_code
from leuit.builtin.regulations import Draft, seed_edition
from leuit.identity import SYSTEM, Unit
from leuit.values import InvalidInputError, NotFoundError, RecordRef, new_id
from leuit.work import Leuit

SINCE = dt.date(2026, 1, 1)
SVG = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def units(app: Leuit) -> dict[str, UUID]:
    """A regency, an office with a division, a kecamatan with a kelurahan."""
    with app.change(SYSTEM) as work:
        root = Unit(
            code="R", name="Kabupaten Contoh", short="R", kind="kabupaten", valid_from=SINCE
        )
        work.session.add(root)
        work.session.flush()
        work.audit("core.unit.created", RecordRef("core.unit", str(root.id)))
    return {"R": root.id} | {
        code: _unit(app, code, name, parent)
        for code, name, parent in (
            ("DINKES", "Dinas Kesehatan", "R"),
            ("BIDANG", "Bidang Pelayanan", "DINKES"),
            ("KEC", "Kecamatan Contoh", "R"),
            ("KEL", "Kelurahan Contoh", "KEC"),
        )
    }


def _unit(app: Leuit, code: str, name: str, parent: str) -> UUID:
    with app.change(SYSTEM) as work:
        above = unit_by_code(work, parent)
        assert above is not None
        made = create_unit(work, code=code, name=name, kind="dinas", parent_id=above.id, on=SINCE)
    return made.id


def enact(app: Leuit, kind: str, body: dict[str, Any], since: dt.date = SINCE) -> None:
    """Put an edition in force."""
    draft = Draft(
        title="Contoh",
        legal_basis="Perbup contoh",
        confidence="secondary",
        effective_from=since,
        body=body,
    )
    with app.change(SYSTEM) as work:
        seed_edition(work, kind, draft)


def head(app: Leuit, unit: UUID, on: dt.date = SINCE) -> tuple[str, ...]:
    """Government and names of a unit's letterhead."""
    with app.read(SYSTEM) as view:
        found = letterhead_on(view, unit, on)
    return found.government, *found.names


def test_without_an_edition_units_lend_their_names(app: Leuit, units: dict[str, UUID]) -> None:
    """The regency is named, and the office right below it, also for its divisions."""
    assert head(app, units["DINKES"]) == ("Kabupaten Contoh", "Dinas Kesehatan")
    assert head(app, units["BIDANG"]) == ("Kabupaten Contoh", "Dinas Kesehatan")
    assert head(app, units["R"]) == ("Kabupaten Contoh",)
    with app.read(SYSTEM) as view:
        assert letterhead_on(view, units["R"], SINCE).placed(SINCE) == "1 Januari 2026"


def test_the_nearest_own_words_are_borne(app: Leuit, units: dict[str, UUID]) -> None:
    """A kelurahan's own letterhead is its own; those of the Bupati go down to nobody; address,
    emblem and place come from the default where the unit has none.
    """
    own = [
        {
            "code": "KEL",
            "names": ["Kecamatan Contoh", "Kelurahan Contoh"],
            "address": ["Jl. K"],
            "place": "Kelurahan",
        },
        {"code": "R", "names": ["Bupati Contoh"], "emblem": SVG},
    ]
    book = {
        "government": "Pemerintah Contoh",
        "address": ["Jl. Umum"],
        "contact": "c",
        "place": "Kota",
        "units": own,
    }
    enact(app, LETTERHEAD, book)
    assert head(app, units["KEL"]) == ("Pemerintah Contoh", "Kecamatan Contoh", "Kelurahan Contoh")
    assert head(app, units["KEC"]) == ("Pemerintah Contoh", "Kecamatan Contoh")
    assert head(app, units["R"]) == ("Pemerintah Contoh", "Bupati Contoh")
    with app.read(SYSTEM) as view:
        ward = letterhead_on(view, units["KEL"], SINCE)
        regent = letterhead_on(view, units["R"], SINCE)
    assert (ward.address, ward.contact, ward.emblem) == (("Jl. K",), "c", "")
    assert (regent.address, regent.emblem) == (("Jl. Umum",), SVG)
    assert ward.placed(SINCE) == "Kelurahan, 1 Januari 2026"
    assert regent.placed(SINCE) == "Kota, 1 Januari 2026"


def test_a_later_edition_changes_later_documents_only(app: Leuit, units: dict[str, UUID]) -> None:
    """Each day has its own words."""
    later = dt.date(2026, 6, 1)
    enact(app, LETTERHEAD, {"government": "Lama"})
    enact(app, LETTERHEAD, {"government": "Baru"}, later)
    assert head(app, units["R"], later - dt.timedelta(days=1)) == ("Lama",)
    assert head(app, units["R"], later) == ("Baru",)


def test_a_unit_that_is_not_there_has_no_letterhead(app: Leuit, units: dict[str, UUID]) -> None:
    """Unknown units and days before a unit began are told apart from a unit without words."""
    for unit, day in ((new_id(), SINCE), (units["KEL"], SINCE - dt.timedelta(days=1))):
        with app.read(SYSTEM) as view, pytest.raises(NotFoundError):
            letterhead_on(view, unit, day)


@pytest.mark.parametrize(
    "body",
    [
        {"government": "x", "emblem": "bukan svg"},
        {"government": "x", "emblem": "<svg><a></svg>"},
        {"government": "x", "emblem": "<html/>"},
        {"government": "x", "emblem": '<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>'},
        {"government": "x", "emblem": '<svg><image href="file:///etc/passwd"/></svg>'},
        {"government": "x", "emblem": "<svg>" + " " * 100_000 + "</svg>"},
        {"government": "x", "units": [{"code": "A", "names": []}] * 2},
        {"government": "x", "unknown": 1},
    ],
)
def test_letterheads_that_cannot_be_drawn_are_refused(app: Leuit, body: dict[str, Any]) -> None:
    """A picture that is no picture, or refers outside, never becomes an edition."""
    with pytest.raises(InvalidInputError):
        enact(app, LETTERHEAD, body)


def test_footer_lines_hold_from_their_day(app: Leuit) -> None:
    """None before the edition, its lines from its day on."""
    enact(app, FOOTER, {"lines": ["satu", "dua"]})
    with app.read(SYSTEM) as view:
        assert footer_lines(view, SINCE) == ("satu", "dua")
        assert footer_lines(view, SINCE - dt.timedelta(days=1)) == ()


@pytest.mark.parametrize("lines", [[], [" "], ["x" * 401], ["x"] * 7])
def test_footers_that_do_not_fit_are_refused(app: Leuit, lines: list[str]) -> None:
    """One to six lines, none empty, none endless."""
    with pytest.raises(InvalidInputError):
        enact(app, FOOTER, {"lines": lines})
