"""A bank for trials: its statement tells of our orders what was ordered, and no more."""

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyiso20022.camt.camt_053_001_08 import Document
from xsdata.formats.dataclass.parsers import XmlParser

from leuit_sp2d.bank.answering import WrongAnswerError, answer_orders
from leuit_sp2d.bank.orders import Order, write_orders
from leuit_sp2d.bank.received import WrongOrderFileError
from leuit_sp2d.bank.statements import read_statement
from leuit_sp2d.rules.rupiah import LARGEST
from tests.sp2d.bank_files import AT, DEBTOR, ORDER, orders

REASONS = st.sampled_from(["AC01", "AC04", "AC06", "AM09", "BE04"])


def _file(*some: Order) -> bytes:
    return write_orders("RKUD-2026-0001", AT, DEBTOR, some, AT.date())


@given(
    st.lists(orders(), min_size=1, max_size=5, unique_by=lambda order: order.end_to_end),
    st.data(),
    st.integers(-(10**14), 10**14),
)
def test_round_trip(some: list[Order], data: st.DataObject, opening: int) -> None:
    """Orders, answer, statement: the same ids, amounts and returns, and balances that add up."""
    returned = data.draw(
        st.dictionaries(st.sampled_from([each.end_to_end for each in some]), REASONS)
    )
    answer = answer_orders(_file(*some), AT, returned=returned, opening=opening)
    (found,) = read_statement(answer)
    told = {
        kind: {
            each.end_to_end: (each.amount, each.credit, each.reason[:4], each.remittance)
            for each in found.bookings
            if each.kind == kind
        }
        for kind in ("paid", "returned")
    }
    lines = {each.end_to_end: " ".join(each.remittance.split()) for each in some}
    assert told == {
        "paid": {
            each.end_to_end: (each.amount, False, "", lines[each.end_to_end]) for each in some
        },
        "returned": {
            each.end_to_end: (each.amount, True, returned[each.end_to_end], lines[each.end_to_end])
            for each in some
            if each.end_to_end in returned
        },
    }
    assert len(found.bookings) == len(some) + len(returned)
    kept = sum(each.amount for each in some if each.end_to_end not in returned)
    assert (found.opening, found.closing, found.unknown) == (opening, opening - kept, 0)
    assert (found.account, found.page, found.last_page) == (DEBTOR.number, 1, True)
    assert found.to == AT.date()
    assert len({each.bank_ref for each in found.bookings}) == len(found.bookings)


def test_the_answer_has_the_form_of_the_standard() -> None:
    """Classes made from the schema take the whole file; nothing in it is unknown to them."""
    answer = answer_orders(_file(ORDER), AT, returned={ORDER.end_to_end: "AC04"}, opening=10**9)
    document = XmlParser().from_bytes(answer, Document)
    (told,) = document.bk_to_cstmr_stmt.stmt
    assert [each.bk_tx_cd.domn.fmly.sub_fmly_cd for each in told.ntry] == ["DMCT", "RRTN"]
    (debit,) = told.ntry[0].ntry_dtls[0].tx_dtls
    assert debit.refs.pmt_inf_id == "RKUD-2026-0001"
    assert debit.rltd_pties.cdtr.pty.nm == ORDER.holder


def test_same_answer_twice_another_at_another_time() -> None:
    """The statement's id tells a file that is read again from a new one."""
    first = answer_orders(_file(ORDER), AT, opening=10**9)
    assert first == answer_orders(_file(ORDER), AT, opening=10**9)
    (one,) = read_statement(first)
    (other,) = read_statement(answer_orders(_file(ORDER), AT.replace(minute=5), opening=10**9))
    assert one.id != other.id


@pytest.mark.parametrize(
    "old,new,cause",
    [
        ("pain.001.001.09", "pain.001.001.03", "wrong_kind"),
        ("<Document", "<!DOCTYPE D><Document", "forbidden_xml"),
        ("</PmtInf>", "", "broken_xml"),
        ("<NbOfTxs>1<", "<NbOfTxs>2<", "wrong_count"),
        ("<CtrlSum>1450000.00<", "<CtrlSum>1450001.00<", "wrong_sum"),
        ('Ccy="IDR"', 'Ccy="USD"', "wrong_currency"),
        ("<PmtInf>", "<PmtInf/><PmtInf>", "repeated"),
    ],
)
def test_wrong_order_file(old: str, new: str, cause: str) -> None:
    """A bank that is not sure what is ordered pays nothing."""
    text = _file(ORDER).decode()
    assert old in text
    with pytest.raises(WrongOrderFileError) as caught:
        answer_orders(text.replace(old, new, 1).encode(), AT, opening=0)
    assert caught.value.cause == cause


def test_an_id_twice_is_no_order_file() -> None:
    """Two orders of one id cannot be told apart in a statement."""
    twice = _file(ORDER, attrs.evolve(ORDER, end_to_end="SP2D2026-000124")).replace(
        b"000124", b"000123"
    )
    with pytest.raises(WrongOrderFileError) as caught:
        answer_orders(twice, AT, opening=0)
    assert caught.value.cause == "repeated"


def test_wrong_answer_tells_every_fault() -> None:
    """Returns of unknown orders, without code, at no instant or out of reach are told at once."""
    with pytest.raises(WrongAnswerError) as caught:
        answer_orders(
            _file(ORDER),
            AT.replace(tzinfo=None),
            returned={"X": "AC04", ORDER.end_to_end: "closed"},
            opening=LARGEST + 1,
        )
    assert {(fault.path, fault.code) for fault in caught.value.fields} == {
        ("returned[X]", "unknown_order"),
        (f"returned[{ORDER.end_to_end}]", "wrong_reason"),
        ("at", "naive_time"),
        ("opening", "too_large"),
    }
