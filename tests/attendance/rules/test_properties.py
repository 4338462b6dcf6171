"""Properties of the engine over many duties, editions and taps."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from leuit_attendance.rules import (
    Absence,
    DayPattern,
    DayVerdict,
    DeductionTable,
    Duty,
    Holiday,
    MatchingRule,
    Punch,
    Rest,
    judge_day,
    judge_days,
    matching_window,
    sum_month,
)
from tests.attendance.rules.office import USUAL, duty_on

FAR = datetime(2030, 1, 1)

patterns = st.builds(
    DayPattern,
    start=st.times(max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
    end=st.times(max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
    tolerance_minutes=st.sampled_from([0, 0, 15, 30]),
    flexi_early_minutes=st.sampled_from([0, 0, 60, 90]),
    flexi_late_minutes=st.sampled_from([0, 0, 10, 90]),
)
rigid = st.builds(
    DayPattern,
    start=st.sampled_from([time(7, 30), time(14), time(21), time(7)]),
    end=st.sampled_from([time(16), time(21), time(7)]),
)
tables = st.builds(
    lambda seconds, matching, missing: evolve(
        USUAL,
        matching=matching,
        classes=evolve(
            USUAL.classes,
            seconds=seconds,
            missing_in="TL4" if missing else None,
            missing_out="PSW4" if missing else None,
        ),
    ),
    st.sampled_from(["cut", "up"]),
    st.builds(
        MatchingRule,
        before_minutes=st.integers(0, 600),
        after_minutes=st.integers(0, 600),
        collapse_seconds=st.integers(0, 600),
    ),
    st.booleans(),
)
moments = st.builds(
    lambda seconds: datetime(2026, 10, 4) + timedelta(seconds=seconds),
    st.integers(0, 5 * 86400),
)
punches = st.lists(st.builds(Punch, moments, st.sampled_from([0, 1, 2, 3, 4, 5, 255])), max_size=12)
as_ofs = st.none() | moments


@st.composite
def rosters(draw: st.DrawFn) -> dict[date, Duty | Rest]:
    """Duties or rest from the 5th to the 8th, each of its own pattern, none overlapping."""
    duties: dict[date, Duty | Rest] = {}
    free_from = datetime(2026, 10, 1)
    for day in range(5, 9):
        local = date(2026, 10, day)
        pattern = draw(st.none() | patterns)
        duties[local] = Rest(local)
        if pattern is not None:
            duty = duty_on(day, pattern, draw(st.booleans()))
            if duty.start >= free_from:
                duties[local] = duty
                free_from = duty.end
    return duties


def judged(
    duties: dict[date, Duty | Rest],
    taps: list[Punch],
    table: DeductionTable,
    as_of: datetime | None = None,
    explain: bool = True,
) -> list[DayVerdict]:
    """All dates of a roster."""
    return judge_days(list(duties), duties, taps, table, as_of=as_of, explain=explain)


@given(rosters(), punches, tables, as_ofs, st.randoms())
def test_the_order_of_punches_is_irrelevant(
    duties: dict[date, Duty | Rest],
    taps: list[Punch],
    table: DeductionTable,
    as_of: datetime | None,
    random: object,
) -> None:
    """Whatever order the devices upload in, the verdicts are the same."""
    shuffled = list(taps)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis types it loosely
    assert judged(duties, taps, table, as_of) == judged(duties, shuffled, table, as_of)


@given(rosters(), punches, tables, st.data())
def test_a_punch_that_comes_twice_counts_once(
    duties: dict[date, Duty | Rest], taps: list[Punch], table: DeductionTable, data: st.DataObject
) -> None:
    """Exact repeats change nothing."""
    again = data.draw(st.lists(st.sampled_from(taps), max_size=5)) if taps else []
    assert judged(duties, taps, table) == judged(duties, taps + again, table)


@given(rosters(), punches, tables, st.floats(0, 1, exclude_max=True))
def test_a_tap_between_in_and_out_changes_nothing(
    duties: dict[date, Duty | Rest], taps: list[Punch], table: DeductionTable, part: float
) -> None:
    """Repeats of the clock-in, breaks and walks to the canteen leave a complete day as it is;
    only its reasons may tell of repeats.
    """
    before = judged(duties, taps, table, explain=False)
    between = [
        Punch(verdict.check_in + timedelta(seconds=int(gap.total_seconds() * part)), 255)
        for verdict in before
        if verdict.check_in is not None and verdict.check_out is not None
        if (gap := verdict.check_out - verdict.check_in)
    ]
    assert judged(duties, taps + between, table, explain=False) == before


@given(rosters(), punches, tables, as_ofs)
def test_reasons_never_change_a_figure(
    duties: dict[date, Duty | Rest],
    taps: list[Punch],
    table: DeductionTable,
    as_of: datetime | None,
) -> None:
    """With and without explanation the verdicts are equal but for their reasons."""
    explained = judged(duties, taps, table, as_of)
    bare = judged(duties, taps, table, as_of, explain=False)
    assert [evolve(verdict, reasons=()) for verdict in explained] == bare
    assert all(verdict.reasons for verdict in explained)


@given(rosters(), punches, tables, moments)
def test_a_punch_outside_every_window_changes_nothing(
    duties: dict[date, Duty | Rest], taps: list[Punch], table: DeductionTable, moment: datetime
) -> None:
    """Only the windows count, and no moment lies in two of them."""
    worked = [duty for duty in duties.values() if isinstance(duty, Duty)]
    holding = 0
    around = [None, *worked, None]
    for place, duty in enumerate(worked):
        before, after = around[place], around[place + 2]
        opens, closes = matching_window(duty, table.matching, before, after)
        holding += opens <= moment < closes
    assert holding <= 1
    if not holding:
        strange = Punch(moment, 0)
        assert judged(duties, [*taps, strange], table) == judged(duties, taps, table)


@given(rosters(), punches, tables, as_ofs)
def test_figures_are_never_negative_and_belong_together(
    duties: dict[date, Duty | Rest],
    taps: list[Punch],
    table: DeductionTable,
    as_of: datetime | None,
) -> None:
    """Minutes and deductions are at least 0, times are in order and are taps that were given."""
    given_moments = {punch.at for punch in taps}
    for verdict in judged(duties, taps, table, as_of):
        assert min(verdict.late_minutes, verdict.early_minutes, verdict.deduction) >= 0
        found = [at for at in (verdict.check_in, verdict.check_out) if at is not None]
        assert found == sorted(found)
        assert given_moments.issuperset(found)
        listed = sum(table.hundredths_by_class.get(name, 0) for name in verdict.classes)
        assert verdict.deduction == listed
        assert len(verdict.classes) <= 2
        if verdict.status == "hadir":
            assert found
        if verdict.status in ("libur", "bebas", "tanpa_keterangan"):
            assert not found


@given(rosters(), punches, tables)
def test_a_day_long_past_is_judged_as_one_without_a_moment(
    duties: dict[date, Duty | Rest], taps: list[Punch], table: DeductionTable
) -> None:
    """When every window has closed, the moment of asking no longer matters."""
    assert judged(duties, taps, table, FAR) == judged(duties, taps, table)


@given(rigid, tables, st.integers(-200, 600), st.integers(1, 300), st.integers(-300, 200))
def test_coming_later_never_costs_less(
    pattern: DayPattern, table: DeductionTable, arrival: int, delay: int, leaving: int
) -> None:
    """Without flexi and tolerance a later arrival has at least the minutes and deduction."""
    duty = duty_on(6, pattern)
    out = Punch(duty.end + timedelta(minutes=leaving), 1)
    first = Punch(duty.start + timedelta(minutes=arrival), 0)
    later = Punch(first.at + timedelta(minutes=delay), 0)
    assume(later.at + table.matching.collapse < out.at)
    assume(first.at >= duty.start - table.matching.before)
    assume(out.at < duty.end + table.matching.after)
    assume(later.at < duty.end)
    assume(out.at > duty.start)
    one = judge_day(duty.day, duty, [first, out], table)
    two = judge_day(duty.day, duty, [later, out], table)
    assert two.late_minutes >= one.late_minutes
    assert two.early_minutes == one.early_minutes
    assert two.deduction >= one.deduction


@given(patterns, tables, st.integers(-90, 90), st.integers(0, 600), st.integers(1, 300))
def test_leaving_later_never_costs_more(
    pattern: DayPattern, table: DeductionTable, arrival: int, stay: int, longer: int
) -> None:
    """A later clock-out of the same arrival has at most the minutes and deduction."""
    duty = duty_on(6, pattern)
    tap_in = Punch(duty.start + timedelta(minutes=arrival), 0)
    first = Punch(tap_in.at + timedelta(minutes=stay), 1)
    later = Punch(first.at + timedelta(minutes=longer), 1)
    assume(first.at - tap_in.at > table.matching.collapse)
    assume(first.at > duty.start)
    assume(tap_in.at < duty.end)
    assume(tap_in.at >= duty.start - table.matching.before)
    assume(later.at < duty.end + table.matching.after)
    one = judge_day(duty.day, duty, [tap_in, first], table)
    two = judge_day(duty.day, duty, [tap_in, later], table)
    assert two.early_minutes <= one.early_minutes
    assert two.late_minutes == one.late_minutes
    assert two.deduction <= one.deduction


@given(rosters(), punches, tables, st.integers(0, 5), st.none() | st.integers(0, 20))
def test_a_month_deducts_between_nothing_and_its_cap(
    duties: dict[date, Duty | Rest],
    taps: list[Punch],
    table: DeductionTable,
    free: int,
    cap: int | None,
) -> None:
    """Free days and caps only lower a month, never below nothing."""
    edition = evolve(table, free_late_days=free, cap_percent=None if cap is None else Decimal(cap))
    verdicts = judged(duties, taps, edition)
    total = sum_month(verdicts, edition)
    assert 0 <= total.deduction <= total.gross == sum(verdict.deduction for verdict in verdicts)
    assert cap is None or total.deduction <= cap * 100
    assert total.deduction <= sum_month(verdicts, table).deduction
    assert sum(total.statuses.values()) == len(duties)


@given(punches, tables, st.booleans(), st.sampled_from(["cuti", "dinas_luar", "izin"]))
def test_a_day_off_or_covered_never_deducts(
    taps: list[Punch], table: DeductionTable, is_holiday: bool, kind: str
) -> None:
    """A holiday or an approved document frees the day from minutes, classes and deductions."""
    duty = duty_on(6)
    verdict = judge_day(
        duty.day,
        duty,
        taps,
        table,
        holiday=Holiday(duty.day, "libur", "Uji") if is_holiday else None,
        absences=[Absence(kind, duty.day, duty.day)],  # type: ignore[arg-type]  # drawn from kinds
    )
    assert verdict.status == ("libur" if is_holiday else kind)
    assert (verdict.late_minutes, verdict.early_minutes, verdict.deduction) == (0, 0, 0)
    assert verdict.classes == ()
