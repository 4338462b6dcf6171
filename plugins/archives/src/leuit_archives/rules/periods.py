"""Retention periods, told from the wording of a schedule: "N Tahun [setelah|sejak EVENT]".

Everything else is left to a person: "-", a period without its connector ("2 Tahun Surat Keputusan
ditetapkan"), and `sampai dengan` (until) and `selama` (as long as), which are not "after". So is an
event that holds a period of its own ("2 Tahun setelah 1 Tahun ..."): its years would be lost.
"""

import functools
import re

import attrs

from .faults import MOST_PHRASE
from .phrases import plain
from .triggers import OTHER, Trigger, trigger_of

MOST_YEARS = 100

_PERIOD = re.compile(r"([0-9]{1,3}) tahun(?:,? (?:setelah|sejak) (.*[^\W\d_].*))?")
_NOT_PLAIN = re.compile(r"\b(?:sampai|hingga|selama|[0-9]+ tahun)\b")


@attrs.frozen
class Period:
    """Whole years after an event; without a trigger, after the file was closed."""

    years: int
    trigger: Trigger | None = None


def parse_period(phrase: str) -> Period | None:
    """The period that a wording states, at most 100 years; None where a person has to decide."""
    if len(phrase) > MOST_PHRASE:  # a fault of its row; to search it for events takes seconds
        return None
    found = _PERIOD.fullmatch(plain(phrase))
    if found is None or int(found[1]) > MOST_YEARS:
        return None
    event = found[2]
    if event is None:
        return Period(int(found[1]))
    return None if _NOT_PLAIN.search(event) else Period(int(found[1]), trigger_of(event))


@functools.lru_cache(maxsize=4096)
def counted_trigger(trigger: str, phrase: str) -> str:
    """A stored trigger with each `lain` in it by the words of its published phrase."""
    if OTHER not in trigger.replace("|", "+").split("+"):
        return trigger
    period = parse_period(phrase)
    return period.trigger.counted if period and period.trigger else trigger
