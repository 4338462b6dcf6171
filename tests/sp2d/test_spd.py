"""Issuing an SPD: never more than what is left, one content per number, also under a race."""

import itertools
import threading
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from leuit.builtin.organisation import ChangedReportError, RefusedRowsError
from leuit.identity import SYSTEM
from leuit.values import InvalidInputError, NotFoundError, PermissionDeniedError
from leuit.work import AuditEntry, Leuit
from leuit_sp2d.models import Entry, Spd, SpdLine
from leuit_sp2d.rules.limits import Pockets
from leuit_sp2d.service.budget_lines import LineState, NumberTakenError
from leuit_sp2d.service.spd import SpdHead, SpdPlan, issue_spd, try_spd
from leuit_sp2d.service.spd_request import (
    Share,
    parse_percent,
    read_spd,
    share_of,
    typed_lines,
)
from tests.sp2d.budget_office import (
    DAY,
    FUEL,
    KEYS,
    PAPER,
    TRAVEL,
    YEAR,
    BudgetOffice,
    open_office,
)

pytestmark = pytest.mark.ci


@pytest.fixture
def office(app: Leuit) -> BudgetOffice:
    """A unit with three lines, nothing of them released."""
    office = open_office(app)
    office.bring_in({PAPER: 1001, FUEL: 500, TRAVEL: 30})
    return office


def sentences(error: RefusedRowsError) -> list[tuple[str, list[str]]]:
    """Each row's status and faults."""
    return [(row.status, [fault.sentence() for fault in row.faults]) for row in error.report.rows]


def test_an_spd_makes_money_free(office: BudgetOffice) -> None:
    """What it releases moves from unreleased to free, by entries of its own; the log tells."""
    issued = office.release({PAPER: 250, FUEL: 500})
    assert issued.report is not None
    assert [str(change) for row in issued.report.rows for change in row.changes] == [
        "Dilepas Rp250; yang belum di-SPD tinggal Rp751.",
        "Dilepas Rp500; yang belum di-SPD tinggal Rp0.",
    ]
    assert office.pockets(PAPER) == Pockets(751, 250, 0, 0)
    assert office.pockets(FUEL) == Pockets(0, 500, 0, 0)
    assert office.pockets(TRAVEL) == Pockets(30, 0, 0, 0)
    with office.app.read(SYSTEM) as view:
        assert view.session.execute(select(Spd.total)).scalar_one() == 750
        causes = view.session.execute(
            select(Entry.cause_id).where(Entry.cause_kind == "spd")
        ).scalars()
        assert set(causes) == {issued.id}
        assert "sp2d.spd.issued" in view.session.execute(select(AuditEntry.action)).scalars().all()
    assert office.unbalanced() == []


def test_more_than_what_is_left_is_refused_line_by_line(office: BudgetOffice) -> None:
    """Every row that asks too much says what is left; nothing is released."""
    office.release({PAPER: 1000})
    strange = (PAPER[0], "5.1.02.77.77.7777")
    with pytest.raises(RefusedRowsError) as caught:
        office.release({PAPER: 2, FUEL: 500, strange: 1}, "SPD/2")
    assert sentences(caught.value) == [
        ("ditolak", ["Diminta Rp2, padahal yang belum di-SPD tinggal Rp1."]),
        ("baru", []),
        ("ditolak", ["Baris anggaran itu tidak ada di DPA unit ini."]),
    ]
    assert office.pockets(FUEL) == Pockets(500, 0, 0, 0)
    office.release({PAPER: 1}, "SPD/2")
    assert office.pockets(PAPER) == Pockets(0, 1001, 0, 0)


def test_a_share_is_of_the_ceiling_rounded_down_and_never_above_the_rest(
    office: BudgetOffice,
) -> None:
    """Four quarters leave the rupiah of rounding; 100 percent releases them."""
    for quarter in (1, 2, 3, 4):
        office.release("25", f"SPD/{quarter}", quarter)
    assert [office.pockets(key).unreleased for key in KEYS] == [1, 0, 2]
    office.release("100", "SPD/5", 4)
    assert [office.pockets(key).unreleased for key in KEYS] == [0, 0, 0]
    with pytest.raises(InvalidInputError, match="Tidak ada yang dilepas"):
        office.release("100", "SPD/6", 4)
    assert office.unbalanced() == []


@given(
    ceiling=st.integers(0, 10**15 - 1),
    released=st.integers(0, 10**15 - 1),
    percent=st.decimals(Decimal("0.01"), 100, places=2),
)
def test_a_share_is_exact(ceiling: int, released: int, percent: Decimal) -> None:
    """For every amount and percentage it is the floor of the exact share, or what is left."""
    released = min(released, ceiling)
    line = LineState(
        None,  # type: ignore[arg-type]  # no line of a database
        "",
        "",
        "",
        "",
        Pockets(ceiling - released, released, 0, 0),
    )
    hundredths = int(percent * 100)
    assert share_of(line, percent) == min(ceiling * hundredths // 10_000, ceiling - released)


@pytest.mark.parametrize("text", ["0", "", "-1", "100,01", "101", "1e1", "NaN", "12.345", "١٠"])
def test_what_is_no_share_is_refused(text: str) -> None:
    """Above zero, at most a hundred, two decimals."""
    with pytest.raises(InvalidInputError):
        parse_percent(text)


def test_shares_are_read_as_people_write_them() -> None:
    """With comma or dot, with or without the sign."""
    assert [parse_percent(text) for text in ("25", "12,5", "0.01", "100 %")] == [
        Decimal(25),
        Decimal("12.5"),
        Decimal("0.01"),
        Decimal(100),
    ]


def test_a_file_names_lines_and_amounts(office: BudgetOffice) -> None:
    """Repeats, wrong codes and wrong amounts are faults of their rows."""
    text = (
        "sub_kegiatan,rekening,nilai\n"
        f"{PAPER[0]},{PAPER[1]},1.000\n"
        f"{PAPER[0]},{PAPER[1]},1\n"
        f"{FUEL[0]},{FUEL[1]},0\n"
        "x,y,NaN\n"
    )
    head = SpdHead(office.unit, YEAR, 1, "SPD/1", DAY)
    with pytest.raises(RefusedRowsError) as caught:
        issue_spd(office.app, office.keeper, head, read_spd(text.encode()))
    assert [
        (row.status, {fault.path for fault in row.faults}) for row in caught.value.report.rows
    ] == [
        ("baru", set()),
        ("ditolak", {"rekening"}),
        ("ditolak", {"nilai"}),
        ("ditolak", {"sub_kegiatan", "rekening", "nilai"}),
    ]
    text = f"sub_kegiatan;rekening;nilai\n{PAPER[0]};{PAPER[1]};1.000\n"
    issue_spd(office.app, office.keeper, head, read_spd(text.encode()))
    assert office.pockets(PAPER).free == 1000


def test_the_same_number_gives_the_first_answer_or_a_conflict(office: BudgetOffice) -> None:
    """Once a year in the whole regency; a share asks for the same again, not for more."""
    first = office.release("60")
    again = office.release("60")
    assert (again.id, again.is_repeated) == (first.id, True)
    same = {PAPER: 600, FUEL: 300, TRAVEL: 18}
    assert office.release(same).id == first.id
    office.bring_in({PAPER: 5}, unit_id=office.people.sibling)
    for amounts, given_ in (
        ("61", {}),
        ({PAPER: 600}, {}),
        (same | {PAPER: 999_999}, {}),
        ("60", {"quarter": 2}),
        ("60", {"unit": office.people.sibling}),
    ):
        with pytest.raises(NumberTakenError):
            office.release(amounts, **given_)
    assert office.pockets(PAPER) == Pockets(401, 600, 0, 0)
    with office.app.read(SYSTEM) as view:
        assert view.session.execute(select(func.count()).select_from(Spd)).scalar_one() == 1


def test_another_outcome_than_the_one_read_is_refused(office: BudgetOffice) -> None:
    """With the digest of a report, issuing does what the report said or nothing."""
    head = SpdHead(office.unit, YEAR, 2, "SPD/2", DAY)
    asked = typed_lines({PAPER: "100"})
    with office.app.read(office.keeper) as view:
        plan = try_spd(view, head, asked)
    assert isinstance(plan, SpdPlan)
    office.release({PAPER: 5})
    with pytest.raises(ChangedReportError):
        issue_spd(office.app, office.keeper, head, asked, digest=plan.report.digest)
    assert office.pockets(PAPER).free == 5


def test_only_who_may_release_for_the_unit_does(office: BudgetOffice) -> None:
    """The permission is asked for on the unit itself; a unit that is none is not found."""
    head = SpdHead(office.unit, YEAR, 1, "SPD/1", DAY)
    asked = Share(Decimal(25))
    with pytest.raises(PermissionDeniedError):
        issue_spd(office.app, office.reader, head, asked)
    with pytest.raises(PermissionDeniedError), office.app.read(office.reader) as view:
        try_spd(view, head, asked)
    strange = SpdHead(office.people.member.account_id or office.unit, YEAR, 1, "SPD/1", DAY)
    with pytest.raises(NotFoundError):
        issue_spd(office.app, office.keeper, strange, asked)
    with pytest.raises(InvalidInputError):
        issue_spd(office.app, office.keeper, SpdHead(office.unit, YEAR, 5, "", DAY), asked)
    assert not issue_spd(office.app, office.unit_keeper, head, asked).is_repeated


def race(*acts: Any) -> list[BaseException]:
    """Run the acts at once, each in a thread; what they raised."""
    start = threading.Barrier(len(acts))
    raised: list[BaseException] = []

    def run(act: Any) -> None:
        start.wait()
        try:
            act()
        except (RefusedRowsError, NumberTakenError) as error:
            raised.append(error)

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return raised


def test_racing_spds_never_pass_what_is_left(office: BudgetOffice) -> None:
    """Of six SPDs that each want 400 of 1001, two are issued and four are told what is left."""
    raised = race(
        *(
            lambda number=number: office.release({PAPER: 400, FUEL: 1}, f"SPD/{number}")
            for number in range(6)
        )
    )
    assert len(raised) == 4
    assert all(isinstance(error, RefusedRowsError) for error in raised)
    assert office.pockets(PAPER) == Pockets(201, 800, 0, 0)
    assert office.unbalanced() == []


def test_the_same_spd_sent_at_once_is_issued_once(office: BudgetOffice) -> None:
    """A pressed button that is pressed again gives the first answer, not a second SPD."""
    assert race(*(lambda: office.release("50") for _ in range(4))) == []
    assert office.pockets(PAPER) == Pockets(501, 500, 0, 0)


def test_one_number_of_two_units_is_given_once(office: BudgetOffice) -> None:
    """Units do not wait for each other, but a number is one in the regency."""
    sibling = office.people.sibling
    office.bring_in({PAPER: 10}, unit_id=sibling)
    raised = race(
        lambda: office.release({PAPER: 10}), lambda: office.release({PAPER: 10}, unit=sibling)
    )
    assert len(raised) == 1
    assert isinstance(raised[0], NumberTakenError)
    assert office.pockets(PAPER).free + office.pockets(PAPER, sibling).free == 10
    assert office.unbalanced() == []


def test_an_edition_racing_with_an_spd_leaves_the_books_balanced(office: BudgetOffice) -> None:
    """Whichever comes first, the line has its new ceiling and nothing is released above it."""
    race(
        lambda: office.bring_in({PAPER: 300}, "DPA/2"),
        lambda: office.release({PAPER: 900}),
    )
    pockets = office.pockets(PAPER)
    assert pockets.ceiling == 300
    assert pockets.free in (0, 300)
    assert office.unbalanced() == []


STEP = st.one_of(
    st.tuples(
        st.just("dpa"), st.dictionaries(st.sampled_from(KEYS), st.integers(0, 1000), min_size=1)
    ),
    st.tuples(
        st.just("spd"), st.dictionaries(st.sampled_from(KEYS), st.integers(1, 600), min_size=1)
    ),
    st.tuples(st.just("share"), st.sampled_from(["10", "25", "33,33", "100"])),
    st.tuples(st.just("pay"), st.tuples(st.sampled_from(KEYS), st.integers(1, 400))),
)


class Book:
    """A slow book of one year, written from the rule: by line its ceiling, releases and holds.

    An edition sets the ceiling, an SPD adds to what is released, and a ceiling below what is
    released takes the release back, never below what is held. Acts that the rule refuses raise
    ValueError.
    """

    def __init__(self) -> None:
        self.lines: dict[Any, tuple[int, int, int]] = {}

    def edition(self, amounts: dict[Any, int]) -> None:
        full = dict.fromkeys(self.lines, 0) | amounts
        for key, amount in full.items():
            if amount < self.held(key) or (key not in self.lines and amount == 0):
                raise ValueError(key)
        for key, amount in full.items():
            _ceiling, released, held = self.lines.get(key, (0, 0, 0))
            self.lines[key] = (amount, min(released, amount), held)

    def release(self, amounts: dict[Any, int]) -> None:
        if not amounts or any(amount > self.left(key) for key, amount in amounts.items()):
            raise ValueError(amounts)
        for key, amount in amounts.items():
            ceiling, released, held = self.lines[key]
            self.lines[key] = (ceiling, released + amount, held)

    def shares(self, hundredths: int) -> dict[Any, int]:
        whole = {key: line[0] * hundredths // 10_000 for key, line in self.lines.items()}
        given = {key: min(share, self.left(key)) for key, share in whole.items()}
        return {key: share for key, share in given.items() if share}

    def pay(self, key: Any, amount: int) -> None:
        ceiling, released, held = self.lines.get(key, (0, 0, 0))
        if released - held < amount:
            raise ValueError(key)
        self.lines[key] = (ceiling, released, held + amount)

    def left(self, key: Any) -> int:
        ceiling, released, _held = self.lines.get(key, (0, 0, 0))
        return ceiling - released

    def held(self, key: Any) -> int:
        return self.lines.get(key, (0, 0, 0))[2]


@pytest.fixture
def numbered(office: BudgetOffice) -> Iterator[tuple[int, BudgetOffice]]:
    """A fresh unit for each example, with a number of its own."""
    return ((number, office.elsewhere()) for number in itertools.count(1))


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=1, max_size=8))
def test_any_course_of_editions_and_spds_balances(
    numbered: Iterator[tuple[int, BudgetOffice]], steps: list[Any]
) -> None:
    """Pockets, entries and the active edition agree with a slow book after each step."""
    (run, office), book = next(numbered), Book()
    for number, (what, given_) in enumerate(steps):
        try:
            if what == "dpa":
                book.edition(given_)
            elif what == "spd":
                book.release(given_)
            elif what == "share":
                book.release(book.shares(int(parse_percent(given_) * 100)))
            else:
                book.pay(*given_)
        except ValueError:
            if what != "pay":
                with pytest.raises((RefusedRowsError, InvalidInputError)):
                    act(office, what, given_, run * 100 + number)
        else:
            act(office, what, given_, run * 100 + number)
        assert office.unbalanced() == []
        for key, (ceiling, released, held) in book.lines.items():
            pockets = office.pockets(key)
            assert pockets.ceiling == ceiling
            assert pockets.free + pockets.reserved + pockets.spent == released
            assert pockets.reserved + pockets.spent == held


def act(office: BudgetOffice, what: str, given_: Any, number: int) -> None:
    """Do a step for real."""
    if what == "dpa":
        office.bring_in(given_, f"DPA/{number}")
    elif what == "pay":
        office.pay(*given_, spent=given_[1] % 2 == 0, value=number)
    else:
        office.release(given_, f"SPD/{number}")


def test_an_spd_keeps_what_it_gave(office: BudgetOffice) -> None:
    """Its rows are its amounts, whatever a later edition draws back."""
    issued = office.release({PAPER: 900})
    office.bring_in({PAPER: 100}, "DPA/2")
    with office.app.read(SYSTEM) as view:
        amount = view.session.execute(
            select(SpdLine.amount).where(SpdLine.spd_id == issued.id)
        ).scalar_one()
    assert amount == 900
    assert office.pockets(PAPER) == Pockets(0, 100, 0, 0)
