"""What may be filed where, and what is proposed: pure rules, against their words."""

import datetime as dt
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.codes import is_code, parents_of
from leuit_archives.rules.filing import (
    LONGEST_TITLE,
    MISFITS,
    Filable,
    FilingRule,
    Shelf,
    dossier_title,
    faults_of_filing,
    grade_of,
    is_within,
    misfit,
    rule_for,
)
from leuit_archives.rules.secrecy import GRADES

UNIT, OTHER = UUID(int=1), UUID(int=2)
DAY = dt.date(2026, 10, 5)
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)
_CODES = st.lists(st.integers(0, 3), min_size=1, max_size=4).map(
    lambda parts: ".".join(map(str, parts))
)


@pytest.mark.parametrize(
    "record,dossier,fault",
    [
        (Filable(UNIT, DAY, None), Shelf(UNIT, "000.1", 2026, closed=False), ""),
        (Filable(UNIT, DAY, "000.1"), Shelf(UNIT, "000.1", 2026, closed=False), ""),
        (Filable(UNIT, DAY, "000.1.2"), Shelf(UNIT, "000.1", 2025, closed=False), ""),
        (Filable(UNIT, DAY, "000.10"), Shelf(UNIT, "000.1", 2026, closed=False), "code"),
        (Filable(UNIT, DAY, "000"), Shelf(UNIT, "000.1", 2026, closed=False), "code"),
        (Filable(UNIT, DAY, None), Shelf(UNIT, "000.1", 2027, closed=False), "year"),
        (Filable(UNIT, DAY, None), Shelf(UNIT, "000.1", 2026, closed=True), "closed"),
        (Filable(UNIT, DAY, None), Shelf(OTHER, "000.1", 2026, closed=True), "unit"),
    ],
)
def test_a_dossier_takes_what_fits(record: Filable, dossier: Shelf, fault: str) -> None:
    """Its own unit, open, of its year or later, its code or one below; each refusal has words."""
    assert misfit(record, dossier) == fault
    assert not fault or MISFITS[fault]


@given(_CODES, _CODES)
def test_below_is_told_by_whole_parts(code: str, above: str) -> None:
    """A code stands below another when it begins with all of its parts."""
    parts, upper = code.split("."), above.split(".")
    assert is_within(code, above) == (parts[: len(upper)] == upper)
    assert all(is_within(code, one) for one in (code, *parents_of(code)))


@given(st.dates(dt.date(1945, 1, 1), dt.date(2100, 12, 31)))
def test_titles_take_month_and_year(date: dt.date) -> None:
    """Those of the record's date, in Indonesian; the longest title still fits its column."""
    rule = FilingRule("sp2d.sp2d", "900", "SP2D {bulan} {tahun}")
    words = dossier_title(rule, date).split()
    assert words[2] == str(date.year)
    assert words[1] in MONTHS
    full = FilingRule("x", "900", "{bulan}" * (LONGEST_TITLE // 7))
    assert len(dossier_title(full, date)) <= 300


def test_a_kind_goes_before_its_service() -> None:
    """Whatever the case; without a rule for the kind the service's counts, without both none."""
    rules = (
        FilingRule("Surat Tugas", "800", "A"),
        FilingRule("archives.letter", "000", "B"),
    )
    assert rule_for(rules, "surat tugas", "archives.letter") == rules[0]
    assert rule_for(rules, "Nota", "archives.letter") == rules[1]
    assert rule_for(rules, "", "Archives.Letter") == rules[1]
    assert rule_for(rules, "Nota", "sp2d.sp2d") is None


@given(st.sampled_from((None, *GRADES)), st.sampled_from(("", *GRADES)))
def test_the_stricter_grade_counts(given_grade: str | None, rules_grade: str) -> None:
    """Never below what either says; Terbatas where neither says anything."""
    grade = grade_of(given_grade, FilingRule("x", "0", "x", rules_grade))
    said = [GRADES.index(one) + 1 for one in (given_grade, rules_grade) if one]
    assert grade == (max(said) if said else 2)
    assert grade_of(given_grade, None) == (GRADES.index(given_grade) + 1 if given_grade else 2)


@pytest.mark.parametrize(
    "rule,path,code",
    [
        (FilingRule("sp2d.sp2d", "900", "Lain"), "source", "twice"),
        (FilingRule("SP2D.SP2D", "900", "Lain"), "source", "twice"),
        (FilingRule("x", "sembilan ratus", "Lain"), "code", "no_code"),
        (FilingRule("x", "900", "Lain {hari}"), "title", "title"),
        (FilingRule("x", "900", "Lain {tahun"), "title", "title"),
        (FilingRule("x", "900", "L" * 201), "title", "title"),
        (FilingRule("x", "900", "Lain", "cosmic"), "secrecy", "unknown"),
    ],
)
def test_a_wrong_rule_is_told_by_field(rule: FilingRule, path: str, code: str) -> None:
    """Sources once, codes that are codes, titles that can be filled in, known grades."""
    good = FilingRule("sp2d.sp2d", "900.1", "SP2D {bulan} {tahun}", "limited", automatic=True)
    assert is_code(good.code)
    [found] = faults_of_filing([good, rule])
    assert (found.index, found.fault.path, found.fault.code) == (1, path, code)
    assert list(faults_of_filing([good])) == []
