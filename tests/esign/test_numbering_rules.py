"""Numbers and name lines: patterns as they are in use, and by what right a signer signs."""

import datetime as dt

import pytest

from leuit_esign.rules import NumberPattern, Post, in_one_line, name_lines, number_of, series_of


@pytest.mark.parametrize(
    "pattern, code, serial, unit, month, year, number",
    [
        ("{kode}/{urut:03}/{unit}/{tahun}", "000.1.2.3", 1, "Bag.Umum", 5, 2026,
         "000.1.2.3/001/Bag.Umum/2026"),
        ("B-{urut}/{unit}/{kode}/{bulan_romawi}/{tahun}", "800.1.2", 302, "INSP", 10, 2025,
         "B-302/INSP/800.1.2/X/2025"),
        ("{urut}/{unit}/{kode}/{bulan_romawi}/{tahun}", "000.1.2.3", 36, "INSP", 1, 2025,
         "36/INSP/000.1.2.3/I/2025"),
        ("{kode}.{urut}", "000.1.2.3", 664, "X", 1, 2025, "000.1.2.3.664"),
        ("{kode}/{urut}/{unit}/{tahun}", "800", 123, "BKPSDM", 1, 2023, "800/123/BKPSDM/2023"),
        ("{urut:03}-{bulan}", "", 1234, "", 7, 2026, "1234-07"),
    ],
)  # fmt: skip
def test_numbers_as_they_are_in_use(
    pattern: str, code: str, serial: int, unit: str, month: int, year: int, number: str
) -> None:
    """AR-32 to AR-36, and a serial number longer than its width."""
    assert number_of(pattern, serial, code, unit, dt.date(year, month, 1)) == number


@pytest.mark.parametrize(
    "pattern", ["", "  ", "{kode}", "{urut}{urut}", "{nomor}", "{urut", "{urut}}", "{urut}" * 40]
)
def test_a_pattern_that_gives_no_number_is_refused(pattern: str) -> None:
    """Every pattern counts exactly once and has no unknown part."""
    with pytest.raises(ValueError, match=r"[Pp]ola"):
        NumberPattern("Surat", pattern)


def test_series_begin_anew_as_said() -> None:
    """By year, month or never; for each unit or for all."""
    day = dt.date(2026, 12, 31)
    yearly = NumberPattern("Surat", "{urut}")
    monthly = NumberPattern("Surat", "{urut}", "bulan")
    for_all = NumberPattern("Surat", "{urut}", "tidak", per_unit=False)
    assert series_of(yearly, "DIN", day) != series_of(yearly, "DIN", day + dt.timedelta(days=1))
    assert series_of(yearly, "DIN", day) == series_of(yearly, "DIN", day.replace(month=1))
    assert series_of(yearly, "DIN", day) != series_of(yearly, "KEC", day)
    assert series_of(monthly, "DIN", day) != series_of(monthly, "DIN", day.replace(month=10))
    assert series_of(for_all, "DIN", day) == series_of(for_all, "KEC", day.replace(year=2020))


def test_name_lines() -> None:
    """Own post, Plh., a.n. one level below, u.b. two levels below."""
    assert name_lines(Post("Bupati")) == ("Bupati",)
    assert name_lines(Post("Bupati", "Plh.")) == ("Plh. Bupati",)
    assert name_lines(Post("Sekda", "Plt."), "Bupati") == ("a.n. Bupati", "Plt. Sekda")
    lines = name_lines(Post("Asisten"), "Bupati", "Sekda")
    assert lines == ("a.n. Bupati", "Sekda", "u.b.", "Asisten")
    assert in_one_line(lines) == "a.n. Bupati, Sekda, u.b. Asisten"
