"""The bank's statement (camt.053, version 02 to 12): what was booked on the account of the region.

A file is taken whole or not at all. With both balances told and all pages there, the opening
balance and every booked entry must make the closing balance: what does not add up proves nothing.
"""

import datetime as dt
import re

import attrs

from leuit.values import _

from .bookings import Booking, read_bookings
from .node import CURRENCY, Node
from .xml import WrongFileError, parse

MAX_ENTRIES = 50_000

_ROOT = re.compile(
    r"\{(urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.(?:0[2-9]|1[0-2]))\}Document"
)
_PAGE = re.compile(r"[0-9]{1,5}")
_DIRECTIONS = {"CRDT": 1, "DBIT": -1}


class WrongStatementError(WrongFileError):
    """The file is no statement that may be relied on; `fields` tells cause and place."""

    code = "wrong_statement"


@attrs.frozen
class Statement:
    """One `Stmt` of a file: its bookings, and its balances in whole rupiah where they are told.

    `id` has at most 35 characters and is unique at the bank, with `page` when the statement is
    sent in pages. `unknown` counts the bookings that carry no end-to-end id.
    """

    id: str
    account: str
    to: dt.date | None
    opening: int | None
    closing: int | None
    page: int | None
    last_page: bool
    bookings: tuple[Booking, ...]
    unknown: int


def read_statement(data: bytes) -> tuple[Statement, ...]:
    """Every statement of the file, in its order.

    Errors: WrongStatementError, for the whole file, at the first thing that is not as it must be.
    """
    root = parse(data, WrongStatementError)
    match = _ROOT.fullmatch(root.tag)
    if match is None:
        raise WrongStatementError(
            "wrong_kind", _("Berkas bukan rekening koran camt.053 versi 02 sampai 12.")
        )
    message = Node(root, match[1], WrongStatementError).need("BkToCstmrStmt")
    nodes = message.children("Stmt")
    if not nodes:
        raise message.fault("missing", _("Berkas tidak memuat rekening koran."))
    if sum(len(node.children("Ntry")) for node in nodes) > MAX_ENTRIES:
        raise message.fault(
            "too_many", _("Berkas memuat lebih dari %(limit)s entri."), limit=MAX_ENTRIES
        )
    # Before version 04 the pages are those of the message, which then holds one statement.
    paging = message.find("GrpHdr/MsgPgntn") if len(nodes) == 1 else None
    statements = tuple(
        _statement(node.at(f"Stmt {number}"), paging) for number, node in enumerate(nodes, start=1)
    )
    if len({(each.account, each.id, each.page) for each in statements}) < len(statements):
        raise message.fault("repeated", _("Berkas memuat rekening koran yang sama dua kali."))
    return statements


def _statement(node: Node, paging: Node | None) -> Statement:
    identifier = _identifier(node.need("Id"), 35)
    node = node.at(f"Stmt {identifier}")
    currency = node.told("Acct/Ccy", 3) or CURRENCY
    if currency != CURRENCY:
        raise node.fault(
            "wrong_currency", _("Rekening bermata uang %(currency)s, bukan IDR."), currency=currency
        )
    account = node.need("Acct/Id")
    own_paging = node.find("StmtPgntn") or paging
    period_end = node.find("FrToDt/ToDtTm")
    bookings = tuple(
        booking
        for number, entry in enumerate(node.children("Ntry"), start=1)
        for booking in read_bookings(entry.at(f"{node.place}, Ntry {number}"))
    )
    statement = Statement(
        id=identifier,
        account=_identifier(account.find("IBAN") or account.need("Othr/Id"), 34),
        to=period_end.instant_day() if period_end else None,
        opening=_balance(node, "OPBD"),
        closing=_balance(node, "CLBD"),
        page=_page(own_paging.need("PgNb")) if own_paging else None,
        last_page=own_paging.need("LastPgInd").flag() if own_paging else True,
        bookings=bookings,
        unknown=sum(booking.end_to_end is None for booking in bookings),
    )
    _check_balances(node, statement)
    return statement


def _identifier(node: Node, longest: int) -> str:
    text = node.text(longest)
    if not text.isprintable():
        raise node.fault("wrong_text", _("“%(element)s” memuat tanda yang tidak terlihat."))
    return text


def _page(node: Node) -> int:
    if _PAGE.fullmatch(node.text(35)) is None:
        raise node.fault("wrong_page", _("Nomor halaman rekening koran bukan angka."))
    return int(node.text(5))


def _balance(statement: Node, code: str) -> int | None:
    """The balance of the code with its sign; other balances are not looked at."""
    found = [
        balance
        for balance in statement.children("Bal")
        if balance.told("Tp/CdOrPrtry/Cd", 4) == code
    ]
    if not found:
        return None
    if len(found) > 1:
        raise found[1].fault("repeated", _("Saldo %(code)s tertulis lebih dari sekali."), code=code)
    direction = found[0].need("CdtDbtInd").word(_DIRECTIONS)
    return _DIRECTIONS[direction] * found[0].need("Amt").amount()


def _check_balances(node: Node, statement: Statement) -> None:
    whole = statement.page is None or (statement.page == 1 and statement.last_page)
    if statement.opening is None or statement.closing is None or not whole:
        return
    reached = statement.opening + sum(booking.signed for booking in statement.bookings)
    if reached != statement.closing:
        raise node.fault(
            "wrong_balance",
            _(
                "Saldo awal dan semua entri menghasilkan %(reached)s, "
                "padahal saldo akhir tertulis %(closing)s."
            ),
            reached=reached,
            closing=statement.closing,
        )
