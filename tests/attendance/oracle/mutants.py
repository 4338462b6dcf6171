"""Mutants: the engine with one place changed, loaded as a copy of the package that lives in memory.

Each mutant is one text of one file of `rules` replaced by another. The text must occur just once,
so a change of the engine that moves it is told rather than passed over. None is equivalent: each
changes a figure, a status or a flag that the texts decide.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import spec_from_loader
from pathlib import Path
from types import ModuleType

from attrs import frozen

from leuit_attendance import rules

FOLDER = Path(rules.__file__).parent
COPY = "mutated_attendance_rules"


@frozen
class Mutant:
    """One change: `name` says what breaks, `old` in `file` becomes `new`."""

    name: str
    file: str
    old: str
    new: str


MUTANTS = (
    # ------------------------------------------------------------------ which hours hold
    Mutant(
        "the last day of a schedule still counts",
        "schedule",
        "day < self.valid_to)",
        "day <= self.valid_to)",
    ),
    Mutant(
        "a schedule begins a day late",
        "schedule",
        "self.valid_from <= day and",
        "self.valid_from < day and",
    ),
    Mutant(
        "an override is an ordinary schedule",
        "schedule",
        '"rank", (not self.override, *place)',
        '"rank", (False, *place)',
    ),
    Mutant(
        "the region beats the person",
        "schedule",
        "(LEVELS.index(self.level), self.distance,",
        "(-LEVELS.index(self.level), self.distance,",
    ),
    Mutant(
        "the farther unit wins",
        "schedule",
        "self.distance, -self.valid_from",
        "-self.distance, -self.valid_from",
    ),
    Mutant(
        "the older schedule wins",
        "schedule",
        "-self.valid_from.toordinal()",
        "self.valid_from.toordinal()",
    ),
    Mutant(
        "a night ends an hour early",
        "schedule",
        "else end - start + 1440",
        "else end - start + 1380",
    ),
    Mutant(
        "title breaks no tie",
        "resolution",
        "(schedule.rank, schedule.week.title)",
        "(schedule.rank,)",
    ),
    Mutant(
        "the week begins on Sunday",
        "resolution",
        "week.days[day.weekday()]",
        "week.days[day.isoweekday() % 7]",
    ),
    Mutant(
        "a shift off is forgotten for the schedule",
        "resolution",
        "    if shift is not None:\n",
        "    if shift is not None and shift.shift.pattern is not None:\n",
    ),
    Mutant(
        "a shift never stands on holidays",
        "resolution",
        "_duty(day, chosen.pattern, shift.on_holidays,",
        "_duty(day, chosen.pattern, False,",
    ),
    # ------------------------------------------------------------- which taps belong to it
    Mutant(
        "the window opens without its margin",
        "matching",
        "opens = duty.start - rule.before",
        "opens = duty.start",
    ),
    Mutant(
        "the margins are swapped",
        "matching",
        "closes = duty.end + rule.after",
        "closes = duty.end + rule.before",
    ),
    Mutant(
        "the end of a window belongs to it",
        "matching",
        "bisect_left(punches, closes, lo=first, key=_moment)",
        "bisect_left(punches, closes.replace(second=1), lo=first, key=_moment)",
    ),
    Mutant(
        "the start of a window is outside",
        "matching",
        "bisect_left(punches, opens, key=_moment)",
        "bisect_left(punches, opens.replace(second=1), key=_moment)",
    ),
    Mutant(
        "the middle lies at a third",
        "matching",
        "(duty.start - before.end) / 2",
        "(duty.start - before.end) / 3",
    ),
    Mutant(
        "the previous duty takes all of the gap",
        "matching",
        "(after.start - duty.end) / 2",
        "(after.start - duty.end)",
    ),
    Mutant(
        "the previous duty bounds nothing",
        "matching",
        "opens = max(opens, middle)",
        "opens = min(opens, middle)",
    ),
    Mutant(
        "the next duty bounds nothing",
        "matching",
        "closes = min(closes, middle)",
        "closes = max(closes, middle)",
    ),
    Mutant(
        "the next duty is taken for the previous one",
        "day",
        "[None, *sorted(found, key=lambda duty: duty.day), None]",
        "[None, *sorted(found, key=lambda duty: -duty.day.toordinal()), None]",
    ),
    # ------------------------------------------------------------------------- in and out
    Mutant(
        "a repeat on the last second is another tap",
        "matching",
        "last.at - first.at <= rule.collapse",
        "last.at - first.at < rule.collapse",
    ),
    Mutant(
        "repeats never collapse",
        "edition",
        "timedelta(seconds=self.collapse_seconds)",
        "timedelta(0)",
    ),
    Mutant(
        "at equal distance the tap is the clock-out",
        "matching",
        "(from_end == from_start and first.status in OUT_KEYS)",
        "(from_end == from_start)",
    ),
    Mutant(
        "at equal distance the tap is the clock-in",
        "matching",
        "if from_end < from_start or (from_end == from_start and first.status in OUT_KEYS):",
        "if from_end < from_start:",
    ),
    Mutant(
        "a single tap is always the clock-in",
        "matching",
        "            return None, last\n        return first, None\n",
        "            return first, None\n        return first, None\n",
    ),
    Mutant(
        "a repeated clock-out keeps its first time",
        "matching",
        "            return None, last\n        return first",
        "            return None, first\n        return first",
    ),
    Mutant(
        "one leaves at the second work begins",
        "matching",
        "if last.at <= duty.start:",
        "if last.at < duty.start:",
    ),
    Mutant(
        "one comes at the second work ends",
        "matching",
        "if first.at >= duty.end:",
        "if first.at > duty.end:",
    ),
    Mutant(
        "taps after the end are a pair",
        "matching",
        "    if first.at >= duty.end:\n        return None, last\n",
        "",
    ),
    Mutant(
        "keys of one second have no order",
        "matching",
        'attrgetter("at", "status")',
        'attrgetter("at")',
    ),
    Mutant("break-out is a coming key", "punch", "frozenset({1, 2, 5})", "frozenset({1, 5})"),
    Mutant("overtime-in is no coming key", "punch", "frozenset({0, 3, 4})", "frozenset({0, 3})"),
    # -------------------------------------------------------------------- minutes, classes
    Mutant(
        "cut rounds to the nearest minute",
        "lateness",
        "return total // 60 if",
        "return (total + 30) // 60 if",
    ),
    Mutant("up is cut", "lateness", "else -(-total // 60)", "else total // 60"),
    Mutant(
        "up adds a minute to a whole one",
        "lateness",
        "else -(-total // 60)",
        "else total // 60 + 1",
    ),
    Mutant(
        "days of lateness are forgotten",
        "lateness",
        "gap.days * 86400 + gap.seconds",
        "gap.seconds % 14400",
    ),
    Mutant(
        "coming early has no limit",
        "lateness",
        "credit = min(ahead, duty.flexi_early_minutes)",
        "credit = ahead",
    ),
    Mutant(
        "coming early rounds up",
        "lateness",
        'minutes_after(duty.start, check_in, "cut")',
        "minutes_after(duty.start, check_in, seconds)",
    ),
    Mutant(
        "the last flexi minute is late",
        "lateness",
        "minutes <= duty.flexi_late_minutes",
        "minutes < duty.flexi_late_minutes",
    ),
    Mutant(
        "flexi need not be made up", "lateness", "duty.end + timedelta(minutes=minutes)", "duty.end"
    ),
    Mutant(
        "the last tolerated minute is late",
        "lateness",
        "minutes <= duty.tolerance_minutes",
        "minutes < duty.tolerance_minutes",
    ),
    Mutant(
        "tolerance is made up by the lateness",
        "lateness",
        "timedelta(minutes=duty.make_up_minutes)",
        "timedelta(minutes=minutes)",
    ),
    Mutant(
        "lateness counts from the end of tolerance",
        "lateness",
        "return minutes, duty.end,",
        "return minutes - duty.tolerance_minutes, duty.end,",
    ),
    Mutant(
        "the late make up their lateness too",
        "lateness",
        "return minutes, duty.end,",
        "return minutes, duty.end + timedelta(minutes=minutes),",
    ),
    Mutant(
        "a class begins a minute late",
        "lateness",
        "window.from_minutes <= minutes",
        "window.from_minutes < minutes",
    ),
    Mutant(
        "a class ends a minute late",
        "lateness",
        "minutes < window.to_minutes",
        "minutes <= window.to_minutes",
    ),
    # --------------------------------------------------------------------------- statuses
    Mutant(
        "holidays cancel shifts",
        "day",
        "not (type(duty) is Duty and duty.on_holidays)",
        "not (type(duty) is Duty and duty.on_holidays and False)",
    ),
    Mutant(
        "cuti bersama is libur", "day", "DayVerdict(day, holiday.kind)", 'DayVerdict(day, "libur")'
    ),
    Mutant(
        "dinas luar beats tugas belajar",
        "absence",
        '= ("cuti", "tugas_belajar", "dinas_luar", "izin")',
        '= ("cuti", "dinas_luar", "tugas_belajar", "izin")',
    ),
    Mutant(
        "the weakest document names the day",
        "day",
        "return min(found, key=_strength)",
        "return max(found, key=_strength)",
    ),
    Mutant(
        "the last day of leave is uncovered",
        "absence",
        "<= day <= self.last_day",
        "<= day < self.last_day",
    ),
    Mutant(
        "taps while away go unseen",
        "day",
        '("punched_while_away",) if tap_in or tap_out else ()',
        '("punched_while_away",) if tap_in and tap_out else ()',
    ),
    Mutant("an absent day costs nothing", "day", "            absent_deduction=absent,\n", ""),
    Mutant(
        "an absent day is merely incomplete",
        "day",
        "if tap_in is None and tap_out is None and not running:",
        "if tap_in is None and tap_out is None and running:",
    ),
    Mutant(
        "no clock-in has no class", "day", "late_class = classes.missing_in", "late_class = None"
    ),
    Mutant(
        "no clock-out has the class of no clock-in",
        "day",
        "early_class = classes.missing_out",
        "early_class = classes.missing_in",
    ),
    Mutant("a wrong key is flagged twice", "day", 'and "wrong_key" not in flags', ""),
    Mutant(
        "flags tell no forgiving", "day", "            flags.append(shift)\n", "            pass\n"
    ),
    Mutant(
        "early leaving costs what lateness costs",
        "day",
        "percents.get(early_class, 0)",
        "percents.get(late_class or early_class, 0)",
    ),
    Mutant(
        "early leaving ignores make-up",
        "day",
        "minutes_after(earliest, tap_out.at",
        "minutes_after(duty.end, tap_out.at",
    ),
    # ----------------------------------------------------------------------- running days
    Mutant("a window opens a second late", "day", "as_of < opens:", "as_of <= opens:"),
    Mutant("a window closes a second late", "day", "as_of < closes\n", "as_of <= closes\n"),
    Mutant(
        "leaving is judged before the end",
        "day",
        "or as_of < earliest or as_of < duty.end)",
        "or as_of < earliest)",
    ),
    Mutant(
        "leaving is judged before the make-up",
        "day",
        "or as_of < earliest or as_of < duty.end)",
        "or as_of < duty.end)",
    ),
    Mutant(
        "the end itself is too early to judge",
        "day",
        "or as_of < earliest or as_of < duty.end)",
        "or as_of < earliest or as_of <= duty.end)",
    ),
    Mutant(
        "a running day without clock-out is judged",
        "day",
        "(tap_out is None or as_of < earliest",
        "(as_of < earliest",
    ),
    # -------------------------------------------------------------------------- the month
    Mutant("open days deduct", "month", 'if verdict.status != "belum"]', "]"),
    Mutant(
        "one more free day",
        "month",
        "late[: table.free_late_days]",
        "late[: table.free_late_days + 1]",
    ),
    Mutant(
        "the last late days are free",
        "month",
        "late[: table.free_late_days]",
        "late[::-1][: table.free_late_days]",
    ),
    Mutant(
        "free days in the order given",
        "month",
        "days = sorted(verdicts, key=lambda verdict: verdict.day)",
        "days = list(verdicts)",
    ),
    Mutant(
        "a missing clock-in is a late day",
        "month",
        "if verdict.late_minutes]",
        "if verdict.late_deduction or verdict.late_minutes]",
    ),
    Mutant(
        "a free day forgives early leaving",
        "month",
        "sum(verdict.late_deduction for verdict in free)",
        "sum(verdict.deduction for verdict in free)",
    ),
    Mutant("the cap is ignored", "month", "max(0, gross - waived - cap)", "max(0, 0)"),
    Mutant(
        "the cap looks at the gross", "month", "max(0, gross - waived - cap)", "max(0, gross - cap)"
    ),
    Mutant("a cap of nothing is no cap", "month", "if cap is not None else 0", "if cap else 0"),
    Mutant(
        "absent days are left out of the sum",
        "verdict",
        "return self.late_deduction + self.early_deduction + self.absent_deduction",
        "return self.late_deduction + self.early_deduction",
    ),
)


def mutated(mutant: Mutant) -> ModuleType:
    """The rules with that change, as a package of their own; the real one stays untouched."""
    sources = {path.stem: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.py")}
    if sources[mutant.file].count(mutant.old) != 1:
        raise LookupError(f"{mutant.name}: {mutant.file}.py must hold {mutant.old!r} exactly once.")
    sources[mutant.file] = sources[mutant.file].replace(mutant.old, mutant.new)
    finder = _Sources(sources)
    sys.meta_path.insert(0, finder)
    try:
        return import_module(COPY)
    finally:
        sys.meta_path.remove(finder)
        for name in [name for name in sys.modules if name.partition(".")[0] == COPY]:
            del sys.modules[name]


class _Sources(MetaPathFinder, Loader):
    """Finds the modules of the copy in texts instead of files."""

    def __init__(self, sources: dict[str, str]) -> None:
        self.sources = sources

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        package, _dot, name = fullname.partition(".")
        if package != COPY:
            return None
        return spec_from_loader(fullname, self, is_package=not name)

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__.partition(".")[2] or "__init__"
        code = compile(self.sources[name], f"<mutant {name}>", "exec", dont_inherit=True)
        exec(code, module.__dict__)
