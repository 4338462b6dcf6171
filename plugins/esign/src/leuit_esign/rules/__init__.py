"""Rules of electronic signatures: pure values and judgements, no PDF library, no database."""

from .chain import Link, decided, opened, state_of
from .finding import ChangedField, Examination, Finding, Level
from .place import (
    PRESETS,
    Place,
    Sheet,
    around,
    as_shown,
    fault_of,
    onto_page,
    overlaps,
    preset,
)
from .verdict import (
    INVALID,
    OPEN,
    REASONS,
    TRUST_REASONS,
    UNSIGNED,
    VALID,
    SignatureVerdict,
    Verdict,
    Word,
    judge,
    reason_of,
)

__all__ = [
    "INVALID",
    "OPEN",
    "PRESETS",
    "REASONS",
    "TRUST_REASONS",
    "UNSIGNED",
    "VALID",
    "ChangedField",
    "Examination",
    "Finding",
    "Level",
    "Link",
    "Place",
    "Sheet",
    "SignatureVerdict",
    "Verdict",
    "Word",
    "around",
    "as_shown",
    "decided",
    "fault_of",
    "judge",
    "onto_page",
    "opened",
    "overlaps",
    "preset",
    "reason_of",
    "state_of",
]
