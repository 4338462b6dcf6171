"""Files as a bank writes them, in parts: a test says only what its case is about."""

import datetime as dt
from typing import Any

from hypothesis import strategies as st

from leuit.contracts import banks
from leuit_sp2d.bank.orders import Account, Order
from leuit_sp2d.rules.rupiah import LARGEST

AT = dt.datetime(2026, 3, 2, 3, 0, tzinfo=dt.UTC)
DEBTOR = Account("RKUD Kabupaten Contoh", "110", "0012345678901")
NUMBER = "52.02/04.0/000009/LS/1.03.0.00.0.00.01.0000/M/2/2025"
"""Vector 2 of the domain: 52 characters."""

ORDER = Order(
    "SP2D2026-000123", 1_450_000, "CV Contoh Jaya", "CV Contoh Jaya", "002", "0123", NUMBER
)


def money(amount: str, currency: str = "IDR") -> str:
    return f'<Amt Ccy="{currency}">{amount}</Amt>'


def detail(
    end_to_end: str = "",
    amount: str = "",
    *,
    direction: str = "",
    returned: str = "",
    more: str = "",
) -> str:
    """A `TxDtls`; `returned` is the content of its return information."""
    refs = f"<Refs><EndToEndId>{end_to_end}</EndToEndId></Refs>" if end_to_end else ""
    own = f"<CdtDbtInd>{direction}</CdtDbtInd>" if direction else ""
    back = f"<RtrInf>{returned}</RtrInf>" if returned else ""
    return f"<TxDtls>{refs}{money(amount) if amount else ''}{own}{more}{back}</TxDtls>"


def entry(
    amount: str,
    direction: str,
    *details: str,
    status: str = "<Cd>BOOK</Cd>",
    booked: str = "<BookgDt><Dt>2026-03-02</Dt></BookgDt>",
    more: str = "",
) -> str:
    """An `Ntry` with its details in one `NtryDtls`; `more` stands before the status."""
    inside = f"<NtryDtls>{''.join(details)}</NtryDtls>" if details else ""
    return (
        f"<Ntry>{money(amount)}<CdtDbtInd>{direction}</CdtDbtInd>{more}<Sts>{status}</Sts>"
        f"{booked}<AcctSvcrRef>REF-1</AcctSvcrRef>{inside}</Ntry>"
    )


def balance(code: str, amount: str, direction: str = "CRDT") -> str:
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{code}</Cd></CdOrPrtry></Tp>{money(amount)}"
        f"<CdtDbtInd>{direction}</CdtDbtInd><Dt><Dt>2026-03-02</Dt></Dt></Bal>"
    )


def statement(*content: str, name: str = "RK-1", paging: str = "", account: str = "") -> str:
    """A `Stmt` with balances and entries as its content."""
    own = account or "<Acct><Id><Othr><Id>0012345678901</Id></Othr></Id><Ccy>IDR</Ccy></Acct>"
    return f"<Stmt><Id>{name}</Id>{paging}{own}{''.join(content)}</Stmt>"


def message(*statements: str, version: str = "08", header: str = "") -> bytes:
    """The file; any version writes it alike but for the names of the namespace."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
        f"<GrpHdr><MsgId>M-1</MsgId><CreDtTm>2026-03-02T20:00:00+07:00</CreDtTm>{header}</GrpHdr>"
        f"{''.join(statements)}</BkToCstmrStmt></Document>"
    ).encode()


def _texts(longest: int) -> st.SearchStrategy[str]:
    letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,'&<>\"/()-éÄçñ"
    return st.text(letters, min_size=1, max_size=longest).filter(lambda text: text.strip() != "")


def orders(**fixed: Any) -> st.SearchStrategy[Order]:
    """Orders that the bank takes."""
    fields: dict[str, st.SearchStrategy[Any]] = {
        "end_to_end": st.integers(0, 999_999).map(lambda number: f"SP2D2026-{number:06}"),
        "amount": st.integers(1, LARGEST // 10),
        "payee": _texts(140),
        "holder": _texts(70),
        "bank": st.sampled_from(sorted(banks())),
        "account": st.from_regex(r"[A-Za-z0-9-]{1,34}", fullmatch=True),
        "remittance": _texts(140),
    }
    return st.builds(Order, **fields | fixed)
