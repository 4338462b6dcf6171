"""Statements of the bank: what counts as paid, as returned, and as neither."""

import datetime as dt

import pytest

from leuit_sp2d.bank.bookings import Booking
from leuit_sp2d.bank.statements import Statement, WrongStatementError, read_statement
from tests.sp2d.bank_files import balance, detail, entry, message, money, statement

BACK = "<Rsn><Cd>AC04</Cd></Rsn><AddtlInf>Rekening</AddtlInf><AddtlInf>ditutup</AddtlInf>"
REVERSAL = "<RvslInd>true</RvslInd>"


def _only(data: bytes) -> Statement:
    (found,) = read_statement(data)
    return found


def _bookings(*entries: str) -> tuple[Booking, ...]:
    return _only(message(statement(*entries))).bookings


def _kinds(*entries: str) -> list[tuple[str | None, int, str]]:
    return [(each.end_to_end, each.amount, each.kind) for each in _bookings(*entries)]


@pytest.mark.parametrize("version", [f"{number:02}" for number in range(2, 13)])
def test_every_version_and_both_forms_of_the_state(version: str) -> None:
    """Versions 02 to 12 are read, with the state as a word or within an element of its own."""
    plain = entry("100", "DBIT", detail("A"), status="BOOK")
    nested = entry("50.00", "DBIT", detail("B"), status="<Cd>BOOK</Cd>")
    found = _only(message(statement(plain, nested), version=version))
    assert [(each.end_to_end, each.kind) for each in found.bookings] == [
        ("A", "paid"),
        ("B", "paid"),
    ]


def test_whole_statement() -> None:
    """Period, balances, account, references, remittance and reason come as the bank told them."""
    period = (
        "<FrToDt><FrDtTm>2026-03-01T17:00:00Z</FrDtTm><ToDtTm>2026-03-02T23:59:59</ToDtTm></FrToDt>"
    )
    remittance = "<RmtInf><Ustrd>52.02/04.0/</Ustrd><Ustrd>000009</Ustrd></RmtInf>"
    data = message(
        statement(
            balance("OPBD", "100", "DBIT"),
            balance("CLBD", "135.00", "DBIT"),
            balance("ITBD", "7.77"),
            entry("50", "DBIT", detail("A", more=remittance)),
            entry("20", "CRDT", detail("A", returned=BACK)),
            entry("5", "DBIT"),
            paging=period,
        )
    )
    found = _only(data)
    day = dt.date(2026, 3, 2)
    assert found == Statement(
        id="RK-1",
        account="0012345678901",
        to=day,
        opening=-100,
        closing=-135,
        page=None,
        last_page=True,
        bookings=(
            Booking("A", 50, "paid", False, day, "REF-1", "", "52.02/04.0/ 000009"),
            Booking("A", 20, "returned", True, day, "REF-1", "AC04: Rekening ditutup", ""),
            Booking(None, 5, "other", False, day, "REF-1", "", ""),
        ),
        unknown=1,
    )


@pytest.mark.parametrize(
    "status",
    ["PDNG", "INFO", "<Cd>PDNG</Cd>", "<Cd>INFO</Cd>", "<Cd>FUTR</Cd>", "<Prtry>BOOK</Prtry>"],
)
def test_only_what_is_booked_counts(status: str) -> None:
    """An entry that is pending, for information or of a state of the bank's own moved no money."""
    assert _bookings(entry("100", "DBIT", detail("A"), status=status)) == ()


@pytest.mark.parametrize(
    "direction,own,more,returned,kind",
    [
        ("DBIT", "", "", "", "paid"),
        ("DBIT", "", "<RvslInd>false</RvslInd>", "", "paid"),
        ("DBIT", "", REVERSAL, "", "other"),
        ("DBIT", "", "<RvslInd>1</RvslInd>", "", "other"),
        ("DBIT", "", "", BACK, "other"),
        ("CRDT", "", "", "", "other"),
        ("CRDT", "", REVERSAL, "", "returned"),
        ("CRDT", "", "", BACK, "returned"),
        ("CRDT", "CRDT", "", BACK, "returned"),
        (
            "CRDT",
            "",
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>ICDT</Cd><SubFmlyCd>RRTN</SubFmlyCd></Fmly></Domn></BkTxCd>",
            "",
            "returned",
        ),
        (
            "CRDT",
            "",
            "<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>DMCT</SubFmlyCd></Fmly></Domn></BkTxCd>",
            "",
            "other",
        ),
    ],
)
def test_kind_of_a_booking(direction: str, own: str, more: str, returned: str, kind: str) -> None:
    """A debit that undoes something pays nobody; a credit is a return only when told to be one."""
    found = _kinds(
        entry("100", direction, detail("A", direction=own, returned=returned), more=more)
    )
    assert found == [("A", 100, kind)]


@pytest.mark.parametrize(
    "told,reason",
    [
        ("<Rsn><Cd>AC01</Cd></Rsn>", "AC01"),
        ("<Rsn><Prtry>REK TUTUP</Prtry></Rsn>", "REK TUTUP"),
        ("<AddtlInf>Nama\n beda</AddtlInf>", "Nama beda"),
        (BACK, "AC04: Rekening ditutup"),
    ],
)
def test_reason_of_a_return(told: str, reason: str) -> None:
    """Code or the bank's own reason, then its words, as far as they are told."""
    (booking,) = _bookings(entry("100", "CRDT", detail("A", returned=told)))
    assert booking.reason == reason


def test_return_without_information_has_the_words_beside_it() -> None:
    """A reversal gives as reason what the bank says of the transaction."""
    words = detail("A", more="<AddtlTxInf>Dibatalkan bank</AddtlTxInf>")
    (booking,) = _bookings(entry("100", "CRDT", words, more=REVERSAL))
    assert booking.reason == "Dibatalkan bank"


def test_batch_tells_each_amount_and_direction() -> None:
    """A batch of one entry is as many bookings as details; a detail's own direction wins."""
    batch = entry(
        "120",
        "DBIT",
        detail("A", "100"),
        detail("B", more=f"<AmtDtls><TxAmt>{money('50.00')}</TxAmt></AmtDtls>"),
        detail("A", "30", direction="CRDT", returned=BACK),
    )
    assert _kinds(batch) == [("A", 100, "paid"), ("B", 50, "paid"), ("A", 30, "returned")]


def test_details_in_several_groups_are_one_list() -> None:
    """Details count over all `NtryDtls`, so that none is taken for the whole entry."""
    first = entry("100", "DBIT", detail("A", "60"))
    both = first.replace("</Ntry>", f"<NtryDtls>{detail('B', '40')}</NtryDtls></Ntry>")
    assert _kinds(both) == [("A", 60, "paid"), ("B", 40, "paid")]


@pytest.mark.parametrize(
    "details", [(), (detail(),), (detail("NOTPROVIDED"),), ("<Btch><NbOfTxs>3</NbOfTxs></Btch>",)]
)
def test_what_names_no_order_is_counted(details: tuple[str, ...]) -> None:
    """A debit without end-to-end id is a booking of its own, is unknown, and pays nobody."""
    found = _only(message(statement(entry("100", "DBIT", *details))))
    assert [(each.end_to_end, each.amount, each.kind) for each in found.bookings] == [
        (None, 100, "other")
    ]
    assert found.unknown == 1


def test_nothing_is_paid_with_zero() -> None:
    """A debit of zero with an order's id is no payment."""
    assert _kinds(entry("0.00", "DBIT", detail("A"))) == [("A", 0, "other")]


@pytest.mark.parametrize(
    "amount,rupiah",
    [
        ("1", 1),
        ("1.", 1),
        ("001.00000", 1),
        (" 5\n", 5),
        ("999999999999999.00", 999_999_999_999_999),
    ],
)
def test_amounts_that_are_whole(amount: str, rupiah: int) -> None:
    """Zeros before and behind change nothing, nor blanks around."""
    assert _kinds(entry(amount, "DBIT", detail("A"))) == [("A", rupiah, "paid")]


@pytest.mark.parametrize(
    "booked,day",
    [
        ("<Dt>2026-03-02</Dt>", 2),
        ("<Dt>2026-03-02+07:00</Dt>", 2),
        ("<DtTm>2026-03-02T23:30:00</DtTm>", 2),
        ("<DtTm>2026-03-02T23:30:00.123456789+07:00</DtTm>", 2),
        ("<DtTm>2026-03-02T16:59:59Z</DtTm>", 2),
        ("<DtTm>2026-03-02T17:00:00Z</DtTm>", 3),
    ],
)
def test_day_of_a_booking(booked: str, day: int) -> None:
    """A date as it is; an instant is the day in Western Indonesia, also when told in UTC."""
    (booking,) = _bookings(entry("1", "DBIT", detail("A"), booked=f"<BookgDt>{booked}</BookgDt>"))
    assert booking.booked_on == dt.date(2026, 3, day)


def _page(number: int, last: str) -> str:
    return f"<StmtPgntn><PgNb>{number}</PgNb><LastPgInd>{last}</LastPgInd></StmtPgntn>"


def test_pages_do_not_add_up_alone() -> None:
    """One page of several has a part of the entries: its balances are read, not compared."""
    content = (balance("OPBD", "100"), balance("CLBD", "10"), entry("50", "DBIT", detail("A")))
    first = _only(message(statement(*content, paging=_page(1, "false"))))
    assert (first.page, first.last_page, first.opening, first.closing) == (1, False, 100, 10)
    second = _only(message(statement(*content, paging=_page(2, "true"))))
    assert (second.page, second.last_page) == (2, True)
    with pytest.raises(WrongStatementError):
        read_statement(message(statement(*content, paging=_page(1, "true"))))


def test_pages_of_a_message_of_version_02() -> None:
    """Old versions number the pages of the message, which tells nothing of several statements."""
    header = "<MsgPgntn><PgNb>3</PgNb><LastPgInd>false</LastPgInd></MsgPgntn>"
    found = _only(message(statement(), version="02", header=header))
    assert (found.page, found.last_page) == (3, False)
    two = message(statement(), statement(name="RK-2"), version="02", header=header)
    assert [(each.page, each.last_page) for each in read_statement(two)] == [(None, True)] * 2


def test_several_statements_and_an_iban() -> None:
    """A file may hold several statements; an account may be told as an IBAN."""
    other = "<Acct><Id><IBAN>GB33BUKB20201555555555</IBAN></Id></Acct>"
    found = read_statement(message(statement(), statement(name="RK-2", account=other)))
    assert [(each.id, each.account) for each in found] == [
        ("RK-1", "0012345678901"),
        ("RK-2", "GB33BUKB20201555555555"),
    ]


def test_entries_that_are_not_booked_are_not_in_the_balance() -> None:
    """Opening and booked entries make the closing; pending ones add nothing."""
    found = _only(
        message(
            statement(
                balance("OPBD", "100"),
                balance("CLBD", "60"),
                entry("40", "DBIT", detail("A")),
                entry("10", "DBIT", detail("B"), status="<Cd>PDNG</Cd>"),
            )
        )
    )
    assert found.closing == 60


def test_foreign_parts_are_passed_over() -> None:
    """Supplementary data of the bank's in another namespace is neither read nor refused."""
    extra = '<SplmtryData><Envlp><x:Amt xmlns:x="urn:x">9</x:Amt></Envlp></SplmtryData>'
    inside = '<x:Amt xmlns:x="urn:x">9</x:Amt>'
    assert _kinds(entry("100", "DBIT", detail("A"), more=extra + inside)) == [("A", 100, "paid")]


def test_statement_of_more_than_ten_megabytes() -> None:
    """A day of fifteen thousand payments in a talkative file is within the bounds."""
    words = f"<RmtInf><Ustrd>{'x' * 140}</Ustrd><Ustrd>{'y' * 140}</Ustrd></RmtInf>"
    words += f"<AddtlTxInf>{'z' * 150}</AddtlTxInf>"
    entries = (
        entry("1.00", "DBIT", detail(f"SP2D2026-{number:06}", more=words))
        for number in range(15_000)
    )
    data = message(statement(balance("OPBD", "20000"), balance("CLBD", "5000"), *entries))
    assert len(data) > 10_000_000
    found = _only(data)
    assert {each.end_to_end for each in found.bookings} == {
        f"SP2D2026-{number:06}" for number in range(15_000)
    }
    assert {each.kind for each in found.bookings} == {"paid"}
