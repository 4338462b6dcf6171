"""Rules of electronic signatures: pure values and judgements, no PDF library, no database."""

from .finding import ChangedField, Examination, Finding, Level
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
    "REASONS",
    "TRUST_REASONS",
    "UNSIGNED",
    "VALID",
    "ChangedField",
    "Examination",
    "Finding",
    "Level",
    "SignatureVerdict",
    "Verdict",
    "Word",
    "judge",
    "reason_of",
]
