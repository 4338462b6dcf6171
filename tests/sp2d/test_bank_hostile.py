"""Files that a statement must not be: each is one clear refusal with its cause and its place."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_sp2d.bank import statements, xml
from leuit_sp2d.bank.statements import WrongStatementError, read_statement
from tests.sp2d.bank_files import balance, detail, entry, message, money, statement

pytestmark = pytest.mark.ci

GOOD = message(
    statement(
        balance("OPBD", "1000.00"),
        balance("CLBD", "900.00"),
        entry("150.00", "DBIT", detail("A", "100.00"), detail("B", "50.00")),
        entry("50.00", "CRDT", detail("B", "50.00", returned="<Rsn><Cd>AC04</Cd></Rsn>")),
        paging="<StmtPgntn><PgNb>1</PgNb><LastPgInd>true</LastPgInd></StmtPgntn>",
    )
)


def _refusal(data: bytes) -> WrongStatementError:
    with pytest.raises(WrongStatementError) as caught:
        read_statement(data)
    refusal = caught.value
    assert refusal.code == "wrong_statement"
    assert refusal.status == 422
    assert "%(" not in str(refusal)
    assert len(str(refusal)) < 400, "what a file says is not poured into a sentence"
    (field,) = refusal.fields
    assert (field.code, field.path) == (refusal.cause, refusal.place)
    return refusal


def test_the_file_that_the_others_spoil_is_good() -> None:
    """Each case below differs from a file that is taken."""
    (found,) = read_statement(GOOD)
    assert [each.kind for each in found.bookings] == ["paid", "paid", "returned"]


SPOILED: list[tuple[str, str, str, str]] = [
    # cause, where, what is replaced once, by what
    ("wrong_kind", "", "camt.053.001.08", "camt.053.001.01"),
    ("wrong_kind", "", "camt.053.001.08", "camt.053.001.13"),
    ("wrong_kind", "", "camt.053.001.08", "camt.054.001.08"),
    ("wrong_kind", "", "camt.053.001.08", "camt.053.001.08 "),
    ("wrong_kind", "", ' xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"', ""),
    ("too_long", "Stmt 1", "<Id>RK-1</Id>", f"<Id>{'R' * 36}</Id>"),
    ("empty", "Stmt 1", "<Id>RK-1</Id>", "<Id> </Id>"),
    ("missing", "Stmt 1", "<Id>RK-1</Id>", ""),
    ("repeated", "Stmt 1", "<Id>RK-1</Id>", "<Id>RK-1</Id><Id>RK-2</Id>"),
    ("wrong_text", "Stmt 1", "<Id>RK-1</Id>", "<Id>RK\u200b1</Id>"),
    ("missing", "Stmt RK-1", "<Othr><Id>0012345678901</Id></Othr>", ""),
    ("too_long", "Stmt RK-1", "0012345678901", "0" * 35),
    ("wrong_currency", "Stmt RK-1", "<Ccy>IDR</Ccy>", "<Ccy>USD</Ccy>"),
    ("wrong_page", "Stmt RK-1", "<PgNb>1</PgNb>", "<PgNb>-1</PgNb>"),
    ("wrong_page", "Stmt RK-1", "<PgNb>1</PgNb>", "<PgNb>１</PgNb>"),
    ("missing", "Stmt RK-1", "<LastPgInd>true</LastPgInd>", ""),
    ("wrong_word", "Stmt RK-1", "<LastPgInd>true", "<LastPgInd>TRUE"),
    ("wrong_balance", "Stmt RK-1", "900.00", "901.00"),
    ("repeated", "Stmt RK-1", balance("CLBD", "900.00"), balance("CLBD", "900.00") * 2),
    ("fraction", "Stmt RK-1", "900.00", "900.01"),
    ("wrong_word", "Stmt RK-1, Ntry 1", "<Cd>BOOK</Cd>", "<Cd>BOOKED</Cd>"),
    ("wrong_word", "Stmt RK-1, Ntry 1", "<Cd>BOOK</Cd>", "book"),
    ("missing", "Stmt RK-1, Ntry 1", "<Sts><Cd>BOOK</Cd></Sts>", ""),
    ("repeated", "Stmt RK-1, Ntry 1", "<Sts>", "<Sts><Cd>PDNG</Cd></Sts><Sts>"),
    ("repeated", "Stmt RK-1, Ntry 1", "<Cd>BOOK</Cd>", "<Cd>BOOK</Cd><Cd>PDNG</Cd>"),
    ("wrong_word", "Stmt RK-1, Ntry 1", "<CdtDbtInd>DBIT", "<CdtDbtInd>DEBIT"),
    (
        "repeated",
        "Stmt RK-1, Ntry 1",
        "<CdtDbtInd>DBIT</CdtDbtInd>",
        "<CdtDbtInd>DBIT</CdtDbtInd>" * 2,
    ),
    ("repeated", "Stmt RK-1, Ntry 1", money("150.00"), money("150.00") * 2),
    ("missing", "Stmt RK-1, Ntry 1", money("150.00"), ""),
    ("nested", "Stmt RK-1, Ntry 1", money("150.00"), money("150.00<x/>")),
    ("wrong_currency", "Stmt RK-1, Ntry 1", money("150.00"), money("150.00", "USD")),
    ("wrong_currency", "Stmt RK-1, Ntry 1", money("150.00"), "<Amt>150.00</Amt>"),
    ("fraction", "Stmt RK-1, Ntry 1", money("150.00"), money("150.50")),
    *(
        ("wrong_amount", "Stmt RK-1, Ntry 1", money("150.00"), money(amount))
        for amount in (
            *("-150", "+150", "1e2", "NaN", "INF", "Infinity", "0x96", "1_500", "150,00", "1 50"),
            *("１５０", "", ".5", "150.000000", "1" * 20, "0" * 20, "9" * 19, "1000000000000000"),
        )
    ),
    ("missing", "Stmt RK-1, Ntry 1", "<BookgDt><Dt>2026-03-02</Dt></BookgDt>", ""),
    ("missing", "Stmt RK-1, Ntry 1", "<BookgDt><Dt>2026-03-02</Dt></BookgDt>", "<BookgDt/>"),
    (
        "repeated",
        "Stmt RK-1, Ntry 1",
        "<BookgDt><Dt>2026-03-02</Dt>",
        "<BookgDt><Dt>2026-03-02</Dt><DtTm>2026-03-02T00:00:00</DtTm>",
    ),
    *(
        ("wrong_date", "Stmt RK-1, Ntry 1", "<BookgDt><Dt>2026-03-02</Dt>", f"<BookgDt>{date}")
        for date in (
            *(
                "<Dt>20260302</Dt>",
                "<Dt>2026-W10-1</Dt>",
                "<Dt>2026-02-29</Dt>",
                "<Dt>02-03-2026</Dt>",
            ),
            *("<Dt>2026-03-02T00:00:00</Dt>", "<Dt>0000-01-01</Dt>", "<DtTm>2026-03-02</DtTm>"),
            *("<DtTm>2026-03-02 10:00:00</DtTm>", "<DtTm>2026-03-02T25:00:00</DtTm>"),
            *("<DtTm>9999-12-31T23:00:00Z</DtTm>", "<DtTm>2026-03-02T10:00:00+99:00</DtTm>"),
        )
    ),
    ("too_long", "Stmt RK-1, Ntry 1", "<EndToEndId>A<", f"<EndToEndId>{'A' * 36}<"),
    ("nested", "Stmt RK-1, Ntry 1", "<EndToEndId>A<", "<EndToEndId><b>A</b><"),
    (
        "repeated",
        "Stmt RK-1, Ntry 1",
        "<EndToEndId>A</EndToEndId>",
        "<EndToEndId>A</EndToEndId><EndToEndId>C</EndToEndId>",
    ),
    ("missing_amount", "Stmt RK-1, Ntry 1", money("100.00"), ""),
    ("wrong_sum", "Stmt RK-1, Ntry 1", money("100.00"), money("99.00")),
    (
        "wrong_sum",
        "Stmt RK-1, Ntry 1",
        money("100.00"),
        money("100.00") + "<CdtDbtInd>CRDT</CdtDbtInd>",
    ),
    (
        "wrong_sum",
        "Stmt RK-1, Ntry 2",
        "<EndToEndId>B</EndToEndId></Refs>" + money("50.00") + "<RtrInf>",
        "<EndToEndId>B</EndToEndId></Refs>" + money("5.00") + "<RtrInf>",
    ),
    ("repeated", "Stmt RK-1, Ntry 2", "<Rsn>", "<Rsn><Cd>AC01</Cd></Rsn><Rsn>"),
    ("broken_xml", "", "</Stmt>", ""),
    ("broken_xml", "", "RK-1", "RK\x001"),
    ("broken_xml", "", "RK-1", "RK\x0b1"),
    ("broken_xml", "", "RK-1", "&RK;"),
    ("broken_xml", "", "UTF-8", "UTF-9"),
    ("broken_xml", "", "UTF-8", "utf-7"),
    ("broken_xml", "", "UTF-8", "rot13"),
    ("broken_xml", "", "UTF-8", "undefined"),
    ("broken_xml", "", "UTF-8", "UTF-16"),
    ("forbidden_xml", "", "<Document", "<!DOCTYPE Document><Document"),
    ("forbidden_xml", "", "<Document", '<!DOCTYPE a [<!ENTITY b "c">]><Document'),
    (
        "forbidden_xml",
        "",
        "<Document",
        '<!DOCTYPE a SYSTEM "http://contoh.invalid/a.dtd"><Document',
    ),
]


@pytest.mark.parametrize("cause,place,old,new", SPOILED)
def test_spoiled_file(cause: str, place: str, old: str, new: str) -> None:
    """One thing spoiled is the whole file refused, with that cause at that place."""
    text = GOOD.decode()
    assert old in text
    refusal = _refusal(text.replace(old, new, 1).encode())
    assert (refusal.cause, refusal.place) == (cause, place)


def test_billion_laughs_and_outside_entities(tmp_path: Path) -> None:
    """Entities are refused where they are declared: none is expanded and nothing is fetched."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    secret = tmp_path / "secret"
    secret.write_text("rahasia")
    for inside in (f'<!ENTITY l0 "ha">{laughs}', f'<!ENTITY l9 SYSTEM "{secret.as_uri()}">'):
        text = GOOD.decode().replace("<Document", f"<!DOCTYPE D [{inside}]><Document", 1)
        refusal = _refusal(text.replace("RK-1", "&l9;").encode())
        assert refusal.cause == "forbidden_xml"
        assert "rahasia" not in str(refusal)


@pytest.mark.parametrize(
    "data,cause",
    [
        (b"", "broken_xml"),
        (b"PK\x03\x04", "broken_xml"),
        (b"\xff\xfe", "broken_xml"),
        (GOOD.replace(b"RK-1", b"RK\xff1"), "broken_xml"),
        (GOOD.replace(b"RK-1", b"RK\xc0\x801"), "broken_xml"),
        (GOOD + b"<a/>", "broken_xml"),
        (b"<a>" * 100_000, "too_deep"),
        (GOOD.replace(b"<Othr>", b"<Othr>" + b"<a>" * 64), "too_deep"),
        (GOOD.replace(b"RK-1", b"R" * 200_000), "too_long"),
        (GOOD.replace(b"RK-1", b"R&amp;" * 100_000), "too_long"),
        (GOOD + b" " * xml.MAX_BYTES, "too_large"),
        (message(), "missing"),
        (message(statement(), statement()), "repeated"),
        (GOOD.replace(b"BkToCstmrStmt", b"BkToCstmrDbtCdtNtfctn"), "missing"),
        (message(statement("<Ntry/>" * (statements.MAX_ENTRIES + 1))), "too_many"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_file_beyond_the_bounds(data: bytes, cause: str) -> None:
    """Size, depth, number and length are bounded before a meaning is looked for."""
    assert _refusal(data).cause == cause


def test_number_of_elements_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of countless small elements is stopped while it is read."""
    monkeypatch.setattr(xml, "MAX_ELEMENTS", 1_000)
    assert _refusal(b"<a>" + b"<b/>" * 1_000 + b"</a>").cause == "too_many"


def test_other_encodings_that_are_told() -> None:
    """A file in UTF-16, in Latin-1 or with a byte order mark is a file."""
    text = GOOD.decode().replace("RK-1", "RK-é")
    for data in (
        text.replace("UTF-8", "UTF-16").encode("utf-16"),
        text.replace("UTF-8", "ISO-8859-1").encode("latin-1"),
        text.encode("utf-8-sig"),
    ):
        (found,) = read_statement(data)
        assert found.id == "RK-é"


@given(st.integers(0, 2**32), st.integers(1, 8))
def test_any_damage_is_read_or_refused(seed: int, strokes: int) -> None:
    """Bytes struck at random never raise anything but the one refusal."""
    pick = random.Random(seed)
    data = bytearray(GOOD)
    for _stroke in range(strokes):
        place = pick.randrange(len(data))
        data[place : place + pick.choice((0, 1, 12))] = pick.choice(
            (b"", b"<", b">", b"&", b"\x00", b"\xff", b"9", b"</Amt>", b"<Amt>", b"-", b'"')
        )
    try:
        read_statement(bytes(data))
    except WrongStatementError as refusal:
        assert refusal.sentence()
