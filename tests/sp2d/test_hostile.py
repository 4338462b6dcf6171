"""What is forged, broken or another's is refused with a clear reason, and nothing moves.

The vectors of section 9 of the reference stand beside: numbers (1 to 6), ceiling (28), deadline
(30), the bank's short id (34), NPWP (35), account code (37).
"""

import datetime as dt
import math
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from sqlalchemy import func, select, text

from leuit.identity import SYSTEM
from leuit.values import InvalidInputError, LeuitError, ManualClock, RecordRef, new_id
from leuit.work import Leuit
from leuit_sp2d.bank.answering import answer_orders
from leuit_sp2d.bank.orders import Order, check_order
from leuit_sp2d.models import Entry, Line, Payment
from leuit_sp2d.rules.bill import bill_keys
from leuit_sp2d.rules.chain import DRAFT, SP2D, SPM, STEPS, TEST
from leuit_sp2d.rules.codes import WrongCodeError, parse_account, parse_activity, parse_skpd
from leuit_sp2d.rules.deadline import last_day
from leuit_sp2d.rules.limits import Pockets, Shortage, shortage
from leuit_sp2d.rules.numbers import DocumentNumber, WrongNumberError, issue_number, parse_number
from leuit_sp2d.rules.tax_codes import WrongNpwpError, parse_npwp
from leuit_sp2d.service.acts import Reason
from leuit_sp2d.service.chain import send_back, take_step
from leuit_sp2d.service.claims import Claim, ClaimedDeduction, ClaimedLine
from leuit_sp2d.service.evidence import store_evidence
from leuit_sp2d.service.holdings import LimitError
from leuit_sp2d.service.instructions import instruct_again
from leuit_sp2d.service.ledger_check import check_ledger
from leuit_sp2d.service.order_files import send_orders
from leuit_sp2d.service.payments import cancel, draft, revise
from leuit_sp2d.service.reversing import record_refund, void_sp2d
from leuit_sp2d.service.statements import read_bank_statement
from tests.sp2d.course import World, world
from tests.sp2d.float_office import paid
from tests.sp2d.treasury import YEAR, claim, decided, drafted, step, treasury, walked
from tests.sp2d.treasury import pockets as money

pytestmark = pytest.mark.ci

REAL = "16.09/04.0/005450/LS/1.01.2.22.0.00.01.0000/P.04/12/2023"
MISTYPED = "73.04/04.0/000198/LS/1.03.0.0.00.0.00.01.000/P4/1.0/2025"


@pytest.fixture
def made(app: Leuit, clock: ManualClock) -> World:
    """The treasury with the bank's account."""
    return world(treasury(app), clock)


@pytest.fixture
def still(made: World) -> Iterator[World]:
    """The same; after the test no entry, no payment and no pocket is other than before."""
    before = _money(made)
    yield made
    assert _money(made) == before


def _money(made: World) -> Any:
    with made.office.app.read(SYSTEM) as view:
        assert check_ledger(view).disagreements == ()
        lines = view.session.scalars(select(Line).order_by(Line.id)).all()
        return (
            view.session.scalar(select(func.count()).select_from(Entry)),
            view.session.execute(
                select(Payment.id, Payment.state, Payment.version).order_by(Payment.id)
            ).all(),
            [(line.unreleased, line.free, line.reserved, line.spent) for line in lines],
        )


# ------------------------------------------------------------------------------------------ vectors


@pytest.mark.parametrize(
    "number, length, stage",
    [
        (REAL, 56, "P.04"),
        ("52.02/04.0/000009/LS/1.03.0.00.0.00.01.0000/M/2/2025", 52, "M"),
        ("15.13/04.0/000337/LS/4.01.0.00.0.00.01.0000/M/5/2022", 52, "M"),
        ("36.02/04.0/000001/LS/7.01.0.00.0.00.06.0000/M/1/2026", 52, "M"),
    ],
)
def test_real_numbers_are_read_and_written(number: str, length: int, stage: str) -> None:
    """Vectors 1, 2, 3 and 6: both patterns take them, and they are written as they were read."""
    assert len(number) == length
    read = parse_number(number)
    assert read.stage == stage
    assert issue_number(read) == number


def test_a_mistyped_number_is_refused() -> None:
    """Vector 4: it is none. Vector 5: with month 1 it is read, but not as one of ours."""
    with pytest.raises(WrongNumberError):
        parse_number(MISTYPED)
    mended = parse_number(MISTYPED.replace("/1.0/", "/1/"))
    assert mended.value == 198
    with pytest.raises(WrongNumberError):
        issue_number(mended)


@pytest.mark.parametrize(
    "forged",
    [
        "",
        " ",
        REAL + "/1",
        REAL + "\n36.02",
        "x" + REAL,
        REAL.replace("/04.0/", "/05.0/"),
        REAL.replace("/LS/", "/ls/"),
        REAL.replace("/LS/", "/XX/"),
        REAL.replace("/12/", "/13/"),
        REAL.replace("/12/", "/0/"),
        REAL.replace("005450", "00545O"),
        REAL.replace("005450", "-05450"),
        REAL.replace("005450", "٠٠٥٤٥٠"),
        REAL.replace("2023", "23"),
        REAL.replace("/P.04/", "/p.04/"),
        REAL.replace("/P.04/", "/P'04/"),
        REAL.replace("1.01.2.22", "1.01.2.2'; --"),
    ],
)
def test_forged_numbers_are_refused(forged: str) -> None:
    """Nothing but the whole number is one of ours."""
    with pytest.raises(WrongNumberError):
        issue_number(parse_number(forged))


@pytest.mark.parametrize(
    "changes",
    [{"value": 0}, {"value": -1}, {"value": 1_000_000}, {"month": 0}, {"month": 13}, {"kind": "SP"},
     {"document": "01.0"}, {"stage": ""}, {"region": "3602"}, {"year": 26}],
)  # fmt: skip
def test_no_number_is_issued_outside_of_the_pattern(changes: dict[str, Any]) -> None:
    """The sequence ends at 999,999; what is not strict is never issued."""
    good = DocumentNumber("36.02", "04.0", 1, "LS", "7.01.0.00.0.00.06.0000", "M", 1, 2026)
    assert issue_number(attrs.evolve(good, value=999_999)).split("/")[2] == "999999"
    with pytest.raises(WrongNumberError):
        issue_number(attrs.evolve(good, **changes))


def test_the_ceiling_of_the_reference() -> None:
    """Vector 28: pagu 100, paid 60, ordered 30, returned 5: 15 million fit, one rupiah more not."""
    pockets = Pockets(unreleased=0, free=15_000_000, reserved=30_000_000, spent=55_000_000)
    assert pockets.ceiling == 100_000_000
    assert shortage(pockets, 15_000_000) is None
    assert shortage(pockets, 15_000_001) == Shortage("dpa", 15_000_000, 15_000_001)
    part = Pockets(unreleased=1, free=15_000_000, reserved=0, spent=0)
    assert shortage(part, 15_000_001) == Shortage("spd", 15_000_000, 15_000_001)


def test_the_ceiling_of_the_reference_by_the_services(made: World) -> None:
    """Vector 28 as it comes about: a payment of 60 of which 5 came back, an SPM of 30, one more."""
    office = made.office
    first = paid(office, claim(office, 60_000_000))
    with office.app.change(office.people[SP2D]) as work:
        record_refund(work, first, "STS/1", work.today, {office.line: 5_000_000})
    walked(office, TEST, claim(office, 30_000_000, invoice="INV/2"))
    over = drafted(office, claim(office, 15_000_001, invoice="INV/3"))
    with pytest.raises(LimitError) as refused:
        step(office, over.id, DRAFT)
    assert refused.value.lines[0].shortage == Shortage("dpa", 15_000_000, 15_000_001)
    walked(office, TEST, claim(office, 15_000_000, invoice="INV/4"))
    assert money(office, office.line) == (0, 0, 45_000_000, 55_000_000)


def test_the_deadline_of_the_reference() -> None:
    """Vector 30: Friday 9 October 2026 and two days: Sunday by calendar, Tuesday by work."""
    friday = dt.date(2026, 10, 9)
    assert last_day(friday, 2, "calendar", ()) == dt.date(2026, 10, 11)
    assert last_day(friday, 2, "working", ()) == dt.date(2026, 10, 13)
    assert last_day(friday, 2, "working", {dt.date(2026, 10, 12)}) == dt.date(2026, 10, 14)
    assert last_day(friday, 0, "working", ()) == friday


def test_the_bank_takes_short_ids_only() -> None:
    """Vector 34: the number of an SP2D is no end-to-end id, the short one is."""
    order = Order("SP2D2026-000123", 1, "CV Contoh", "CV CONTOH", "110", "1", "x")
    assert check_order(order) == ()
    number = "52.02/04.0/000009/LS/1.03.0.00.0.00.01.0000/M/2/2025"
    faults = check_order(attrs.evolve(order, end_to_end=number))
    assert [(fault.path, fault.code) for fault in faults] == [("end_to_end", "too_long")]


def test_zeros_are_no_npwp() -> None:
    """Vector 35: fifteen or sixteen zeros are none; other texts are refused."""
    assert parse_npwp("0" * 15) is None
    assert parse_npwp("00.000.000.0-000.000") is None
    assert parse_npwp("0" * 16) is None
    assert parse_npwp("01.234.567.4-901.000") == "012345674901000"
    for wrong in ("0" * 14, "1" * 17, "٠" * 15, "12345678901234x"):
        with pytest.raises(WrongNpwpError):
            parse_npwp(wrong)


@pytest.mark.parametrize(
    "parse, wrong",
    [
        (parse_account, "5.1.1.01.09.0001"),  # vector 37
        (parse_account, "4.1.02.01.01.0024"),
        (parse_account, "5.1.02.01.01.0024\n5.1.02.01.01.0025"),
        (parse_account, "5.1.02.01.01.٠٠٢٤"),
        (parse_activity, "7.01.02.3.01.0002"),
        (parse_activity, "7.01.02.2.01"),
        (parse_skpd, "1.03.0.0.00.0.00.01.000"),
    ],
)
def test_wrong_codes_are_refused(parse: Callable[[str], str], wrong: str) -> None:
    """The form of a code is told, not guessed."""
    with pytest.raises(WrongCodeError):
        parse(wrong)


# ------------------------------------------------------------------------------------------- claims

_BAD_AMOUNTS = [
    0,
    -1,
    -(10**18),
    10**15,
    10**18,  # nineteen digits
    2**63,
    2**64 + 1,
    10**40,
    math.nan,
    math.inf,
    -math.inf,
    1.5,
    2.0,
    True,
]


@pytest.mark.parametrize("amount", _BAD_AMOUNTS)
def test_no_such_amount_is_claimed(still: World, amount: Any) -> None:
    """Nothing but whole rupiah above zero within reach, on lines and deductions."""
    office = still.office
    whole = claim(office)
    for wanted, path in (
        (attrs.evolve(whole, lines=(ClaimedLine(office.line, amount),)), "lines[0].amount"),
        (
            attrs.evolve(whole, deductions=(ClaimedDeduction("X", "X", amount),)),
            "deductions[0].amount",
        ),
    ):
        with pytest.raises(InvalidInputError) as refused:
            _draft(still, wanted)
        assert path in {fault.path for fault in refused.value.fields}


def test_lines_that_only_sum_up_to_an_amount_are_refused(still: World) -> None:
    """A negative line beside a greater one, and sums out of reach, are no way round."""
    office = still.office
    pairs = [(-5, 10), (10**15 - 1, 10**15 - 1)]
    for first, second in pairs:
        lines = (ClaimedLine(office.line, first), ClaimedLine(office.other_line, second))
        with pytest.raises(InvalidInputError):
            _draft(still, attrs.evolve(claim(office), lines=lines))
    with pytest.raises(InvalidInputError) as refused:
        twice = (ClaimedLine(office.line, 1), ClaimedLine(office.line, 1))
        _draft(still, attrs.evolve(claim(office), lines=twice))
    assert [fault.code for fault in refused.value.fields] == ["twice"]


@pytest.mark.parametrize(
    "changes, path",
    [
        ({"kind": "LS"}, "kind"),
        ({"kind": "KARANGAN"}, "kind"),
        ({"bank": "11"}, "bank"),
        ({"bank": "999"}, "bank"),
        ({"account": "12'; DROP TABLE sp2d_line; --"}, "account"),
        ({"account": "1" * 40}, "account"),
        ({"holder": "\u202e"}, "holder"),
        ({"payee": "\x00 \u200b"}, "payee"),
        ({"npwp": "123"}, "npwp"),
        ({"invoice": ""}, "invoice"),
        ({"invoice_date": dt.date(2027, 1, 1)}, "invoice_date"),
        ({"purpose": "x" * 301}, "purpose"),
        ({"lines": ()}, "lines"),
        ({"year": YEAR + 1}, "lines[0]"),
        ({"deductions": (ClaimedDeduction("X", "X", 11_100_000),)}, "deductions"),
    ],
)
def test_a_faulty_claim_names_its_fault(still: World, changes: dict[str, Any], path: str) -> None:
    """Each field that is wrong is told by its name; nothing is written down."""
    with pytest.raises(InvalidInputError) as refused:
        _draft(still, attrs.evolve(claim(still.office), **changes))
    assert path in {fault.path for fault in refused.value.fields}


def test_invisible_marks_do_not_reach_the_bank(made: World) -> None:
    """What turns the direction of letters, or cannot be seen, is taken out before it is stored."""
    office = made.office
    wanted = claim(office, holder="CV\u202e CONTOH\u200b", payee="CV\x00 Contoh")
    with office.app.change(made.people["draft"]) as work:
        payment = draft(work, wanted)
        assert (payment.holder, payment.payee) == ("CV CONTOH", "CV Contoh")


def test_another_units_budget_is_not_claimed(made: World) -> None:
    """A line of a sibling unit, and an id that is none, are not lines of this unit."""
    office = made.office
    with office.app.change(SYSTEM) as work:
        line = work.session.get_one(Line, office.other_line)
        line.unit_id = office.sibling  # the other line is another unit's from here on
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    before = _money(made)
    for foreign in (office.other_line, new_id()):
        lines = (ClaimedLine(office.line, 1), ClaimedLine(foreign, 1))
        with pytest.raises(InvalidInputError) as refused:
            _draft(made, attrs.evolve(claim(office), lines=lines))
        assert [(one.path, one.code) for one in refused.value.fields] == [
            ("lines[1]", "unknown_line")
        ]
    with pytest.raises(LeuitError) as denied:
        _draft(made, attrs.evolve(claim(office), unit_id=office.sibling))
    assert denied.value.code == "permission_denied"
    assert _money(made) == before


def test_a_bill_is_known_whatever_its_dress() -> None:
    """Blanks, case, full-width digits and marks of an invoice number do not make another bill."""
    names = {"npwp": "012345674901000", "bank": "110", "account": "1", "payee": "CV Contoh"}
    plain = set(bill_keys("INV/001/2026", **names))
    for dressed in ("inv 001-2026", "ＩＮＶ／００１／２０２６", "INV.001.2026", " INV/001/2026"):
        assert set(bill_keys(dressed, **names)) == plain
    assert not set(bill_keys("INV/002/2026", **names)) & plain
    for nothing in ("", "///", " - "):
        assert bill_keys(nothing, **names) == ()


# ------------------------------------------------------------------------------ requests and files


def test_who_has_no_right_moves_nothing(made: World) -> None:
    """To a stranger, a reader and an account without a person every request is refused."""
    office = made.office
    waits, issued = (
        walked(office, SPM),
        walked(office, "bank", claim(office, 1_000_000, invoice="INV/2")),
    )
    before = _money(made)
    nobody = attrs.evolve(made.people["sp2d"], person_id=None)
    reasons = [Reason("lain", "")]
    for who in (made.people["stranger"], made.people["keeper"], nobody):
        requests: list[Callable[[Any], Any]] = [
            *[
                lambda work, key=step.key: take_step(work, waits, decided(key, 4))
                for step in STEPS
                if step.key == SPM
            ],
            lambda work: send_back(work, waits, decided(SPM, 4), reasons),
            lambda work: void_sp2d(work, issued, 7, reasons),
            lambda work: instruct_again(work, issued, 7, bank="110", account="9", holder="X"),
            lambda work: record_refund(work, issued, "STS", work.today, {office.line: 1}),
            lambda work: cancel(work, waits, 4, "x"),
            lambda work: revise(work, waits, claim(office), 4),
            lambda work: draft(work, claim(office, invoice="INV/3")),
        ]
        for request in requests:
            with pytest.raises(LeuitError) as refused, office.app.change(who) as work:
                request(work)
            assert refused.value.code in ("not_found", "permission_denied", "wrong_turn")
    for who in (made.people["stranger"], made.people["keeper"], made.people[SPM]):
        with pytest.raises(LeuitError) as refused:
            send_orders(office.app, who)
        assert refused.value.code == "permission_denied"
    assert _money(made) == before


@pytest.mark.parametrize("version", [0, -1, 5, 2**31 - 1])
def test_no_step_on_an_invented_version(made: World, version: int) -> None:
    """A version that the payment never had, or will only have, is not taken."""
    key = walked(made.office, SP2D)
    before = _money(made)
    with pytest.raises(LeuitError) as refused, made.office.app.change(made.people["bud"]) as work:
        take_step(work, key, decided(SP2D, version))
    assert refused.value.code == "stale_edit"
    assert _money(made) == before


@pytest.mark.parametrize("data", [b"", b"MZ\x90", b"<html>", b" %PDF-1.7", b"PK\x03\x04"])
def test_evidence_is_pdf_or_picture(still: World, data: bytes) -> None:
    """By its content, not by its name."""
    with pytest.raises(InvalidInputError):
        store_evidence(still.office.app, "kuitansi.pdf", data)


@pytest.mark.parametrize(
    "change, code",
    [
        (lambda file: file.replace(b"0010010010", b"0099999999"), "conflict"),
        (lambda file: file.replace(b"11100000.00", b"11100001.00", 1), "wrong_statement"),
        (lambda file: file.replace(b"IDR", b"USD"), "wrong_statement"),
        (lambda file: file[: len(file) // 2], "wrong_statement"),
        (lambda file: b'<!DOCTYPE x [<!ENTITY a "b">]>' + file, "wrong_statement"),
        (lambda file: file.replace(b"camt.053.001.08", b"camt.052.001.08"), "wrong_statement"),
        (lambda _file: b"", "wrong_statement"),
        (lambda _file: b"%PDF-1.7", "wrong_statement"),
    ],
)
def test_a_forged_statement_pays_nothing(
    made: World, change: Callable[[bytes], bytes], code: str
) -> None:
    """Another account, currency, sum, message or half a file: refused whole."""
    file = _statement(made)
    before = _money(made)
    forged = change(file)
    assert forged != file
    with pytest.raises(LeuitError) as refused:
        _read(made, forged)
    assert refused.value.code == code
    assert _money(made) == before


def test_an_order_of_another_name_or_amount_is_unknown(made: World) -> None:
    """A booking that fits no order of ours is shown, and pays nothing."""
    file = _statement(made)
    before = _money(made)
    renamed = file.replace(b"SP2D2026-000001", b"SP2D2026-000002")
    reading = _read(made, renamed)
    assert (reading.paid, len(reading.unknown)) == (0, 1)
    assert _money(made) == before
    less = file.replace(b"11100000.00", b"11099999.00").replace(b"<Id>RK", b"<Id>RL")
    less = less.replace(b"988900000.00", b"988900001.00")
    reading = _read(made, less)
    assert (reading.paid, len(reading.unknown)) == (0, 1)
    assert _money(made) == before


def test_a_replayed_statement_pays_nothing_more(made: World) -> None:
    """The same bytes are known; the same statement with other bytes is a conflict."""
    file = _statement(made)
    assert _read(made, file).paid == 1
    before = _money(made)
    assert _read(made, file).known_before
    with pytest.raises(LeuitError) as refused:
        _read(made, file + b"\n")
    assert refused.value.code == "conflict"
    again = _read(made, file.replace(b"<Id>RK", b"<Id>RL"))
    assert (again.paid, again.repeated) == (0, 1)
    assert _money(made) == before


@pytest.mark.parametrize("table", ["sp2d_entry", "sp2d_act"])
@pytest.mark.parametrize("verb", ["UPDATE {} SET id = id", "DELETE FROM {}"])
def test_the_database_keeps_the_ledger(made: World, table: str, verb: str) -> None:
    """Entries and acts are not changed even by who writes SQL by hand."""
    walked(made.office, "bank")
    before = _money(made)
    with (
        pytest.raises(Exception, match="never changed"),
        made.office.app.database.writer.begin() as connection,
    ):
        connection.execute(text(verb.format(table)))
    assert _money(made) == before


@pytest.mark.parametrize("pocket", ["unreleased", "free", "reserved", "spent"])
def test_the_database_keeps_pockets_above_zero(still: World, pocket: str) -> None:
    """No pocket is stored below zero, whoever writes it."""
    with (
        pytest.raises(Exception, match=rf"(?i)check.*{pocket}|{pocket}.*check"),
        still.office.app.database.writer.begin() as connection,
    ):
        connection.execute(text(f"UPDATE sp2d_line SET {pocket} = -1"))


def _draft(made: World, wanted: Claim) -> None:
    with made.office.app.change(made.people["draft"]) as work:
        draft(work, wanted)


def _statement(made: World) -> bytes:
    """The bank's answer to the one order of a payment."""
    walked(made.office, "bank")
    data = made.office.app.blobs.get(send_orders(made.office.app, made.people["sp2d"]).sha256)
    return answer_orders(data, made.clock.now(), opening=10**9)


def _read(made: World, file: bytes) -> Any:
    return read_bank_statement(made.office.app, made.people["sp2d"], "rk.xml", file)
