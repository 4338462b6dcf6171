"""Tables of payments."""

from .answers import Answer
from .bank import PAID, RETURNED, SENT, WAITING, WITHDRAWN, BankStatement, Batch, Instruction
from .base import Base
from .budget import (
    FREE,
    OUTSIDE,
    POCKETS,
    RESERVED,
    SPENT,
    UNRELEASED,
    Dpa,
    DpaLine,
    Entry,
    Line,
    Spd,
    SpdLine,
)
from .claims import OPEN, REFUSED, TAKEN, ClaimActor, ClaimAllowance, PaymentClaim, TppBase
from .lpj import Lpj, LpjEvidence, Receipt
from .payments import Act, Bill, Deduction, Duty, Evidence, Paper, Payment, PaymentLine, Refund

__all__ = [
    "FREE",
    "OPEN",
    "OUTSIDE",
    "PAID",
    "POCKETS",
    "REFUSED",
    "RESERVED",
    "RETURNED",
    "SENT",
    "SPENT",
    "TAKEN",
    "UNRELEASED",
    "WAITING",
    "WITHDRAWN",
    "Act",
    "Answer",
    "BankStatement",
    "Base",
    "Batch",
    "Bill",
    "ClaimActor",
    "ClaimAllowance",
    "Deduction",
    "Dpa",
    "DpaLine",
    "Duty",
    "Entry",
    "Evidence",
    "Instruction",
    "Line",
    "Lpj",
    "LpjEvidence",
    "Paper",
    "Payment",
    "PaymentClaim",
    "PaymentLine",
    "Receipt",
    "Refund",
    "Spd",
    "SpdLine",
    "TppBase",
]
