"""The engine against the oracle: the same verdict, to the second and the hundredth of a percent.

When they differ, the law's text and the documented meaning of the values decide which is wrong.
"""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from leuit_attendance import rules
from leuit_attendance.rules import DayPattern, Duty, Punch, SecondsRule, judge_day, judge_days
from tests.attendance.oracle import oracle
from tests.attendance.oracle.borders import border_worlds
from tests.attendance.oracle.samples import sample_worlds
from tests.attendance.oracle.worlds import World, answer, difference, expected, plain, worlds
from tests.attendance.rules.office import duty_on, with_seconds

FEW = settings(
    max_examples=250,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
MANY = settings(FEW, max_examples=3000)


def agree(world: World) -> None:
    """Both answer the same, whether reasons are asked for or not."""
    wanted = expected(world)
    assert difference(wanted, answer(rules, world)) == ""
    assert difference(wanted, answer(rules, world, explain=True)) == ""


@FEW
@given(worlds())
def test_the_engine_agrees_with_the_oracle(world: World) -> None:
    """Duties, verdicts and month of every world drawn are those of the texts."""
    agree(world)


@pytest.mark.ci
@MANY
@given(worlds())
def test_the_engine_agrees_with_the_oracle_at_length(world: World) -> None:
    """The same over ten times as many worlds."""
    agree(world)


@pytest.mark.parametrize("name", sorted(sample_worlds()))
def test_the_engine_agrees_with_the_oracle_on_the_samples(name: str) -> None:
    """What section 8 plants in the sample files comes out the same."""
    agree(sample_worlds()[name])


def test_the_engine_agrees_with_the_oracle_on_the_borders() -> None:
    """Worlds written by hand for borders to the second come out the same."""
    for world in border_worlds():
        agree(world)


@pytest.mark.parametrize("seconds", ["cut", "up"])
@pytest.mark.parametrize(
    "pattern",
    [
        DayPattern(time(7, 30), time(16), 60),
        DayPattern(time(7, 30), time(16), tolerance_minutes=3, make_up_minutes=5),
        DayPattern(time(7, 30), time(16), flexi_early_minutes=2, flexi_late_minutes=2),
        DayPattern(
            time(7, 30),
            time(16),
            tolerance_minutes=3,
            flexi_early_minutes=2,
            flexi_late_minutes=1,
        ),
        DayPattern(time(21), time(7)),
    ],
)
def test_every_second_around_the_start_and_the_end(
    pattern: DayPattern, seconds: SecondsRule
) -> None:
    """Five minutes before and after start and end, every second is judged as the texts say."""
    table = with_seconds(seconds)
    duty = duty_on(6, pattern)
    for second in range(-300, 301):
        moved = timedelta(seconds=second)
        for taps in (
            [Punch(duty.start + moved, 0), Punch(duty.end, 1)],
            [Punch(duty.start + timedelta(minutes=2), 0), Punch(duty.end + moved, 1)],
        ):
            assert plain(judge_day(duty.day, duty, taps, table, explain=False)) == plain(
                oracle.verdict_of(
                    duty.day,
                    duty,
                    taps,
                    table,
                    holiday=None,
                    absences=(),
                    before=None,
                    after=None,
                    as_of=None,
                )
            )


def test_one_date_is_judged_like_many() -> None:
    """judge_day with a date's neighbours gives what judge_days gives for it."""
    for world in sample_worlds().values():
        wanted = expected(world)
        shifts = {shift.day: shift for shift in world.shifts}
        duties = {
            day: rules.resolve_duty(day, world.schedules, shifts.get(day))
            for day in world.roster_days
        }
        worked = [duty for duty in duties.values() if isinstance(duty, Duty)]
        for day in world.days:
            verdict = judge_day(
                day,
                duties[day],
                world.punches,
                world.editions[0][1],
                absences=world.absences,
                as_of=world.as_of,
                before=max((d for d in worked if d.day < day), key=_day, default=None),
                after=min((d for d in worked if d.day > day), key=_day, default=None),
            )
            assert plain(verdict) == wanted[f"verdict {day}"]


def _day(duty: Duty) -> date:
    return duty.day


def test_dates_may_be_asked_in_any_order_and_with_gaps() -> None:
    """Each date is judged by itself, so leaving others out or turning the order changes nothing."""
    world = sample_worlds()["102"]
    shifts = {shift.day: shift for shift in world.shifts}
    duties = {
        day: rules.resolve_duty(day, world.schedules, shifts.get(day)) for day in world.roster_days
    }
    table = world.editions[0][1]
    asked = list(reversed(world.days))[::2]
    turned = dict(reversed(duties.items()))
    wanted = oracle.verdicts_of(
        asked, duties, world.punches, table, holidays={}, absences=(), as_of=None
    )
    found = judge_days(asked, turned, world.punches, table, explain=False)
    assert [plain(verdict) for verdict in found] == [plain(verdict) for verdict in wanted]


def test_the_running_night_is_not_yet_judged() -> None:
    """PIN 102 at three in the morning of the 6th: the night is open and nothing is missing."""
    world = sample_worlds()["102 at 03:00"]
    assert world.as_of == datetime(2026, 10, 6, 3)
    verdict = answer(rules, world)["verdict 2026-10-05"]
    assert (verdict["status"], verdict["flags"], verdict["classes"]) == ("belum", [], ())
    assert verdict["check_in"] == datetime(2026, 10, 5, 20, 53, 58)


def test_reasons_tell_the_oracles_figures() -> None:
    """Minutes late, early and moved by flexi, and every class, stand in the reasons as judged."""
    for world in [*border_worlds(), *sample_worlds().values()]:
        wanted = expected(world)
        shifts = {shift.day: shift for shift in world.shifts}
        duties = {
            day: rules.resolve_duty(day, world.schedules, shifts.get(day))
            for day in world.roster_days
        }
        for verdict in judge_days(
            world.days,
            duties,
            world.punches,
            world.editions[0][1],
            holidays={holiday.day: holiday for holiday in world.holidays},
            absences=world.absences,
            as_of=world.as_of,
        ):
            figures = wanted[f"verdict {verdict.day}"]
            told = {reason.sentence: reason.params for reason in verdict.reasons}
            assert [
                reason.params["name"] for reason in verdict.reasons if "name" in reason.params
            ] == list(figures["classes"])
            for side in ("late", "early"):
                minutes = [
                    int(params["minutes"])
                    for sentence, params in told.items()
                    if sentence.startswith(f"{side}.minutes")
                ]
                assert sum(minutes) == figures[f"{side}_minutes"]
            for sentence, figure in (("late.flexi", "minutes"), ("late.flexi_early", "counted")):
                if sentence in told:
                    moved = abs(figures["earliest_out"] - figures["ends"])
                    assert timedelta(minutes=int(told[sentence][figure])) == moved
