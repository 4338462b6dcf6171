"""The classification as a table: the published one is sound, faults are named, editions differ."""

from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.classification import (
    ClassDifferences,
    ClassLine,
    Moved,
    Renamed,
    differences,
    faults_of,
)
from leuit_archives.rules.codes import level_of, parents_of, sort_key
from leuit_archives.rules.faults import FAULTS, RowFault
from tests.archives.tables import classification

SOUND = (
    ClassLine("000", "Umum", "", 1),
    ClassLine("000.1", "Ketatausahaan", "000", 2),
    ClassLine("000.1.2", "Perjalanan", "000.1", 3),
)


def line(code: str, title: str) -> ClassLine:
    return ClassLine(code, title, next(iter(parents_of(code)), ""), level_of(code))


TABLES = st.dictionaries(
    st.lists(st.sampled_from(["0", "1", "2", "10", "a"]), min_size=1, max_size=3).map(".".join),
    st.sampled_from(["Umum", "Laporan", "Rapat", "Undangan"]),
    max_size=8,
).map(lambda titles: [line(code, title) for code, title in titles.items()])


def test_vector_01() -> None:
    """2,981 rows of 10, 56, 674 and 2,241 codes by level, without any fault."""
    lines = classification()
    assert len(lines) == 2981
    assert Counter(one.level for one in lines) == {1: 10, 2: 56, 3: 674, 4: 2241}
    assert faults_of(lines) == []


def test_vector_03_and_the_counts_of_section_4() -> None:
    """Rows of each primary code, itself included: 1,308 under 500, 18 under 700."""
    assert Counter((parents_of(one.code) or (one.code,))[-1] for one in classification()) == {
        "000": 235,
        "100": 72,
        "200": 87,
        "300": 41,
        "400": 730,
        "500": 1308,
        "600": 285,
        "700": 18,
        "800": 120,
        "900": 85,
    }


def test_vector_05() -> None:
    """000.2.1.2 is the report on inventory and storage, 000.2.2.2 the one on maintenance."""
    titles = {one.code: one.title for one in classification()}
    assert "inventarisasi dan penyimpanan" in titles["000.2.1.2"]
    assert "pemeliharaan kantor" in titles["000.2.2.2"]


def test_lengths_of_section_4() -> None:
    """46 titles exceed 200 characters, the longest has 864: all are kept whole."""
    lengths = [len(one.title) for one in classification()]
    assert (sum(length > 200 for length in lengths), max(lengths)) == (46, 864)


def test_vector_30() -> None:
    """Without 000.5 each row right below it is named; those deeper have their own parent."""
    lines = [one for one in classification() if one.code != "000.5"]
    children = [index for index, one in enumerate(lines) if one.parent == "000.5"]
    assert children
    assert [(fault.index, fault.kind) for fault in faults_of(lines)] == [
        (index, "missing_parent") for index in children
    ]


@pytest.mark.parametrize(
    "changes, kind",
    [
        ({"code": "000.1.2 ", "parent": ""}, "bad_code"),
        ({"code": "000.1", "parent": "000", "level": 2}, "duplicate_code"),
        ({"title": " "}, "no_title"),
        ({"title": "x" * 1001}, "long_title"),
        ({"parent": "000"}, "wrong_parent"),
        ({"parent": ""}, "wrong_parent"),
        ({"code": "000.7.2", "parent": "000.7"}, "missing_parent"),
        ({"level": 2}, "wrong_level"),
        ({"level": 0}, "wrong_level"),
    ],
)
def test_each_fault_is_named_with_its_row(changes: dict[str, Any], kind: str) -> None:
    """One wrong cell is one fault of the row, with a sentence that says what to do."""
    broken = attrs.evolve(SOUND[2], **changes)
    assert faults_of([*SOUND[:2], broken]) == [RowFault(2, kind, broken.code)]
    assert FAULTS[kind]


def test_several_faults_of_a_row_are_all_named() -> None:
    """A person repairs a table in one go; a title of 1,000 characters is none of them."""
    rows = [*SOUND, ClassLine("000.1.2", "", "000", 9), ClassLine("000.2", "x" * 1000, "000", 2)]
    assert [fault.kind for fault in faults_of(rows)] == [
        "duplicate_code",
        "wrong_parent",
        "wrong_level",
        "no_title",
    ]
    assert {fault.index for fault in faults_of(rows)} == {3}


def test_of_a_triple_two_are_duplicates() -> None:
    """The first row of a code is not at fault, each later one is."""
    assert [fault.index for fault in faults_of([SOUND[0], SOUND[0], SOUND[0]])] == [1, 2]


def test_the_order_of_rows_does_not_matter() -> None:
    """A parent may come after its children."""
    assert faults_of(SOUND[::-1]) == []


def test_what_an_edition_changed() -> None:
    """Added, closed, renamed, and a title that moved to another code; 10 after 9."""
    before = [line("1", "Umum"), line("1.9", "Rapat"), line("1.3", "Surat"), line("1.4", "Arsip")]
    before.append(line("1.12", "Buku"))
    after = [line("1", "Umum"), line("1.10", "Rapat"), line("1.9", "Data"), line("1.11", "Arsip")]
    after.insert(0, line("1.12", "Peta"))
    assert differences(before, after) == ClassDifferences(
        added=("1.10", "1.11"),
        closed=("1.3", "1.4"),
        renamed=(Renamed("1.9", "Rapat", "Data"), Renamed("1.12", "Buku", "Peta")),
        moved=(Moved("Arsip", "1.4", "1.11"),),
    )


def test_a_title_that_stands_twice_has_not_moved() -> None:
    """Two closed codes "Laporan" and one added: nobody can say which of them moved."""
    before = [line("1", "Laporan"), line("2", "Laporan")]
    changed = differences(before, [line("3", "Laporan")])
    assert (changed.closed, changed.added, changed.moved) == (("1", "2"), ("3",), ())


def test_the_whole_table_against_itself_less_a_branch() -> None:
    """Closing 700 closes its 18 rows and nothing else."""
    lines = classification()
    left = [one for one in lines if "700" not in (one.code, *parents_of(one.code))]
    changed = differences(lines, left)
    assert changed == ClassDifferences(closed=changed.closed)
    assert len(changed.closed) == 18


@given(TABLES)
def test_a_table_does_not_differ_from_itself(lines: list[ClassLine]) -> None:
    """In whatever order its rows are."""
    assert differences(lines, lines[::-1]) == ClassDifferences()


@given(TABLES, TABLES)
def test_differences_turn_round(before: list[ClassLine], after: list[ClassLine]) -> None:
    """What one way adds the other closes; renamed and moved have their sides changed."""
    there, back = differences(before, after), differences(after, before)
    assert (there.added, there.closed) == (back.closed, back.added)
    assert there.renamed == tuple(Renamed(r.code, r.after, r.before) for r in back.renamed)
    assert set(there.moved) == {Moved(m.title, m.after, m.before) for m in back.moved}


@given(TABLES, TABLES)
def test_differences_tell_the_later_table(before: list[ClassLine], after: list[ClassLine]) -> None:
    """The earlier titles, changed as told, are the later ones; all in the order of codes."""
    changed = differences(before, after)
    new = {one.code: one.title for one in after}
    titles = {one.code: one.title for one in before if one.code not in changed.closed}
    titles |= {renamed.code: renamed.after for renamed in changed.renamed}
    titles |= {code: new[code] for code in changed.added}
    assert titles == new
    for codes in (changed.added, changed.closed, [r.code for r in changed.renamed]):
        assert list(codes) == sorted(codes, key=sort_key)
    assert {m.before for m in changed.moved} <= set(changed.closed)
    assert {m.after for m in changed.moved} <= set(changed.added)


@given(TABLES)
def test_faults_are_just_those_of_missing_parents(lines: list[ClassLine]) -> None:
    """Rows made from their codes have one fault at most: the code right above is not there."""
    codes = {one.code for one in lines}
    assert [fault.index for fault in faults_of(lines)] == [
        index for index, one in enumerate(lines) if one.parent and one.parent not in codes
    ]
