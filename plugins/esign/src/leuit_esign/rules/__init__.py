"""Rules of electronic signatures: pure values and judgements, no PDF library, no database."""

from .chain import Link, decided, opened, state_of
from .finding import ChangedField, Examination, Finding, Level
from .name_line import Post, in_one_line, name_lines
from .numbering import NumberPattern, number_of, series_of
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
    "NumberPattern",
    "Place",
    "Post",
    "Sheet",
    "SignatureVerdict",
    "Verdict",
    "Word",
    "around",
    "as_shown",
    "decided",
    "fault_of",
    "in_one_line",
    "judge",
    "name_lines",
    "number_of",
    "onto_page",
    "opened",
    "overlaps",
    "preset",
    "reason_of",
    "series_of",
    "state_of",
]
