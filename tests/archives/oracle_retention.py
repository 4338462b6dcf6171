"""What the law's text says of one day, found by walking through the calendar; slow on purpose.

Written from sections 5.3, 5.4 and 6 of the domain notes: it asks of each single day whether a file
is still active or still kept, and never computes a deadline.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

ONE_DAY = dt.timedelta(days=1)


def years_are_over(begun: dt.date, years: int, today: dt.date, counting: str) -> bool:
    """Whether N years after the event have passed on that day.

    By calendar year: `closed_year + active_years < this year`. By date: the Nth return of the day
    of the event has come; 29 February returns on 28 February where there is no 29th.
    """
    if counting == "year":
        return begun.year + years < today.year
    returns, day = 0, begun
    while returns < years and day <= today:
        day += ONE_DAY
        month_ends = (day + ONE_DAY).month != day.month
        same = (day.month, day.day) == (begun.month, begun.day)
        leap_day = (begun.month, begun.day) == (2, 29) and day.month == 2 and month_ends
        if (same or leap_day) and day.year > begun.year:
            returns += 1
    return returns == years and day <= today


def begun_on(trigger: str, events: Mapping[str, dt.date], closed_on: dt.date) -> dt.date | None:
    """The day from which the clock runs: `dan` the later date, `atau` the first; else closing."""
    if trigger == "":
        return closed_on
    if "|" in trigger:
        dates = sorted(events[one] for one in trigger.split("|") if one in events)
        return dates[0] if dates else None
    dates = []
    for one in trigger.split("+"):
        if one not in events:
            return None
        dates.append(events[one])
    return max(dates)


def is_active(
    rules: Sequence[Any], events: Mapping[str, dt.date], closed_on: dt.date | None, today: dt.date
) -> bool:
    """Whether a file is still in its active period on that day: by any of its codes."""
    if closed_on is None or not rules:
        return True
    return any(_still_active(rule, events, closed_on, today) for rule in rules)


def is_kept(
    rules: Sequence[Any], events: Mapping[str, dt.date], closed_on: dt.date | None, today: dt.date
) -> bool:
    """Whether any of its codes still keeps the file on that day."""
    if closed_on is None or not rules:
        return True
    return any(_still_kept(rule, events, closed_on, today) for rule in rules)


def _still_active(
    rule: Any, events: Mapping[str, dt.date], closed_on: dt.date, today: dt.date
) -> bool:
    begun = begun_on(rule.active_trigger, events, closed_on)
    if begun is None or rule.active_years is None:
        return True
    return not years_are_over(begun, rule.active_years, today, rule.counting)


def _still_kept(
    rule: Any, events: Mapping[str, dt.date], closed_on: dt.date, today: dt.date
) -> bool:
    begun = begun_on(rule.active_trigger, events, closed_on)
    if begun is None or rule.active_years is None or rule.inactive_years is None:
        return True
    both = rule.active_years + rule.inactive_years
    if not years_are_over(begun, both, today, rule.counting):
        return True
    if rule.inactive_trigger == "":
        return False
    own = begun_on(rule.inactive_trigger, events, closed_on)
    return own is None or not years_are_over(own, rule.inactive_years, today, rule.counting)


def is_kept_by_all(
    rules: Sequence[Any],
    events: Mapping[str, dt.date],
    closed_on: dt.date | None,
    today: dt.date,
    decisions: Sequence[Any],
) -> bool:
    """Whether a file is kept that day by its codes, or by a period that people added.

    "Retensi baru" runs from the day of its decision; of several the last to end keeps the file.
    """
    if is_kept(rules, events, closed_on, today):
        return True
    counting = "year" if "year" in [rule.counting for rule in rules] else "date"
    for one in decisions:
        if one.decision != "diperpanjang":
            continue
        if not years_are_over(one.decided_on, one.years, today, counting):
            return True
    return False


def end_of(
    rules: Sequence[Any],
    events: Mapping[str, dt.date],
    closed_on: dt.date | None,
    today: dt.date,
    decisions: Sequence[Any],
) -> str:
    """What may become of an inactive file on a day: nothing yet, or how it ends.

    A schedule acts by itself with the plain words alone; a condition and words that differ are for
    people, whose last decision tells. They decide once the periods are over: earlier it is void.
    """
    if is_kept_by_all(rules, events, closed_on, today, decisions):
        return "kept"
    words = sorted({rule.final_action for rule in rules})
    if decisions and decisions[-1].decision == "permanen":
        return "hand_over"
    if words == ["permanen"]:
        return "hand_over"
    if words == ["musnah"]:
        return "destroy"
    if words == [""]:
        return "decide"
    if decisions and decisions[-1].decision == "musnah":
        day = decisions[-1].decided_on
        if not is_kept_by_all(rules, events, closed_on, day, decisions):
            return "destroy"
    return "appraise"


def years_in_all(rules: Sequence[Any], decisions: Sequence[Any]) -> int:
    """By which the authority is told: the longest sum, and all that people added to it.

    A decision taken while an added period still ran corrects it: both are one stretch, which counts
    by the longest of its decisions.
    """
    counting = "year" if "year" in [rule.counting for rule in rules] else "date"
    stretches: list[list[Any]] = []
    for one in decisions:
        if one.decision != "diperpanjang":
            continue
        running = [
            other
            for stretch in stretches
            for other in stretch
            if not years_are_over(other.decided_on, other.years, one.decided_on, counting)
        ]
        if running:
            stretches[-1].append(one)
        else:
            stretches.append([one])
    total: int = max(rule.active_years + rule.inactive_years for rule in rules)
    for stretch in stretches:
        total += max(one.years for one in stretch)
    return total


def authority(years: Sequence[int]) -> str:
    """Who approves a destruction list: the longest retention in it tells."""
    longest = 0
    for one in years:
        longest = max(longest, one)
    return "Kepala ANRI" if longest > 9 else "Bupati"


def may_be_listed(one: Any) -> bool:
    """Point 1 of the checklist, sentence by sentence."""
    period_over = one.over and not one.waits and one.years is not None
    unconditional = one.final_action == "musnah"
    free = not one.held and not one.vital and one.state == "inactive"
    return period_over and unconditional and free and not one.legacy
