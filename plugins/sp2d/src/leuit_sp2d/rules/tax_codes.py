"""Codes of tax payments: ID billing, NTPN and NPWP, as far as their form tells right from wrong.

An ID billing has 15 digits and can be paid for some days only, a figure of the edition. A payment
counts by its NTPN alone. An NPWP has 15 digits with a check digit, or since 2024 16: a NIK, or the
old number after a 0. Zeros stand for "no NPWP" and would pass a check digit, so they are asked for
first.
"""

import datetime as dt
import re

from leuit.values import InvalidInputError, _

_BILLING = re.compile(r"[0-9]{15}")
_NTPN = re.compile(r"[0-9A-Z]{16}")
_NPWP = re.compile(r"[0-9]{15,16}")
_SPACE = re.compile(r"\s")
_TAXPAYER = 9
"""Digits of an old NPWP that are of the taxpayer, the ninth of them checks the others."""


class WrongBillingIdError(InvalidInputError):
    """What was given is no ID billing."""

    code = "wrong_billing_id"


class WrongNtpnError(InvalidInputError):
    """What was given is no NTPN."""

    code = "wrong_ntpn"


class WrongNpwpError(InvalidInputError):
    """What was given is no NPWP, nor the zeros that stand for none."""

    code = "wrong_npwp"


def parse_billing_id(text: str) -> str:
    """15 digits, blanks between them allowed; raises WrongBillingIdError."""
    digits = _SPACE.sub("", text)
    if not _BILLING.fullmatch(digits):
        raise WrongBillingIdError(
            _("“%(text)s” bukan ID billing."),
            advice=_("Salin 15 angka dari bukti pembuatan kode billing."),
            text=text[:40],
        )
    return digits


def last_day_of_billing(made_on: dt.date, billing_days: int) -> dt.date:
    """The last day on which an ID billing can be paid, `billing_days` after it was made."""
    return made_on + dt.timedelta(days=billing_days)


def parse_ntpn(text: str) -> str:
    """16 letters and digits in capitals, blanks between them allowed; raises WrongNtpnError."""
    ntpn = _SPACE.sub("", text)
    if not ntpn.isascii() or not _NTPN.fullmatch(ntpn.upper()):
        raise WrongNtpnError(
            _("“%(text)s” bukan NTPN."),
            advice=_("Salin 16 huruf dan angka dari bukti penerimaan negara."),
            text=text[:40],
        )
    return ntpn.upper()


def parse_npwp(text: str) -> str | None:
    """Digits of an NPWP as given, 15 or 16; None for nothing and for zeros.

    Nothing is an empty text, or zeros in the place of the taxpayer: an office code may follow them.
    Dots, strips and blanks are passed over. A wrong check digit of 15 is refused, 16 digits are
    taken by their number. Raises WrongNpwpError.
    """
    digits = re.sub(r"[\s.-]", "", text)
    if not digits:
        return None
    if not _NPWP.fullmatch(digits):
        raise _wrong_npwp(text)
    if not int(digits[: _TAXPAYER + len(digits) - 15]):
        return None
    if len(digits) == 15 and not _passes_luhn(digits[:_TAXPAYER]):
        raise _wrong_npwp(text)
    return digits


def spellings(npwp: str) -> tuple[str, ...]:
    """One tax number with 15 digits and with 16: the longer one of a firm begins with a zero."""
    if len(npwp) == 15:
        return npwp, f"0{npwp}"
    return (npwp, npwp[1:]) if npwp.startswith("0") else (npwp,)


def same_npwp(one: str, other: str) -> bool:
    """Whether two tax numbers, as they are stored, are the same one."""
    return one in spellings(other)


def _passes_luhn(digits: str) -> bool:
    """ISO/IEC 7812-1: from the right every second digit is doubled, the sum ends in 0."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(doubled) + sum(int(digit) for digit in digits[::-2])) % 10 == 0


def _wrong_npwp(text: str) -> WrongNpwpError:
    return WrongNpwpError(
        _("“%(text)s” bukan NPWP."),
        advice=_("Salin 15 atau 16 angka dari kartu NPWP; kosongkan bila tidak ada."),
        text=text[:40],
    )
