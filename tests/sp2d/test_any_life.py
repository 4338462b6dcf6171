"""Any life of payments, by any people, with retries and crashes, is as the law's oracle says."""

from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from leuit.values import ManualClock
from leuit.work import Leuit
from tests.sp2d.course import World, check_numbers, world
from tests.sp2d.course_people import RIGHTS
from tests.sp2d.oracle import STEPS
from tests.sp2d.treasury import treasury
from tests.sp2d.wishes import PAYEES, Wish

_WHO = st.sampled_from([*RIGHTS, "sp2d", "sp2d", "bud"])
_KEY = st.integers(0, 3)
_BEHIND = st.sampled_from([0, 0, 0, 0, 1])
_MOSTLY = st.sampled_from([True, True, True, False])
_WISH = st.builds(
    Wish,
    amounts=st.sampled_from([(20, 0), (20, 10), (35, 0), (30, 60), (60, 0), (61, 0), (0, 101)]),
    invoice=st.integers(0, 2),
    payee=st.integers(0, len(PAYEES) - 1),
    kept=st.sampled_from(["none", "tenth", "tenth", "told", "all"]),
    kind=st.sampled_from(["LS_BJ", "LS_BJ", "LS_GAJI", "UP", "GU"]),
    fault=st.sampled_from(["", "", "", "", "", "kind", "purpose", "bank", "year"]),
    lpj=st.integers(0, 3),
)
_REFILL = st.builds(Wish, amounts=st.just((0, 0)), kind=st.just("GU"), lpj=st.integers(0, 3))
_EASY = st.builds(
    Wish,
    amounts=st.sampled_from([(20, 0), (20, 10), (35, 0)]),
    invoice=st.integers(3, 9),
    kept=st.sampled_from(["none", "tenth"]),
)
_SPENT = st.sampled_from([(20, 0), (30, 25), (50, 0), (0, 20), (61, 0), (50, 51), (0, 0)])
_PARTS = st.sampled_from([(3, 0), (0, 5), (20, 0), (20, 10), (35, 0), (21, 0), (0, 0)])
_ACT: st.SearchStrategy[tuple[Any, ...]] = st.one_of(
    st.tuples(
        st.just("draft"), st.sampled_from(["draft", "many", "second", "spp"]), _WISH, _MOSTLY
    ),
    st.tuples(st.just("walk"), _KEY, st.integers(1, 6)),
    st.tuples(st.just("walk"), _KEY, st.just(6)),
    st.tuples(st.just("due"), _WHO, _KEY, _BEHIND, _MOSTLY, _MOSTLY),
    st.tuples(st.just("step"), _WHO, _KEY, st.sampled_from(STEPS), _BEHIND),
    st.tuples(st.just("back"), _WHO, _KEY, _BEHIND, _MOSTLY),
    st.tuples(st.just("right_back"), _KEY, _BEHIND, _MOSTLY),
    st.tuples(st.just("refuse"), _WHO, _KEY, _BEHIND, _MOSTLY),
    st.tuples(st.just("right_refuse"), _KEY, _BEHIND, _MOSTLY),
    st.tuples(st.just("revise"), _WHO, _KEY, _WISH, _BEHIND),
    st.tuples(st.just("cancel"), _WHO, _KEY, _BEHIND),
    st.tuples(st.just("document"), _KEY),
    st.tuples(st.just("void"), st.sampled_from(["sp2d", "bud", "test"]), _KEY, _BEHIND, _MOSTLY),
    st.tuples(st.just("send"), st.sampled_from(["sp2d", "sp2d", "sp2d", "bud", "spm"])),
    st.tuples(
        st.just("bank"),
        st.sampled_from(["sp2d", "sp2d", "sp2d", "bud", "keeper"]),
        st.integers(0, 3),
        st.sampled_from([0, 0, 1, 2, 3]),
        _MOSTLY,
    ),
    st.tuples(
        st.just("repeat"), st.sampled_from(["sp2d", "sp2d", "bud", "spp"]), _KEY, _BEHIND, _MOSTLY
    ),
    st.tuples(
        st.just("refund"),
        st.sampled_from(["sp2d", "sp2d", "bud", "spm"]),
        _KEY,
        st.sampled_from(["STS/1", "STS/2", ""]),
        _PARTS,
        _MOSTLY,
    ),
    st.tuples(
        st.just("budget"),
        st.sampled_from(["keeper", "keeper", "keeper", "sp2d"]),
        st.integers(0, 1),
        st.sampled_from(["dpa", "less", "spd"]),
        st.sampled_from([5, 40, 100]),
    ),
    st.tuples(st.just("draft"), st.just("draft"), _REFILL, st.just(True)),
    st.tuples(
        st.just("account"),
        st.sampled_from(["spp", "spp", "many", "spm"]),
        _SPENT,
        st.integers(0, 2),
    ),
    st.tuples(st.just("spend"), _SPENT, st.integers(0, 9)),
    st.tuples(
        st.just("move_account"),
        st.sampled_from(["spp", "verify", "many", "spm"]),
        _KEY,
        st.sampled_from(["submitted", "approved", "returned", "dropped"]),
        _BEHIND,
        _MOSTLY,
    ),
    st.tuples(
        st.just("mend_account"),
        st.sampled_from(["spp", "spp", "many", "verify"]),
        _KEY,
        _SPENT,
        st.integers(0, 2),
        _BEHIND,
    ),
    st.tuples(st.just("again")),
    st.tuples(st.just("crash"), st.integers(1, 45)),
)
_START = st.lists(st.tuples(_EASY, st.integers(0, 6)), min_size=1, max_size=2)


@pytest.mark.parametrize(
    "examples, longest",
    [
        (3, 15),
        pytest.param(25, 25, marks=pytest.mark.ci),
        pytest.param(100, 40, marks=pytest.mark.soak),
        pytest.param(2_000, 60, marks=pytest.mark.soak),
    ],
)
def test_any_life_is_as_the_law_says(
    app: Leuit, clock: ManualClock, examples: int, longest: int
) -> None:
    """No rupiah above a limit, twice or without SP2D; numbers without gaps; people kept apart.

    After each request the whole store is compared with the oracle.
    """
    made = world(treasury(app), clock)

    @settings(
        max_examples=examples,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
        phases=[Phase.generate, Phase.shrink],
    )
    @given(
        start=_START,
        acts=st.lists(_ACT, min_size=8, max_size=longest),
        paid=st.booleans(),
        funded=st.sampled_from([0, 0, 60, 100]),
    )
    def holds(
        start: list[tuple[Wish, int]], acts: list[tuple[Any, ...]], paid: bool, funded: int
    ) -> None:
        made.begin()
        if funded:
            fund(made, funded)
        for wish, steps in start:
            made.draft("draft", wish)
            if made.keys:
                made.walk(made.keys[-1], steps)
        if paid:
            made.send("sp2d")
            made.statement("sp2d", 0, 0, later=True)
        made.check()
        for act in acts:
            follow(made, *act)
            made.check()
        check_numbers(app)

    holds()


def fund(made: World, amount: int) -> None:
    """The unit has its float, of so many million, and has spent half of it."""
    made.draft("draft", Wish((amount, 0), kind="UP"))
    made.walk(made.keys[0], 6)
    made.send("sp2d")
    made.statement("sp2d", 0, 0, later=True)
    made.spend((amount // 2, 0), 0)
    made.draft("draft", Wish((0, 0), kind="GU"))
    made.check()


def follow(made: World, what: str, *told: Any) -> None:
    """One act of a course."""
    if what == "draft":
        who, wish, documents = told
        made.draft(who, wish, documents=documents)
    elif what in ("send", "budget", "account", "spend"):
        getattr(made, what)(*told)
    elif what == "bank":
        who, batch, returned, later = told
        made.statement(who, batch, returned, later=later)
    elif what == "again":
        if made.again is not None:
            made.again()
    elif what in ("move_account", "mend_account"):
        who, place, *rest = told
        if made.lpjs:
            _follow_account(made, what, who, made.lpjs[place % len(made.lpjs)], *rest)
    elif what == "crash":
        made.crash_after = told[0]
    elif made.keys:
        _follow_one(made, what, *told)


def _follow_account(made: World, what: str, who: str, key: UUID, *told: Any) -> None:
    """An act on one of the LPJs."""
    if what == "mend_account":
        made.mend_account(who, key, *told)
    else:
        moved, behind, coded = told
        made.move_account(who, key, moved, behind, coded=coded)


def _follow_one(made: World, what: str, *told: Any) -> None:
    """An act on one of the payments."""
    place = 0 if what in ("walk", "right_back", "right_refuse", "document") else 1
    key = made.keys[told[place] % len(made.keys)]
    who, rest = told[0], told[place + 1 :]
    state = made.book.slips[key].state
    if what == "walk":
        made.walk(key, *rest)
    elif what == "document":
        made.document(key)
    elif what == "due" and state in STEPS:
        made.step(who, key, state, rest[0], fits=rest[1], sptjm=rest[2])
    elif what == "step":
        made.step(who, key, *rest)
    elif what in ("back", "refuse") and state in STEPS:
        getattr(made, what)(who, key, state, rest[0], coded=rest[1])
    elif what in ("right_back", "right_refuse") and state in STEPS:
        ends = getattr(made, what.removeprefix("right_"))
        ends(made.free(key, state), key, state, rest[0], coded=rest[1])
    elif what == "revise":
        made.revise(who, key, *rest)
    elif what == "cancel":
        made.cancel(who, key, *rest)
    elif what == "void":
        made.void(who, key, rest[0], coded=rest[1])
    elif what == "repeat":
        made.repeat(who, key, rest[0], sound=rest[1])
    elif what == "refund":
        number, parts, dated = rest
        made.refund(who, key, number, parts, dated=dated)
