"""Tables of payments."""

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
from .lpj import Lpj, LpjEvidence, Receipt
from .payments import Act, Bill, Deduction, Duty, Evidence, Paper, Payment, PaymentLine, Refund

__all__ = [
    "FREE",
    "OUTSIDE",
    "PAID",
    "POCKETS",
    "RESERVED",
    "RETURNED",
    "SENT",
    "SPENT",
    "UNRELEASED",
    "WAITING",
    "WITHDRAWN",
    "Act",
    "BankStatement",
    "Base",
    "Batch",
    "Bill",
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
    "PaymentLine",
    "Receipt",
    "Refund",
    "Spd",
    "SpdLine",
]
