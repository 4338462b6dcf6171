"""Rows of a folder's table: what they say, and every reason why they say nothing."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.folder_rows import COLUMNS, read_row
from leuit_archives.rules.secrecy import GRADES

TODAY = dt.date(2026, 10, 5)
SOUND = {"file": "a.pdf", "title": "Surat", "date": "24/11/2019"}


def read(**cells: str) -> Any:
    """The row of sound cells with some others."""
    row, faults = read_row(SOUND | cells, TODAY)
    assert faults == ()
    return row


@pytest.mark.parametrize(
    "sifat, expected",
    [
        ("biasa", (None, "biasa", "")),
        ("segera", (None, "segera", "")),
        ("sangat_segera", (None, "sangat_segera", "")),
        ("rahasia", ("secret", "", "")),
        ("undangan", (None, "", "undangan")),
        ("penting", ("limited", "", "")),
        ("Rahasia / Segera", ("secret", "segera", "")),
        ("Biasa/Terbuka", ("open", "", "")),
        ("-", (None, "", "")),
    ],
)
def test_sifat_is_split(sifat: str, expected: tuple[str | None, str, str]) -> None:
    """AR-41: urgency and secrecy are two fields, undangan is a kind, penting is the legacy P."""
    row = read(sifat=sifat)
    assert (row.secrecy, row.urgency, row.kind) == expected
    assert row.sifat == sifat


def test_own_columns_and_sifat_agree() -> None:
    """The same said twice is fine; what differs is told, never chosen."""
    assert read(secrecy="R", sifat="rahasia").secrecy == "secret"
    assert read(urgency="Sangat Segera", sifat="sangat segera").urgency == "sangat_segera"
    assert read(kind="Nota dinas", sifat="undangan").kind == "Nota dinas"
    for cells in ({"secrecy": "B", "sifat": "rahasia"}, {"urgency": "biasa", "sifat": "segera"}):
        _row, [fault] = read_row(SOUND | cells, TODAY)
        assert (fault.path, fault.code) == ("sifat", "differs")


def test_the_year_of_a_dossier_is_that_of_its_record_or_earlier() -> None:
    """Where none is said it is the record's own."""
    assert read(code="000.1", dossier="Berkas").year == 2019
    assert read(code="000.1", dossier="Berkas", year="2018").year == 2018
    for year in ("2020", "20", "dua"):
        row, [fault] = read_row(SOUND | {"year": year}, TODAY)
        assert (row, fault.path) == (None, "year")


def test_a_record_is_not_of_tomorrow() -> None:
    """Nor of a time before there were any."""
    for date in ("2026-10-06", "0001-01-01", ""):
        _row, [fault] = read_row(SOUND | {"date": date}, TODAY)
        assert fault.path == "date"


@given(st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=40)))
def test_any_cells_make_a_row_or_reasons(cells: dict[str, str]) -> None:
    """Never both, never neither; reasons name columns that there are."""
    row, faults = read_row(cells, TODAY)
    assert (row is None) == bool(faults)
    assert {fault.path for fault in faults} <= set(COLUMNS)
    if row is not None:
        assert row.secrecy in (None, *GRADES)
        assert row.date <= TODAY
