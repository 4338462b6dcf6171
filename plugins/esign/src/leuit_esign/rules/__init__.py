"""Rules of electronic signatures: pure values and judgements, no PDF library, no database."""

from .answer import HEADINGS, WHYS, Answer, PublicAnswer, Standing, answer_of
from .chain import Link, decided, opened, state_of
from .code import read_code, shown_code
from .finding import ChangedField, Examination, Finding, Level
from .name_line import Post, in_one_line, name_lines
from .numbering import NumberPattern, number_of, series_of
from .place import (
    NUMBER_HEIGHT,
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
    "HEADINGS",
    "INVALID",
    "NUMBER_HEIGHT",
    "OPEN",
    "PRESETS",
    "REASONS",
    "TRUST_REASONS",
    "UNSIGNED",
    "VALID",
    "WHYS",
    "Answer",
    "ChangedField",
    "Examination",
    "Finding",
    "Level",
    "Link",
    "NumberPattern",
    "Place",
    "Post",
    "PublicAnswer",
    "Sheet",
    "SignatureVerdict",
    "Standing",
    "Verdict",
    "Word",
    "answer_of",
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
    "read_code",
    "reason_of",
    "series_of",
    "shown_code",
    "state_of",
]
