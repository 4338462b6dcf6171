"""The statement a bank would send for our orders: a whole camt.053.001.08, for trials.

Each order of the file is debited, and the chosen ones are credited back with the reason for which
a bank returns them. What is written here is read by `read_statement` like any other statement.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any

from pyiso20022.camt import camt_053_001_08 as camt
from xsdata.models.datatype import XmlDate

from leuit.values import FieldError, InvalidInputError, _
from leuit_sp2d.rules.rupiah import LARGEST

from .iso import decimal, instant, to_bytes
from .node import BANK_ZONE, CURRENCY
from .received import ReceivedOrders, Transfer, read_orders

_NONE_RETURNED: Mapping[str, str] = MappingProxyType({})
_REASON = re.compile(r"[A-Z0-9]{4}")
_WORDS = {
    "AC01": "Nomor rekening tidak benar",
    "AC04": "Rekening sudah ditutup",
    "AC06": "Rekening diblokir",
    "AM09": "Nilai tidak benar",
}
"""What a bank says beside some reason codes of ISO 20022."""


class WrongAnswerError(InvalidInputError):
    """No statement can be made of what was asked; `fields` names every fault at once."""

    code = "wrong_answer"


def answer_orders(
    pain001: bytes, at: dt.datetime, *, returned: Mapping[str, str] = _NONE_RETURNED, opening: int
) -> bytes:
    """The statement of the day of the aware `at`, from the balance `opening` in whole rupiah.

    `returned` gives the reason (AC01, AC04, AC06, AM09 …) by the end-to-end id of each order that
    comes back. The same arguments make the same bytes. Errors: WrongOrderFileError for the file,
    WrongAnswerError for the rest.
    """
    orders = read_orders(pain001)
    paid = [(transfer, "") for transfer in orders.transfers]
    back = [
        (transfer, returned[transfer.end_to_end])
        for transfer in orders.transfers
        if transfer.end_to_end in returned
    ]
    closing = opening - _sum(paid) + _sum(back)
    faults = [
        *_faults_of_returns(orders, returned),
        *_faults_of_statement(at, opening, closing),
    ]
    if faults:
        raise WrongAnswerError(
            _("Rekening koran tidak dapat dibuat: %(count)s isian salah."),
            fields=faults,
            advice=_("Sebut ID transaksi di dalam berkas dan kode alasan, misalnya AC04."),
            count=len(faults),
        )
    mark = hashlib.sha256(pain001 + at.isoformat().encode()).hexdigest()[:20].upper()
    entries = [
        _entry(f"{mark}{number:06}", at, orders, transfer, reason)
        for number, (transfer, reason) in enumerate([*paid, *back], start=1)
    ]
    statement = camt.AccountStatement9(
        id=f"RK{mark}",
        stmt_pgntn=camt.Pagination1(pg_nb="1", last_pg_ind=True),
        cre_dt_tm=instant(at),
        fr_to_dt=_day_until(at),
        acct=_account(orders),
        bal=[_balance("OPBD", opening, at), _balance("CLBD", closing, at)],
        ntry=entries,
    )
    header = camt.GroupHeader81(msg_id=f"M{mark}", cre_dt_tm=instant(at))
    message = camt.BankToCustomerStatementV08(grp_hdr=header, stmt=[statement])
    return to_bytes(camt.Document(bk_to_cstmr_stmt=message))


def _sum(transfers: list[tuple[Transfer, str]]) -> int:
    return sum(transfer.amount for transfer, _reason in transfers)


def _faults_of_returns(orders: ReceivedOrders, returned: Mapping[str, str]) -> Iterator[FieldError]:
    known = {transfer.end_to_end for transfer in orders.transfers}
    for end_to_end, reason in returned.items():
        path = f"returned[{end_to_end}]"
        if end_to_end not in known:
            yield FieldError(path, _("Perintah bayar ini tidak ada di berkas."), "unknown_order")
        if _REASON.fullmatch(reason) is None:
            yield FieldError(path, _("Alasan retur bukan kode ISO 20022."), "wrong_reason")


def _faults_of_statement(at: dt.datetime, opening: int, closing: int) -> Iterator[FieldError]:
    if at.utcoffset() is None:
        yield FieldError("at", _("Waktu rekening koran harus berzona waktu."), "naive_time")
    if max(abs(opening), abs(closing)) > LARGEST:
        yield FieldError("opening", _("Saldo di luar jangkauan."), "too_large")


def _entry(
    reference: str, at: dt.datetime, orders: ReceivedOrders, transfer: Transfer, reason: str
) -> Any:
    """A debit, or with a reason the credit that brings it back."""
    direction = camt.CreditDebitCode.CRDT if reason else camt.CreditDebitCode.DBIT
    holder = camt.Party40Choice(pty=camt.PartyIdentification135(nm=transfer.holder))
    detail = camt.EntryTransaction10(
        refs=camt.TransactionReferences6(
            acct_svcr_ref=reference,
            pmt_inf_id=orders.payment_id,
            end_to_end_id=transfer.end_to_end,
        ),
        amt=_money(transfer.amount),
        cdt_dbt_ind=direction,
        rltd_pties=camt.TransactionParties6(cdtr=holder),
        rmt_inf=camt.RemittanceInformation16(ustrd=[transfer.remittance])
        if transfer.remittance
        else None,
        rtr_inf=_return(reason) if reason else None,
    )
    return camt.ReportEntry10(
        ntry_ref=reference,
        amt=_money(transfer.amount),
        cdt_dbt_ind=direction,
        sts=camt.EntryStatus1Choice(cd="BOOK"),
        bookg_dt=_day(at),
        val_dt=_day(at),
        acct_svcr_ref=reference,
        bk_tx_cd=_transaction_code("RRTN" if reason else "DMCT"),
        ntry_dtls=[camt.EntryDetails9(tx_dtls=[detail])],
    )


def _return(reason: str) -> Any:
    words = _WORDS.get(reason)
    return camt.PaymentReturnReason5(
        rsn=camt.ReturnReason5Choice(cd=reason), addtl_inf=[words] if words else []
    )


def _transaction_code(sub_family: str) -> Any:
    """Payments, issued credit transfers: domestic (DMCT) or reimbursed (RRTN)."""
    family = camt.BankTransactionCodeStructure6(cd="ICDT", sub_fmly_cd=sub_family)
    return camt.BankTransactionCodeStructure4(
        domn=camt.BankTransactionCodeStructure5(cd="PMNT", fmly=family)
    )


def _balance(code: str, amount: int, at: dt.datetime) -> Any:
    kind = camt.BalanceType10Choice(cd=code)
    return camt.CashBalance8(
        tp=camt.BalanceType13(cd_or_prtry=kind),
        amt=_money(abs(amount)),
        cdt_dbt_ind=camt.CreditDebitCode.DBIT if amount < 0 else camt.CreditDebitCode.CRDT,
        dt=_day(at),
    )


def _account(orders: ReceivedOrders) -> Any:
    other = camt.GenericAccountIdentification1(id=orders.account)
    member = camt.ClearingSystemMemberIdentification2(mmb_id=orders.bank)
    bank = camt.FinancialInstitutionIdentification18(clr_sys_mmb_id=member)
    return camt.CashAccount39(
        id=camt.AccountIdentification4Choice(othr=other),
        ccy=CURRENCY,
        svcr=camt.BranchAndFinancialInstitutionIdentification6(fin_instn_id=bank),
    )


def _money(amount: int) -> Any:
    return camt.ActiveOrHistoricCurrencyAndAmount(value=decimal(amount), ccy=CURRENCY)


def _day(at: dt.datetime) -> Any:
    return camt.DateAndDateTime2Choice(dt=XmlDate.from_date(at.astimezone(BANK_ZONE).date()))


def _day_until(at: dt.datetime) -> Any:
    midnight = at.astimezone(BANK_ZONE).replace(hour=0, minute=0, second=0)
    return camt.DateTimePeriod1(fr_dt_tm=instant(midnight), to_dt_tm=instant(at))
