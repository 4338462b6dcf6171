"""ID billing, NTPN and NPWP: what form alone can tell, and refusals that say what to do."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.id import npwp

from leuit.values import InvalidInputError
from leuit_sp2d.rules.tax_codes import (
    WrongBillingIdError,
    WrongNpwpError,
    WrongNtpnError,
    last_day_of_billing,
    parse_billing_id,
    parse_npwp,
    parse_ntpn,
)
from leuit_sp2d.rules.tax_example import EXAMPLE


def test_a_billing_has_fifteen_digits() -> None:
    """Blanks are those of a copy."""
    assert parse_billing_id(" 123 4567 8901 2345 ") == "123456789012345"


@pytest.mark.parametrize(
    "text", ["", "12345678901234", "1234567890123456", "12345678901234O", "١" * 15]
)
def test_what_is_no_billing_is_refused(text: str) -> None:
    """Too short, too long, a letter, digits of another script."""
    with pytest.raises(WrongBillingIdError) as refused:
        parse_billing_id(text)
    assert refused.value.code == "wrong_billing_id"
    assert "15 angka" in refused.value.next_step()


def test_a_billing_lasts_as_the_edition_says() -> None:
    """30 days after it was made is the last day, 7 under an older figure."""
    made = dt.date(2026, 10, 5)
    assert last_day_of_billing(made, EXAMPLE.billing_days) == dt.date(2026, 11, 4)
    assert last_day_of_billing(made, 7) == dt.date(2026, 10, 12)


def test_an_ntpn_is_in_capitals() -> None:
    """16 letters and digits; small letters and blanks are those of a copy."""
    assert parse_ntpn(" 0a1b2c3d 4e5f6g7h\n") == "0A1B2C3D4E5F6G7H"


@pytest.mark.parametrize(
    "text", ["", "0A1B2C3D4E5F6G7", "0A1B2C3D4E5F6G7HI", "0A1B2C3D4E5F6G7-", "ı" * 16]
)
def test_what_is_no_ntpn_is_refused(text: str) -> None:
    """Too short, too long, a sign, a letter that only becomes ASCII by being made a capital."""
    with pytest.raises(WrongNtpnError) as refused:
        parse_ntpn(text)
    assert refused.value.code == "wrong_ntpn"
    assert refused.value.next_step()


@pytest.mark.parametrize(
    "text",
    [
        "000000000000000",
        "00.000.000.0-000.000",
        "0000000000000000",
        "000000000401000",
        "0000000000401000",
        "",
        "  ",
    ],
)
def test_zeros_are_no_npwp(text: str) -> None:
    """Vector 35: zeros stand for none, also before an office's code, though they pass the check."""
    assert parse_npwp(text) is None


def test_a_check_alone_would_take_zeros() -> None:
    """Why zeros are asked for first: the formal check calls them valid."""
    assert npwp.is_valid("0" * 15)


@given(st.from_regex(r"[0-9]{15}", fullmatch=True))
def test_old_numbers_are_checked_like_everywhere(digits: str) -> None:
    """15 digits pass just when python-stdnum passes them, zeros aside."""
    try:
        read = parse_npwp(digits)
    except WrongNpwpError:
        assert not npwp.is_valid(digits)
    else:
        assert npwp.is_valid(digits)
        assert read == (digits if int(digits[:9]) else None)


def test_npwp_in_either_form() -> None:
    """The old form with its signs, a NIK, and the old number after a 0 are taken as digits."""
    assert parse_npwp("01.312.166.0-091.000") == "013121660091000"
    assert parse_npwp("3602 0101 0190 0001") == "3602010101900001"
    assert parse_npwp("0013121660091000") == "0013121660091000"


@pytest.mark.parametrize(
    "text", ["01.312.166.1-091.000", "1", "1" * 14, "1" * 17, "0131216600910OO", "１" * 15]
)
def test_what_is_no_npwp_is_refused(text: str) -> None:
    """A wrong check digit, wrong lengths, letters, digits of another script."""
    with pytest.raises(WrongNpwpError) as refused:
        parse_npwp(text)
    assert refused.value.code == "wrong_npwp"
    assert isinstance(refused.value, InvalidInputError)
    assert refused.value.next_step()
