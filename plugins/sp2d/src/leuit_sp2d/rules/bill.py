"""When two claims are for the same bill: the same invoice number of the same payee.

A payee is the same by NPWP, by bank account, or by name, whichever of them the claims share; so a
bill cannot come twice by leaving the NPWP out, by another account, or by `CV.` and blanks in the
name. A float, its refill and a salary have no invoice: a float is given once a year, an LPJ
refilled once, a salary paid once by month, type and running number.
"""

import datetime as dt
import re
import unicodedata
from uuid import UUID

from .salary import Salary

_LEGAL_FORMS = {"CV", "PT", "UD", "PD", "FA", "TB", "TOKO", "KOPERASI", "TBK", "PERSERO"}


def bill_keys(invoice: str, *, npwp: str, bank: str, account: str, payee: str) -> tuple[str, ...]:
    """The names of a bill, one for each mark of its payee; none without an invoice number."""
    number = _letters(invoice)
    if not number:
        return ()
    marks = payee_marks(npwp=npwp, bank=bank, account=account, payee=payee)
    return tuple(f"{mark[:110]}|{number[:80]}" for mark in sorted(marks))


def payee_marks(*, npwp: str, bank: str, account: str, payee: str) -> frozenset[str]:
    """By what a payee is known: two claims that share one of these pay the same payee."""
    marks = {f"account:{bank}:{_letters(account)}", f"name:{name_mark(payee)}"}
    if npwp:
        marks.add(f"npwp:{npwp}")
    return frozenset(marks)


def float_key(unit_id: UUID, year: int) -> str:
    """The name of the float of a unit and year."""
    return f"up|{unit_id}|{year}"


def refill_key(lpj_id: UUID) -> str:
    """The name of the refill of an LPJ."""
    return f"gu|{lpj_id}"


def salary_key(unit_id: UUID, salary: Salary) -> str:
    """The name of a salary of a unit."""
    return f"gaji|{unit_id}|{salary.month}|{salary.type}|{salary.run}"


def receipt_mark(number: str, dated: dt.date, amount: int) -> tuple[str, dt.date, int]:
    """What two accounts of the same receipt share, however its number is spelled."""
    return _letters(number), dated, amount


def name_mark(name: str) -> str:
    """What spellings of one name share: capitals without blanks, points and the legal form."""
    words = re.findall(r"\w+", unicodedata.normalize("NFKD", name).upper())
    kept = [word for word in words if word not in _LEGAL_FORMS]
    return "".join(kept or words)


def _letters(text: str) -> str:
    """Letters and digits alone, in capitals: `001/INV-x` and `001 / inv x` are one number."""
    plain = unicodedata.normalize("NFKD", text).upper()
    return "".join(letter for letter in plain if letter.isalnum())
