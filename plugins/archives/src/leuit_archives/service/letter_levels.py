"""Secrecy, urgency and kinds of letters by the editions of a day, as letters use them."""

import datetime as dt
from collections.abc import Sequence

from leuit.builtin.regulations import edition, require_edition
from leuit.values import FieldError, InvalidInputError, _
from leuit.work import View
from leuit_archives.rules.letter_kinds import LetterKind
from leuit_archives.rules.secrecy import SecrecyLevel
from leuit_archives.rules.urgency import UrgencyLevel


def secrecy_levels(view: View, day: dt.date) -> Sequence[SecrecyLevel]:
    """The levels of a day, from open to top secret; ConflictError when no edition says any."""
    found: Sequence[SecrecyLevel] = require_edition(view, "archives.secrecy", day).figures.levels
    return sorted(found, key=lambda level: (level.order, level.status != "current"))


def current_levels(view: View, day: dt.date) -> Sequence[SecrecyLevel]:
    """Those of them for new letters; none without an edition."""
    found = edition(view, "archives.secrecy", day)
    levels: Sequence[SecrecyLevel] = found.figures.levels if found else ()
    return sorted((one for one in levels if one.status == "current"), key=lambda level: level.order)


def current_level(view: View, code: str, day: dt.date) -> SecrecyLevel | None:
    """The one of them with a code."""
    return next((one for one in current_levels(view, day) if one.code == code), None)


def urgency_levels(view: View, day: dt.date) -> Sequence[UrgencyLevel]:
    """The levels of a day, from ordinary to the most urgent; none without an edition."""
    found = edition(view, "archives.urgency", day)
    return sorted(found.figures.levels, key=lambda level: level.order) if found else ()


def letter_kinds(view: View, day: dt.date) -> Sequence[LetterKind]:
    """The kinds of naskah of a day; none without an edition."""
    found = edition(view, "archives.letter_kinds", day)
    kinds: Sequence[LetterKind] = found.figures.kinds if found else ()
    return kinds


def level_of(view: View, code: str, day: dt.date) -> SecrecyLevel:
    """The level with a code; InvalidInputError for one that the edition does not have."""
    for level in secrecy_levels(view, day):
        if level.code == code:
            return level
    raise _unknown("secrecy")


def grade_words(view: View, day: dt.date) -> dict[int, str]:
    """How each grade (1 to 4) is called on a day."""
    require_edition(view, "archives.secrecy", day)
    return {level.order: level.name for level in current_levels(view, day)}


def urgency_named(view: View, code: str, day: dt.date) -> str:
    """The code itself, empty for none; InvalidInputError for one that is not in the edition."""
    if code and code not in {level.code for level in urgency_levels(view, day)}:
        raise _unknown("urgency")
    return code


def kind_named(view: View, name: str, day: dt.date) -> str:
    """The name of a kind, empty for none; InvalidInputError for one not in the edition."""
    if name and name not in {one.kind for one in letter_kinds(view, day)}:
        raise _unknown("kind")
    return name


def _unknown(field: str) -> InvalidInputError:
    sentence = _("Pilih salah satu.")
    return InvalidInputError(sentence, fields=[FieldError(field, sentence, "unknown")])
