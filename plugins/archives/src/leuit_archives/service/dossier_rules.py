"""The rules by which dossiers are kept: a snapshot by code and edition, taken once and not changed.

A dossier is kept by the rules of the records in it; an empty one by that of its own code. Each rule
is that of the edition under which its record was filed, unless a later edition was applied anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import attrs
from sqlalchemy import delete, insert, select, tuple_

from leuit.builtin.regulations import Edition, edition_by_id
from leuit.storage import among
from leuit.work import View, Work
from leuit_archives.models import NO_EDITION, RETENTION, DossierRule, Record, RetentionRow
from leuit_archives.rules.periods import counted_trigger
from leuit_archives.rules.retention import HeldRule

from .kept_tables import table_of

Key = tuple[str, UUID]
"""A code, and the edition whose rule counts for it."""

_NAMES = (
    "active_years",
    "active_trigger",
    "inactive_years",
    "inactive_trigger",
    "final_action",
    "raw_active",
    "raw_inactive",
    "raw_final_action",
)
_NO_RULE = {name: None if name.endswith("_years") else "" for name in _NAMES}


@attrs.frozen
class KeptRule:
    """A rule as a dossier keeps it, and where it comes from."""

    rule: HeldRule
    edition: UUID
    unverified: bool
    words: tuple[str, str, str]

    @property
    def key(self) -> Key:
        return self.rule.code, self.edition

    @property
    def legacy(self) -> bool:
        """Whether no edition held when its record was filed."""
        return self.edition == NO_EDITION


@attrs.frozen
class Own:
    """What of a dossier tells its rules."""

    dossier_id: UUID
    code: str
    edition: UUID | None
    applied: UUID | None


def rules_of(work: Work, owns: Sequence[Own]) -> dict[UUID, list[KeptRule]]:
    """The rules of some dossiers in order of codes; snapshots that are missing are taken now."""
    wanted = wanted_keys(work, owns)
    held = kept_rules(work, [own.dossier_id for own in owns])
    missing = [
        (dossier_id, key)
        for dossier_id, keys in wanted.items()
        for key in sorted(keys - held.get(dossier_id, {}).keys())
    ]
    if missing:
        work.connection.execute(
            insert(DossierRule),
            [{"dossier_id": one, **published_rule(work, key)} for one, key in missing],
        )
    passed = [(one, *key) for one, rules in held.items() for key in rules.keys() - wanted[one]]
    if passed:
        columns = tuple_(DossierRule.dossier_id, DossierRule.class_code, DossierRule.edition)
        for one in passed:
            work.connection.execute(delete(DossierRule).where(columns == one))
    if missing or passed:
        held = kept_rules(work, [own.dossier_id for own in owns])
    return {one: [held[one][key] for key in sorted(keys)] for one, keys in wanted.items()}


def wanted_keys(view: View, owns: Sequence[Own]) -> dict[UUID, set[Key]]:
    """The codes in some dossiers and whose rule counts for each."""
    found: dict[UUID, set[tuple[str, UUID | None]]] = {own.dossier_id: set() for own in owns}
    query = (
        select(Record.dossier_id, Record.class_code, Record.retention_edition)
        .where(among(view.app.database.dialect, Record.dossier_id, list(found)))
        .distinct()
    )
    for row in view.connection.execute(query):
        found[row.dossier_id].add((row.class_code, row.retention_edition))
    return {
        own.dossier_id: {
            (code, own.applied or edition or NO_EDITION)
            for code, edition in found[own.dossier_id] or {(own.code, own.edition)}
        }
        for own in owns
    }


def kept_rules(view: View, dossiers: Sequence[UUID]) -> dict[UUID, dict[Key, KeptRule]]:
    """The snapshots of some dossiers as they are stored."""
    columns = [getattr(DossierRule, name) for name in ("dossier_id", *_COLUMNS)]
    found: dict[UUID, dict[Key, KeptRule]] = {}
    for dossier_id, *values in view.connection.execute(
        select(*columns).where(among(view.app.database.dialect, DossierRule.dossier_id, dossiers))
    ):
        kept = as_kept(dict(zip(_COLUMNS, values, strict=True)))
        found.setdefault(dossier_id, {})[kept.key] = kept
    return found


def published_rule(view: View, key: Key) -> dict[str, Any]:
    """The row of a snapshot: what the edition says of just this code, asked once in a unit."""
    seen: dict[Key, dict[str, Any]] = view.kept.setdefault("archives.published_rules", {})
    if key not in seen:
        code, edition_id = key
        row: Mapping[Any, Any] = {}
        held: Edition | None = None
        if edition_id != NO_EDITION:
            held = edition_by_id(view, edition_id)
            table = table_of(view, RETENTION, held.figures)
            row = (
                view.connection.execute(
                    select(*(getattr(RetentionRow, name) for name in _NAMES)).where(
                        RetentionRow.table_id == table, RetentionRow.code == code
                    )
                )
                .mappings()
                .first()
                or {}
            )
        seen[key] = {
            **_NO_RULE,
            **row,
            "class_code": code,
            "edition": edition_id,
            "unverified": held is not None and held.confidence == "unverified",
            "counting": held.figures.counting if held else "date",
        }
    return seen[key]


def as_kept(row: Mapping[str, Any]) -> KeptRule:
    """A row of a snapshot as the rules take it."""
    return KeptRule(
        HeldRule(
            row["class_code"],
            row["active_years"],
            counted_trigger(row["active_trigger"], row["raw_active"]),
            row["inactive_years"],
            counted_trigger(row["inactive_trigger"], row["raw_inactive"]),
            row["final_action"],
            row["counting"],
        ),
        row["edition"],
        row["unverified"],
        (row["raw_active"], row["raw_inactive"], row["raw_final_action"]),
    )


def plain_rules(rules: Iterable[KeptRule]) -> list[HeldRule]:
    """What the rules reckon with."""
    return [one.rule for one in rules]


_COLUMNS = ("class_code", "edition", "unverified", "counting", *_NAMES)
