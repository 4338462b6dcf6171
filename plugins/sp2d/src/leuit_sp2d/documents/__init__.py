"""Papers of a payment: what stands in them as plain values, and their drawing as PDF/A."""

from .allowance import AllowanceList, AllowanceRow
from .drawing import Paper, draw
from .papers import (
    Claim,
    ClaimLine,
    Coded,
    Deduction,
    Payee,
    Reason,
    Reference,
    ReturnLetter,
    Signer,
    Sp2dPaper,
    SpmPaper,
    SppLine,
    SppPaper,
)

__all__ = [
    "AllowanceList",
    "AllowanceRow",
    "Claim",
    "ClaimLine",
    "Coded",
    "Deduction",
    "Paper",
    "Payee",
    "Reason",
    "Reference",
    "ReturnLetter",
    "Signer",
    "Sp2dPaper",
    "SpmPaper",
    "SppLine",
    "SppPaper",
    "draw",
]
