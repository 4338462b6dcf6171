"""The form of pain.001.001.09: one message with one payment information, one transfer an order.

Accounts are identified by their numbers (`Othr`) and banks by their three digits as members of the
clearing; count and control sum stand in the header and in the payment information. Every order is
debited by itself (`BtchBookg` false), so that the statement names each.
"""

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from pyiso20022.pain import pain_001_001_09 as pain
from xsdata.models.datatype import XmlDate

from .iso import decimal, instant, to_bytes
from .node import CURRENCY

if TYPE_CHECKING:
    from .orders import Account, Order


def order_file(
    message_id: str,
    at: dt.datetime,
    debtor: "Account",
    orders: Sequence["Order"],
    execute_on: dt.date,
) -> bytes:
    """The file of orders that have been checked."""
    count, total = str(len(orders)), decimal(sum(order.amount for order in orders))
    header = pain.GroupHeader85(
        msg_id=message_id,
        cre_dt_tm=instant(at),
        nb_of_txs=count,
        ctrl_sum=total,
        initg_pty=_party(debtor.name),
    )
    payment = pain.PaymentInstruction30(
        pmt_inf_id=message_id,
        pmt_mtd=pain.PaymentMethod3Code.TRF,
        btch_bookg=False,
        nb_of_txs=count,
        ctrl_sum=total,
        reqd_exctn_dt=pain.DateAndDateTime2Choice(dt=XmlDate.from_date(execute_on)),
        dbtr=_party(debtor.name),
        dbtr_acct=_account(debtor.number, CURRENCY),
        dbtr_agt=_agent(debtor.bank),
        cdt_trf_tx_inf=[_transfer(order) for order in orders],
    )
    initiation = pain.CustomerCreditTransferInitiationV09(grp_hdr=header, pmt_inf=[payment])
    return to_bytes(pain.Document(cstmr_cdt_trf_initn=initiation))


def _transfer(order: "Order") -> Any:
    amount = pain.ActiveOrHistoricCurrencyAndAmount(value=decimal(order.amount), ccy=CURRENCY)
    return pain.CreditTransferTransaction34(
        pmt_id=pain.PaymentIdentification6(end_to_end_id=order.end_to_end),
        amt=pain.AmountType4Choice(instd_amt=amount),
        cdtr_agt=_agent(order.bank),
        cdtr=_party(order.holder),
        cdtr_acct=_account(order.account),
        ultmt_cdtr=_party(order.payee) if order.payee != order.holder else None,
        rmt_inf=pain.RemittanceInformation16(ustrd=[order.remittance]),
    )


def _party(name: str) -> Any:
    return pain.PartyIdentification135(nm=name)


def _account(number: str, currency: str | None = None) -> Any:
    other = pain.GenericAccountIdentification1(id=number)
    return pain.CashAccount38(id=pain.AccountIdentification4Choice(othr=other), ccy=currency)


def _agent(bank: str) -> Any:
    member = pain.ClearingSystemMemberIdentification2(mmb_id=bank)
    return pain.BranchAndFinancialInstitutionIdentification6(
        fin_instn_id=pain.FinancialInstitutionIdentification18(clr_sys_mmb_id=member)
    )
