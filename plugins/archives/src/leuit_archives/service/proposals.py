"""Where a record should go: proposed from its kind, its classification and the rules of the day."""

import datetime as dt
import re
from typing import Any
from uuid import UUID

import attrs

from leuit.work import View
from leuit_archives.models import Dossier, Record
from leuit_archives.rules.filing import FilingRule, dossier_title, is_within

from .automatic import filing_rule
from .dossiers import HeldClass, held_class
from .placing import same_dossier

_EXAMPLES = re.compile(r",?\s+(?:antara lain|meliputi)\b", re.IGNORECASE)


@attrs.frozen
class Proposal:
    """A dossier to file into: an open one, or one to be opened where `dossier` is None.

    `was_closed` says that somebody closed the unit's dossier of that title.
    """

    held: HeldClass
    year: int
    title: str
    dossier: Dossier | None
    was_closed: bool


@attrs.frozen
class Proposing:
    """Proposals for many records of one view, each asked for once."""

    view: View
    known: dict[Any, Any] = attrs.field(factory=dict)

    def rule(self, kind: str, source: str) -> FilingRule | None:
        """The rule of a record's kind of naskah, or of its service's kind."""
        found: FilingRule | None = self._once(
            ("rule", kind, source), lambda: filing_rule(self.view, kind, source)
        )
        return found

    def of(self, record: Record) -> Proposal | None:
        """What is proposed for a record that waits; None where nobody has said anything yet."""
        rule = self.rule(record.kind, record.ref_kind)
        return self.by(rule, record.unit_id, record.class_code, record.date)

    def by(
        self, rule: FilingRule | None, unit_id: UUID, code: str | None, date: dt.date
    ) -> Proposal | None:
        """What a rule and a known code say together; the code, once it is given, decides."""
        if rule is not None and (code is None or is_within(code, rule.code)):
            held, title = self.held(rule.code), dossier_title(rule, date)
        else:
            held = self.held(code) if code else None
            title = named_after(held, date.year) if held else ""
        if held is None:
            return None
        same = self._dossiers(unit_id, held.code, date.year, title)
        still = [one for one in same if one.closed_on is None]
        return Proposal(
            held, date.year, title, still[-1] if still else None, bool(same) and not still
        )

    def held(self, code: str) -> HeldClass | None:
        """A code of the classification of today."""
        found: HeldClass | None = self._once(("class", code), lambda: held_class(self.view, code))
        return found

    def _dossiers(self, unit_id: UUID, code: str, year: int, title: str) -> list[Dossier]:
        query = same_dossier(unit_id, code, year, title).order_by(Dossier.serial)
        found: list[Dossier] = self._once(
            ("dossiers", unit_id, code, year, title),
            lambda: list(self.view.session.scalars(query)),
        )
        return found

    def _once(self, key: tuple[Any, ...], ask: Any) -> Any:
        if key not in self.known:
            self.known[key] = ask()
        return self.known[key]


def short_title(title: str) -> str:
    """The name of a code without what schedules say after "antara lain" or "meliputi"."""
    return _EXAMPLES.split(title, maxsplit=1)[0].rstrip(", ")[:250]


def named_after(held: HeldClass, year: int) -> str:
    """The title of a dossier that is named after its code."""
    return f"{short_title(held.title)} {year}"
