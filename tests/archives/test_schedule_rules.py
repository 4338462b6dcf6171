"""The retention schedule as a table: faults, open questions, differences, its classification."""

from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.codes import sort_key
from leuit_archives.rules.faults import FAULTS, RowFault
from leuit_archives.rules.periods import Period
from leuit_archives.rules.schedule import (
    ChangedFinalAction,
    ChangedPeriods,
    Coverage,
    ScheduleDifferences,
    ScheduleLine,
    Undecided,
    against_classification,
    differences,
    faults_of,
    read_line,
    unparsed_of,
)
from leuit_archives.rules.triggers import Trigger
from tests.archives.tables import BROADCASTER, PROVINCE, classification, schedule

PHRASES = ["2 Tahun", "3 Tahun", "2 Tahun setelah pensiun", "2 Tahun setelah restorasi", "-"]
ACTIONS = ["Musnah", "Permanen", "Musnah, kecuali laporan", "Masuk berkas Perorangan", "?"]
SCHEDULES = st.dictionaries(
    st.sampled_from(["000", "000.1", "000.9", "000.10", "KP.01.a"]),
    st.tuples(st.sampled_from(PHRASES), st.sampled_from(PHRASES), st.sampled_from(ACTIONS)),
).map(lambda rules: [read_line(code, "", *phrases) for code, phrases in rules.items()])


def rule(active: str = "2 Tahun", inactive: str = "3 Tahun", final: str = "Musnah") -> ScheduleLine:
    return read_line("000.1", "Surat", active, inactive, final)


def test_vector_06() -> None:
    """The broadcaster's table is refused for its five duplicate codes, all named."""
    faults = faults_of(schedule(BROADCASTER))
    assert {fault.kind for fault in faults} == {"duplicate_code"}
    assert sorted(fault.code for fault in faults) == [
        "KP.05.01.a",
        "KP.05.01.b",
        "TK.01.01.b",
        "TK.01.01.c",
        "TK.01.01.d",
    ]
    lines = schedule(BROADCASTER)
    for fault in faults:
        assert lines[fault.index].code == fault.code
        assert fault.code in {line.code for line in lines[: fault.index]}


def test_the_province_has_no_fault() -> None:
    """2,439 rules, one for each code; the broadcaster has 502."""
    assert faults_of(schedule(PROVINCE)) == []
    assert (len(schedule(BROADCASTER)), len(schedule(PROVINCE))) == (502, 2439)


def test_vector_44() -> None:
    """The province binds nine codes that Permendagri 83/2022 lacks, and six leaves of it not."""
    fit = against_classification(schedule(PROVINCE), [line.code for line in classification()])
    assert fit == Coverage(
        unknown=(
            *("100.2.2.1", "100.2.2.2", "100.2.2.3", "100.2.2.4", "100.2.2.5", "200.2.4.5"),
            *("400.3.11.1", "400.3.11.2", "400.3.11.3"),
        ),
        without_rule=("100.2.2", "100.2.4", "100.2.5", "400.3.11", "400.7.6.6", "500.4.7.15"),
    )


def test_vector_45() -> None:
    """103 rules destroy after ten years or more in all; 000.1.2.3 after eight (AR-22)."""
    lines = schedule(PROVINCE)
    sums = {
        line.code: line.active.years + line.inactive.years
        for line in lines
        if line.active and line.inactive and line.final_action == "musnah"
    }
    assert sum(total >= 10 for total in sums.values()) == 103
    assert sums["000.1.2.3"] == 8


def test_the_open_questions_of_the_province() -> None:
    """Six active periods are for a person, nothing else."""
    questions = unparsed_of(schedule(PROVINCE))
    assert {column: len(cells) for column, cells in questions.items()} == {
        "active": 6,
        "inactive": 0,
        "final_action": 0,
    }
    lines = schedule(PROVINCE)
    for cell in questions["active"]:
        assert lines[cell.index].code == cell.code
        assert lines[cell.index].raw_active == cell.phrase


def test_the_open_questions_of_the_broadcaster() -> None:
    """Three active and 41 inactive cells; the 21 files that join another are no question."""
    questions = unparsed_of(schedule(BROADCASTER))
    assert sorted(cell.phrase for cell in questions["active"]) == [
        "-",
        "2 Tahun Surat Keputusan ditetapkan",
        "2 Tahun anqqaran berialan",
    ]
    assert [cell.phrase for cell in questions["inactive"]] == ["-"] * 41
    assert questions["final_action"] == ()


def test_what_a_person_decided_is_open_no_more() -> None:
    """The phrase stays unreadable, the cell has its answer."""
    asked = rule("-", "?", "Musnah dan Permanen")
    assert unparsed_of([asked]) == {
        "active": (Undecided(0, "000.1", "-"),),
        "inactive": (Undecided(0, "000.1", "?"),),
        "final_action": (Undecided(0, "000.1", "Musnah dan Permanen"),),
    }
    decided = attrs.evolve(
        asked, active=Period(0), inactive=Period(1), final_action="dinilai_kembali"
    )
    assert not any(unparsed_of([decided]).values())


@pytest.mark.parametrize(
    "changes, kind",
    [
        ({"code": "000,1"}, "bad_code"),
        ({"title": "x" * 1001}, "long_title"),
        ({"raw_inactive": "x" * 501}, "long_phrase"),
        ({"active": Period(101)}, "wrong_years"),
        ({"inactive": Period(-1)}, "wrong_years"),
        ({"inactive": Period(1, Trigger(("pensiunan",), "", ""))}, "unknown_trigger"),
        ({"final_action": "dibakar"}, "unknown_final_action"),
    ],
)
def test_each_fault_is_named_with_its_row(changes: dict[str, Any], kind: str) -> None:
    """One wrong cell is one fault of the row, with a sentence that says what to do."""
    broken = attrs.evolve(rule(), **changes)
    other = read_line("000", "", "0 Tahun", "100 Tahun setelah restorasi", "?")
    assert faults_of([other, broken]) == [RowFault(1, kind, broken.code)]
    assert FAULTS[kind]


@pytest.mark.parametrize(
    "before, after",
    [
        ("2 Tahun setelah pensiun", "2 Tshun  Sejak Pegawai Pensiun"),
        ("2 Tahun", "2 tahun"),
        ("-", " - "),
    ],
)
def test_another_wording_is_no_change(before: str, after: str) -> None:
    """The same years after the same kind of event."""
    assert differences([rule(before)], [rule(after)]) == ScheduleDifferences()


@pytest.mark.parametrize(
    "before, after",
    [
        ("2 Tahun", "3 Tahun"),
        ("2 Tahun", "2 Tahun setelah pensiun"),
        ("2 Tahun setelah pensiun", "2 Tahun setelah tidak berlaku"),
        ("2 Tahun setelah restorasi", "2 Tahun setelah permohonan ditolak"),
        ("2 Tahun", "-"),
        ("1 Tahun Selama Berlaku", "1 Tahun Sampai Dengan Masalah Selesai"),
    ],
)
def test_another_period_is_a_change(before: str, after: str) -> None:
    """Years, kind, free label, and the phrase that a person has to decide; either column."""
    was, now = rule(before), rule(after)
    third = Period(3)
    assert differences([was], [now]).changed_periods == (
        ChangedPeriods("000.1", (was.active, third), (now.active, third)),
    )
    assert (
        len(differences([rule("2 Tahun", before)], [rule("2 Tahun", after)]).changed_periods) == 1
    )


def test_another_final_action_is_a_change() -> None:
    """Action, and the phrase that was not understood; to join a file in other words is none."""
    changed = differences([rule(final="Musnah")], [rule(final="Permanen")])
    assert changed == ScheduleDifferences(
        changed_final_action=(ChangedFinalAction("000.1", "musnah", "permanen"),)
    )
    joins = rule(final="Masuk berkas Perorangan")
    assert not differences([joins], [rule(final="Masuk berkas Perseorangan")]).changed_final_action
    assert differences([joins], [rule(final="?")]).changed_final_action
    assert differences([rule(final="??")], [rule(final="?")]).changed_final_action


def test_the_province_against_the_broadcaster() -> None:
    """No code in common: all of one closed, all of the other added."""
    changed = differences(schedule(BROADCASTER), schedule(PROVINCE))
    assert (len(changed.closed), len(changed.added)) == (497, 2439)
    assert (changed.changed_periods, changed.changed_final_action) == ((), ())


@given(SCHEDULES)
def test_a_schedule_does_not_differ_from_itself(lines: list[ScheduleLine]) -> None:
    """In whatever order its rows are."""
    assert differences(lines, lines[::-1]) == ScheduleDifferences()


@given(SCHEDULES, SCHEDULES)
def test_differences_turn_round(before: list[ScheduleLine], after: list[ScheduleLine]) -> None:
    """What one way adds the other closes, each change has its sides changed, all in order."""
    there, back = differences(before, after), differences(after, before)
    assert (there.added, there.closed) == (back.closed, back.added)
    assert there.changed_periods == tuple(
        ChangedPeriods(change.code, change.after, change.before) for change in back.changed_periods
    )
    assert there.changed_final_action == tuple(
        ChangedFinalAction(change.code, change.after, change.before)
        for change in back.changed_final_action
    )
    for codes in (there.added, there.closed, [change.code for change in there.changed_periods]):
        assert list(codes) == sorted(codes, key=sort_key)


@given(SCHEDULES, SCHEDULES)
def test_what_did_not_change_means_the_same(
    before: list[ScheduleLine], after: list[ScheduleLine]
) -> None:
    """Every common code is named, or has the same phrases (the sample's phrases all differ)."""
    changed = differences(before, after)
    periods = {change.code for change in changed.changed_periods}
    actions = {change.code for change in changed.changed_final_action}
    old = {line.code: line for line in before}
    for now in after:
        if was := old.get(now.code):
            same = (was.raw_active, was.raw_inactive) == (now.raw_active, now.raw_inactive)
            assert (now.code not in periods) is same
            assert (now.code not in actions) is (was.raw_final_action == now.raw_final_action)


@given(SCHEDULES, st.sets(st.sampled_from(["000", "000.1", "000.1.2", "000.9", "KP.01"])))
def test_a_schedule_fits_or_is_named(lines: list[ScheduleLine], codes: set[str]) -> None:
    """Every rule's code is known or named, every code without children is bound or named."""
    fit = against_classification(lines, codes)
    bound = {line.code for line in lines}
    assert set(fit.unknown) == {code for code in bound if code not in codes}
    assert set(fit.without_rule) == {
        code
        for code in codes
        if code not in bound and not any(other.startswith(code + ".") for other in codes)
    }
