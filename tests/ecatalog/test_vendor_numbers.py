"""Numbers of vendors: the vectors of the domain, and any text against a slow reading."""

import csv
import datetime as dt
from importlib.resources import files

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leuit.values import InvalidInputError
from leuit_ecatalog.rules.kbli import MOST_CODES, format_kbli, parse_kbli
from leuit_ecatalog.rules.nib import parse_nib
from leuit_ecatalog.rules.npwp import format_npwp, npwp_fault, parse_npwp

PROVINCES = {
    *range(11, 20), 21, *range(31, 37), *range(51, 54), *range(61, 66), *range(71, 77),
    81, 82, *range(91, 98),
}  # fmt: skip


@pytest.mark.parametrize(
    "text,fault",
    [
        ("0013121660091000", ""),  # EC-35
        ("013121660091000", ""),
        ("01.312.166.0-091.000", ""),
        ("0013121670091000", "check_digit"),  # EC-36
        ("013121670091000", "check_digit"),
        ("013000666091000", ""),  # EC-37
        ("016090524017000", ""),
        ("123456789", "length"),  # EC-38
        ("0901234560000000", "check_digit"),
        ("0000000000000000", "zeros"),  # EC-39
        ("000000000000000", "zeros"),
        ("3602991211870001", ""),  # EC-40
        ("3602995211870001", ""),
        ("3602043211870001", "nik"),  # EC-41
        ("9971011708450001", "nik"),
        ("3602998111870001", "nik"),  # day 81: not 41, though the remainder by 40 is 1
        ("3602990000870001", "nik"),
        ("3602991211870000", "nik"),
        ("", "length"),
        ("٠٠١٣١٢١٦٦٠٠٩١٠٠٠", "length"),
        ("0013121660091000\n0013121660091000", "length"),
    ],
)
def test_npwp_of_the_vectors(text: str, fault: str) -> None:
    """EC-35 to EC-41: what is right is taken, what is not is refused for its own reason."""
    assert npwp_fault(text) == fault
    if fault:
        with pytest.raises(InvalidInputError) as caught:
            parse_npwp(text)
        assert [(one.path, one.code) for one in caught.value.fields] == [("npwp", f"npwp_{fault}")]


def test_npwp_is_kept_with_sixteen_digits() -> None:
    """The three ways of writing one number are one number, of the old form."""
    kept = {parse_npwp(text) for text in ("013121660091000", "01.312.166.0-091.000")}
    assert kept == {parse_npwp("0013121660091000")}
    assert parse_npwp("0013121660091000").form == "old"
    assert parse_npwp("3602991211870001").form == "nik"


def test_npwp_is_shown_as_people_write_it() -> None:
    """EC-43: the old part with its dots; a NIK in fours; what is neither as it is."""
    assert format_npwp("0013121660091000") == "01.312.166.0-091.000"
    assert format_npwp("3602991211870001") == "3602 9912 1187 0001"
    assert format_npwp("") == ""


def slow_npwp(digits: str) -> bool:
    """The rule in the words of the domain page, digit by digit."""
    if len(digits) != 16 or digits == "0" * 16:
        return False
    if digits[0] == "0":
        total = 0
        for place, digit in enumerate(digits[1:10]):
            value = int(digit) * (2 if place % 2 else 1)
            total += value // 10 + value % 10
        return total % 10 == 0
    if int(digits[:2]) not in PROVINCES or digits[12:] == "0000":
        return False
    day, month, year = int(digits[6:8]), int(digits[8:10]), int(digits[10:12])
    for born_day in (day, day - 40):
        for century in (1900, 2000):
            try:
                dt.date(century + year, month, born_day)
            except ValueError:
                continue
            return True
    return False


_OLD = st.from_regex(r"0[0-9]{15}", fullmatch=True)
_NIK = st.from_regex(r"(36|32|99|74)[0-9]{4}[0-7][0-9](0[0-9]|1[0-2])[0-9]{6}", fullmatch=True)


@given(st.one_of(_OLD, _NIK, st.from_regex(r"[0-9]{16}", fullmatch=True)))
@example("3602998111870001")
@example("3602992902011234")
def test_npwp_agrees_with_the_slow_reading(digits: str) -> None:
    """Any sixteen digits are taken or refused as the rule says when it is read digit by digit.

    Where the slow reading knows a province only by its number, the list of stdnum may know that no
    regency of it has that code, so it may be stricter there.
    """
    taken = not npwp_fault(digits)
    assert not (taken and not slow_npwp(digits))
    if digits[0] == "0" or digits.startswith("3602"):
        assert taken == slow_npwp(digits)


@given(st.text(max_size=40))
def test_any_text_is_a_number_or_a_refusal(text: str) -> None:
    """No text makes the readers fail otherwise than by a refusal at their field."""
    for read, path in ((parse_npwp, "npwp"), (parse_nib, "nib"), (parse_kbli, "kbli")):
        try:
            read(text)
        except InvalidInputError as error:
            assert [fault.path for fault in error.fields] == [path]


@pytest.mark.parametrize(
    "text,kept",
    [
        ("1234567890123", "1234567890123"),  # EC-42
        ("1234 5678 90123", "1234567890123"),
        ("123456789012", None),
        ("12345678901ab", None),
        ("12345678901234", None),
        ("0" * 13, None),
    ],
)
def test_nib_of_the_vectors(text: str, kept: str | None) -> None:
    """EC-42: thirteen digits, blanks taken away, and nothing else."""
    if kept is not None:
        assert parse_nib(text) == kept
        return
    with pytest.raises(InvalidInputError):
        parse_nib(text)


def test_kbli_is_a_list_of_five_digits() -> None:
    """Codes are split by commas and blanks, none twice, in the order typed, and shown so."""
    assert parse_kbli("10721, 46319; 10721  47112") == ["10721", "46319", "47112"]
    assert parse_kbli(format_kbli(["10721", "46319"])) == ["10721", "46319"]


@pytest.mark.parametrize("text", ["", "1072", "107211", "1072a", ",", "10721 1"])
def test_what_is_no_kbli_is_refused(text: str) -> None:
    """Another length, letters, and none at all are refused at the field."""
    with pytest.raises(InvalidInputError):
        parse_kbli(text)


def test_kbli_has_an_end() -> None:
    """One code more than the most is refused."""
    codes = [f"{number:05}" for number in range(MOST_CODES + 1)]
    assert len(parse_kbli(" ".join(codes[:-1]))) == MOST_CODES
    with pytest.raises(InvalidInputError):
        parse_kbli(" ".join(codes))


def test_numbers_of_the_sample_vendors() -> None:
    """EC-44: all 40 NIB and all 40 NPWP of the sample are valid, and no two are the same."""
    text = files("leuit_ecatalog").joinpath("data", "vendor_contoh.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    assert len(rows) == 40
    assert len({parse_nib(row["nib"]) for row in rows}) == 40
    assert len({parse_npwp(row["npwp"]).digits for row in rows}) == 40
