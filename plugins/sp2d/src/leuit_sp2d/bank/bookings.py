"""What one entry of a statement says of our orders: paid, returned, or something else.

Only what is booked counts; pending and informative entries are none. The direction of a detail is
its own word before the entry's, and the details together are the entry, else the file is refused.
"""

import datetime as dt
from typing import Literal

import attrs

from leuit.values import _, one_line

from .node import Node

_STATES = ("BOOK", "PDNG", "INFO", "FUTR")
_DIRECTIONS = ("CRDT", "DBIT")
_RETURNS = frozenset({"RRTN", "RPCR"})
"""Sub-families of ISO 20022 bank transaction codes: reimbursement, reversal after a request."""

_NO_ID = "NOTPROVIDED"
_LONGEST_TEXT = 2_000


@attrs.frozen
class Booking:
    """Money that moved on the account of the statement, in whole rupiah, above or at zero.

    `paid` is a debit that carries an end-to-end id and reverses nothing. `returned` is a credit
    that carries the end-to-end id of an earlier debit and is told to be a return; `reason` is then
    `AC04: Rekening ditutup`, code and words as far as told. Everything else is `other`. The
    end-to-end id is as in the file: compare it whole.
    """

    end_to_end: str | None
    amount: int
    kind: Literal["paid", "returned", "other"]
    credit: bool
    booked_on: dt.date
    bank_ref: str
    reason: str
    remittance: str

    @property
    def signed(self) -> int:
        """What the booking adds to the balance."""
        return self.amount if self.credit else -self.amount


def read_bookings(entry: Node) -> tuple[Booking, ...]:
    """The bookings of one `Ntry`, one for each detail; none when the entry is not booked.

    Errors: the entry's error class when its amounts, words or dates are not plain, when one of
    several details has no amount, and when the details do not add up to the entry.
    """
    if not _is_booked(entry.need("Sts")):
        return ()
    amount = entry.need("Amt").amount()
    credit = _is_credit(entry.need("CdtDbtInd"))
    details = [each for group in entry.children("NtryDtls") for each in group.children("TxDtls")]
    if not details:
        return (_booking(entry, None, amount, credit),)
    bookings = tuple(
        _booking(
            entry,
            detail,
            _amount_of(detail, amount if len(details) == 1 else None),
            credit if (own := detail.find("CdtDbtInd")) is None else _is_credit(own),
        )
        for detail in details
    )
    total = sum(booking.signed for booking in bookings)
    if total != (amount if credit else -amount):
        raise entry.fault(
            "wrong_sum",
            _("Rincian transaksi berjumlah %(total)s, padahal entri bernilai %(amount)s."),
            total=abs(total),
            amount=amount,
        )
    return bookings


def _is_booked(state: Node) -> bool:
    """Both forms: the word itself (to version 07), or within `Cd` (from version 08)."""
    if state.find("Prtry") is not None:
        return False
    return (state.find("Cd") or state).word(_STATES) == "BOOK"


def _is_credit(direction: Node) -> bool:
    return direction.word(_DIRECTIONS) == "CRDT"


def _amount_of(detail: Node, of_entry: int | None) -> int:
    own = detail.find("Amt") or detail.find("AmtDtls/TxAmt/Amt")
    if own is not None:
        return own.amount()
    if of_entry is None:
        raise detail.fault(
            "missing_amount", _("Salah satu dari beberapa rincian transaksi tidak bernilai.")
        )
    return of_entry


def _booking(entry: Node, detail: Node | None, amount: int, credit: bool) -> Booking:
    source = detail or entry
    given = detail.told("Refs/EndToEndId", 35) if detail else ""
    end_to_end = given if given and given != _NO_ID else None
    back = _goes_back(entry, detail)
    kind: Literal["paid", "returned", "other"] = "other"
    if end_to_end and amount and credit == back:
        kind = "returned" if credit else "paid"
    return Booking(
        end_to_end=end_to_end,
        amount=amount,
        kind=kind,
        credit=credit,
        booked_on=entry.need("BookgDt").day(),
        bank_ref=(detail.told("Refs/AcctSvcrRef", 35) if detail else "")
        or entry.told("AcctSvcrRef", 35),
        reason=_reason(entry, source) if kind == "returned" else "",
        remittance=_lines(source.find("RmtInf"), "Ustrd"),
    )


def _goes_back(entry: Node, detail: Node | None) -> bool:
    """The booking undoes an earlier one: reversal indicator, return information, or its code."""
    reversal = entry.find("RvslInd")
    if reversal is not None and reversal.flag():
        return True
    if detail is not None and detail.find("RtrInf") is not None:
        return True
    family = (detail and detail.find("BkTxCd/Domn/Fmly")) or entry.find("BkTxCd/Domn/Fmly")
    return family is not None and family.told("SubFmlyCd", 4) in _RETURNS


def _reason(entry: Node, detail: Node) -> str:
    told = detail.find("RtrInf")
    code = (told.told("Rsn/Cd", 4) or told.told("Rsn/Prtry", 35)) if told else ""
    words = (
        _lines(told, "AddtlInf")
        or one_line(detail.told("AddtlTxInf", _LONGEST_TEXT))
        or one_line(entry.told("AddtlNtryInf", _LONGEST_TEXT))
    )
    return ": ".join(part for part in (one_line(code), words) if part)


def _lines(parent: Node | None, name: str) -> str:
    """The texts of all children of the name as one line."""
    if parent is None:
        return ""
    return one_line(" ".join(each.words(_LONGEST_TEXT) for each in parent.children(name)))
