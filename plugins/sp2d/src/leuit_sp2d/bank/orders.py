"""Orders to the bank of the RKUD (pain.001.001.09): each pays one SP2D, under a short id.

The end-to-end id comes back in the statement and has at most 35 characters; a number of an SP2D
has 52 to 56 and goes into the remittance text. The account's holder is the creditor, as the bank
compares that name; the payee of the SP2D is the ultimate creditor where the two names differ.
Amounts are whole rupiah, written with two decimals. What the bank would refuse is refused here.
"""

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from leuit.contracts import bank_name
from leuit.values import FieldError, InvalidInputError, _, one_line
from leuit_sp2d.rules.rupiah import LARGEST

_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9./-]*")
_ACCOUNT = re.compile(r"[A-Za-z0-9-]+")
_LONGEST_ID = 35
_LONGEST_ACCOUNT = 34
_LONGEST_HOLDER = 70
_LONGEST_TEXT = 140
_UNTOLD = "NOTPROVIDED"


class WrongOrderError(InvalidInputError):
    """Nothing is written, as the bank would refuse it; `fields` names every fault at once.

    A path is `orders[<end-to-end id>].<field>`, `debtor.<field>`, or an argument's name.
    """

    code = "wrong_order"


@attrs.frozen
class Account:
    """The account that is debited: its holder's name, the bank's three digits, its number."""

    name: str
    bank: str
    number: str


@attrs.frozen
class Order:
    """One payment: `amount` in whole rupiah, `bank` in three digits, `remittance` the SP2D number.

    `payee` is who the SP2D pays, `holder` whose name the account bears.
    """

    end_to_end: str
    amount: int
    payee: str
    holder: str
    bank: str
    account: str
    remittance: str


def check_order(order: Order) -> tuple[FieldError, ...]:
    """Everything for which the bank would refuse the order, by the order's field names."""
    return tuple(
        fault
        for fault in (
            _identifier("end_to_end", order.end_to_end),
            _amount(order.amount),
            _words("payee", order.payee, _LONGEST_TEXT),
            _words("holder", order.holder, _LONGEST_HOLDER),
            _bank("bank", order.bank),
            _account("account", order.account),
            _words("remittance", order.remittance, _LONGEST_TEXT),
        )
        if fault
    )


def write_orders(
    message_id: str,
    at: dt.datetime,
    debtor: Account,
    orders: Sequence[Order],
    execute_on: dt.date,
) -> bytes:
    """The file, in UTF-8. `message_id` is unique at the bank: the same id is never paid twice.

    Errors: WrongOrderError with every fault of all orders; also for a naive `at` and no orders.
    """
    faults = [
        *_faults_of_message(message_id, at, debtor),
        *_faults_of_orders(orders),
    ]
    if faults:
        raise WrongOrderError(
            _("Perintah bayar tidak dapat ditulis: %(count)s isian salah."),
            fields=faults,
            advice=_("Perbaiki isian yang disebut, lalu buat berkasnya lagi."),
            count=len(faults),
        )
    # The classes of the standard take 0.2 s to import: only who writes a file waits for them.
    from .order_file import order_file

    return order_file(message_id, at, debtor, orders, execute_on)


def _faults_of_message(message_id: str, at: dt.datetime, debtor: Account) -> Iterator[FieldError]:
    if at.utcoffset() is None:
        yield FieldError("at", _("Waktu pembuatan harus berzona waktu."), "naive_time")
    checks = (
        _identifier("message_id", message_id),
        _words("debtor.name", debtor.name, _LONGEST_HOLDER),
        _bank("debtor.bank", debtor.bank),
        _account("debtor.number", debtor.number),
    )
    yield from (fault for fault in checks if fault)


def _faults_of_orders(orders: Sequence[Order]) -> Iterator[FieldError]:
    if not orders:
        yield FieldError("orders", _("Tidak ada perintah bayar."), "empty")
    uses = Counter(order.end_to_end for order in orders)
    amounts_are_right = True
    for order in orders:
        path = f"orders[{order.end_to_end[:_LONGEST_TEXT]}]"
        for fault in check_order(order):
            amounts_are_right = amounts_are_right and fault.path != "amount"
            yield attrs.evolve(fault, path=f"{path}.{fault.path}")
        if uses[order.end_to_end] > 1:
            uses[order.end_to_end] = 0
            yield FieldError(
                f"{path}.end_to_end", _("ID transaksi dipakai lebih dari sekali."), "repeated"
            )
    if amounts_are_right and sum(order.amount for order in orders) > LARGEST:
        yield FieldError("orders", _("Jumlah semua perintah terlalu besar."), "too_large")


def _identifier(path: str, text: str) -> FieldError | None:
    if len(text) > _LONGEST_ID:
        return _too_long(path, _LONGEST_ID)
    if _ID.fullmatch(text) is None or text == _UNTOLD:
        return FieldError(
            path,
            _("ID terdiri atas huruf, angka, titik, garis miring, dan tanda hubung."),
            "wrong_id",
        )
    return None


def _amount(amount: object) -> FieldError | None:
    # An amount that came by way of JSON or a spreadsheet may be a truth value or a float.
    if type(amount) is int and 0 < amount <= LARGEST:
        return None
    return FieldError("amount", _("Nilai harus rupiah utuh di atas nol."), "wrong_amount")


def _words(path: str, text: str, longest: int) -> FieldError | None:
    shown = one_line(text)
    if not shown:
        return FieldError(path, _("Isian ini kosong."), "empty")
    if not text.isprintable() or shown.split() != unicodedata.normalize("NFC", text).split():
        return FieldError(
            path, _("Isian memuat tanda yang tidak terlihat dan tidak diterima bank."), "wrong_text"
        )
    return _too_long(path, longest) if len(text) > longest else None


def _bank(path: str, code: str) -> FieldError | None:
    if bank_name(code) is not None:
        return None
    return FieldError(
        path, _("Kode bank “%(code)s” tidak dikenal."), "unknown_bank", {"code": code[:20]}
    )


def _account(path: str, number: str) -> FieldError | None:
    if len(number) > _LONGEST_ACCOUNT:
        return _too_long(path, _LONGEST_ACCOUNT)
    if _ACCOUNT.fullmatch(number) is None:
        return FieldError(
            path, _("Nomor rekening terdiri atas huruf, angka, dan tanda hubung."), "wrong_account"
        )
    return None


def _too_long(path: str, longest: int) -> FieldError:
    return FieldError(
        path, _("Isian ini lebih panjang dari %(longest)s huruf."), "too_long", {"longest": longest}
    )
