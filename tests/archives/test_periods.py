"""Periods from their wordings: the vectors, both schedules whole, and a slow oracle."""

import itertools
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.periods import MOST_YEARS, Period, parse_period
from leuit_archives.rules.phrases import REPAIRS, plain
from leuit_archives.rules.triggers import trigger_of
from tests.archives.tables import BROADCASTER, PROVINCE, rows_of, schedule

EVENTS = sorted(
    {
        row[f"{side}_trigger"]
        for name in (BROADCASTER, PROVINCE)
        for row in rows_of(name)
        for side in ("active", "inactive")
    }
    - {""}
)
MISREAD = {wrong + end: "tahun" + end for wrong in ("tshun", "tanun", "tabun") for end in ("", ",")}
SOUP = ["2", "0", "100", "101", "x", "Tahun", "TSHUN", ",", "setelah", "Sejak", "selama", "-"]
SOUP += ["sampai dengan", "hingga", "pensiun", "3 tahun", "\t", "2 Tahun", "Tahun,"]


def oracle(phrase: str) -> tuple[int, str] | None:
    """Section 5.2 word by word: years and event, empty for none; None for a person.

    Case and spaces are normalised, `Tahun` repaired, `N Tahun [setelah|sejak EVENT]` read, a comma
    allowed before the connector, and everything else left.
    """
    words = [MISREAD.get(word, word) for word in phrase.lower().split()]
    if len(words) < 2 or words[0] not in {str(n).zfill(w) for n in range(101) for w in (1, 2, 3)}:
        return None
    years = int(words[0])
    if words[1] == "tahun" and len(words) == 2:
        return years, ""
    if words[1] not in {"tahun", "tahun,"} or len(words) < 4:
        return None
    if words[2] not in {"setelah", "sejak"}:
        return None
    event = words[3:]
    bare = [word.strip("-,().;:!?/") for word in event]
    if {"sampai", "hingga", "selama"} & set(bare) or not any(c.isalpha() for c in "".join(event)):
        return None
    if any(a.isdigit() and b == "tahun" for a, b in itertools.pairwise(bare)):
        return None
    return years, " ".join(event)


def read(phrase: str) -> tuple[int, str] | None:
    period = parse_period(phrase)
    if period is None:
        return None
    return period.years, period.trigger.label if period.trigger else ""


def test_vector_07() -> None:
    """ "2 Tahun" has no trigger."""
    assert parse_period("2 Tahun") == Period(2)


@pytest.mark.parametrize(
    "phrase, years, kind",
    [
        ("2 Tahun setelah tidak berlaku", 2, "tidak_berlaku"),
        ("2 Tahun Setelah Tidak Berlaku", 2, "tidak_berlaku"),
        (
            "2 Tshun setelah Undang-Undang tentang Pertanggungjawaban APBN disahkan",
            2,
            "pertanggungjawaban_disahkan",
        ),
        ("1 Tahun, setelah identitas/status ditetapkan", 1, "ditetapkan"),
        (
            "2 Tahun Sejak Perda tentang Pertanggungjawaban APBD Disahkan",
            2,
            "pertanggungjawaban_disahkan",
        ),
    ],
)
def test_vectors_08_09_10_13(phrase: str, years: int, kind: str) -> None:
    """Case, a scan error, a comma and `sejak` do not matter."""
    period = parse_period(phrase)
    assert period is not None
    assert period.trigger is not None
    assert (period.years, period.trigger.text) == (years, kind)


@pytest.mark.parametrize(
    "phrase",
    [
        "2 Tahun anqqaran berialan",
        "2 Tahun Surat Keputusan ditetapkan",
        "-",
        "1 Tahun Sampai Dengan Masalah Selesai",
        "1 Tahun Selama Berlaku",
        "3 Tahun Selama Rekening Masih Aktif",
        "1 Tahun Selama Belum Ada Perubahan",
    ],
)
def test_vectors_11_and_12(phrase: str) -> None:
    """No connector, until, as long as: a person decides."""
    assert parse_period(phrase) is None


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "Tahun",
        "dua Tahun",
        "2",
        "2 Tahun,",
        "2 Tahun setelah",
        "2 Tahun setelah -",
        "2,5 Tahun",
        "-2 Tahun",
        "٢ Tahun",
        "101 Tahun",
        "1000 Tahun",
        "2 Bulan",
        "2 Tahun setelah pensiun sampai dengan berakhir",
        "2 Tahun setelah diperbarui selama berlaku",
        "2 Tahun setelah diperbarui hingga berakhir",
        "2 Tahun setelah 1 Tahun setelah pensiun",
        "minimal 2 Tahun",
    ],
)
def test_what_is_not_the_plain_form_is_for_a_person(phrase: str) -> None:
    """Cut off, out of 0 to 100, other units and numerals, and events that bend the period."""
    assert parse_period(phrase) is None


def test_a_phrase_that_is_no_phrase_is_not_searched() -> None:
    """500 characters are read, more are left to a person at once."""
    phrase = "2 Tahun setelah pensiun"
    assert parse_period(phrase.ljust(500, "x")) is not None
    assert parse_period(phrase.ljust(501, "x")) is None


@pytest.mark.parametrize("years", [0, 1, 99, 100])
def test_years_have_bounds(years: int) -> None:
    """0 and 100 are periods."""
    assert parse_period(f"{years} Tahun") == Period(years)
    assert MOST_YEARS == 100


@pytest.mark.parametrize("name", [BROADCASTER, PROVINCE])
def test_every_row_reads_as_it_was_read_before(name: str) -> None:
    """Years and events of all 2,941 rows are those of the tables' own columns."""
    for row in rows_of(name):
        for side in ("active", "inactive"):
            years, event = row[f"{side}_years"], row[f"{side}_trigger"]
            wanted = (int(years), event) if years else None
            assert read(row[f"raw_{side}"]) == wanted, row


def test_counts_of_the_broadcaster() -> None:
    """Section 5.1: "2 Tahun" 237 times, 239 rows with an event in 61 forms; the inactive years."""
    lines = schedule(BROADCASTER)
    assert sum(line.raw_active == "2 Tahun" for line in lines) == 237
    assert len({line.raw_active for line in lines}) == 89
    events = [line.active.trigger.label for line in lines if line.active and line.active.trigger]
    assert (len(events), len(set(events))) == (239, 61)
    inactive = Counter(line.inactive.years if line.inactive else None for line in lines)
    assert inactive == {3: 341, 2: 58, 5: 49, None: 41, 4: 11, 9: 1, 10: 1}
    assert [
        line.inactive.trigger.label for line in lines if line.inactive and line.inactive.trigger
    ] == ["hak dan kewajibannya habis"]


def test_counts_of_the_province() -> None:
    """Section 5.1: active and inactive years, 327 rows with an event in 69 forms, and the sums."""
    lines = schedule(PROVINCE)
    active = Counter(line.active.years if line.active else None for line in lines)
    assert active == {2: 1914, 3: 284, 1: 210, 5: 18, 7: 7, None: 6}
    inactive = Counter(line.inactive.years if line.inactive else None for line in lines)
    assert inactive == {3: 1882, 7: 284, 1: 221, 5: 29, 2: 11, 8: 7, 4: 4, 20: 1}
    events = [line.active.trigger.label for line in lines if line.active and line.active.trigger]
    assert (len(events), len(set(events))) == (327, 69)
    sums = Counter(
        line.active.years + line.inactive.years for line in lines if line.active and line.inactive
    )
    assert sums == {
        2: 207,
        3: 12,
        4: 2,
        5: 1870,
        6: 8,
        7: 23,
        8: 9,
        9: 9,
        10: 288,
        12: 1,
        14: 3,
        25: 1,
    }


@given(
    st.integers(0, 130),
    st.sampled_from(["Tahun", "tahun", "TAHUN", "Tshun", "Tanun", "tabun", "Tahuun"]),
    st.sampled_from(["", ",", ";"]),
    st.sampled_from(["setelah", "Sejak", "SETELAH", "selama", "sampai dengan", "sesudah", ""]),
    st.sampled_from(EVENTS),
    st.sampled_from([" ", "  ", "\t", "\n ", "\u00a0"]),
    st.booleans(),
)
def test_generated_phrases_read_as_the_oracle_says(
    years: int, unit: str, comma: str, connector: str, event: str, blank: str, title: bool
) -> None:
    """Any year, unit, comma, connector, event, blank and case; what is plain comes back whole."""
    shown = event.title() if title else event
    phrase = blank.join([str(years), unit + comma, connector, *shown.split(" ")])
    assert read(phrase) == oracle(phrase)
    plainly = unit != "Tahuun" and comma != ";" and connector.lower() in {"setelah", "sejak"}
    if plainly and years <= MOST_YEARS:
        assert read(phrase) == (years, event)


@given(st.lists(st.sampled_from([*SOUP, *EVENTS[:5]]), max_size=8).map(" ".join))
def test_any_order_of_the_words_reads_as_the_oracle_says(phrase: str) -> None:
    """The words of periods, shuffled: few are periods, and those just as the oracle has them."""
    assert read(phrase) == oracle(phrase)


@given(st.text() | st.text().map("2 Tahun setelah {}".format))
def test_any_text_is_answered(phrase: str) -> None:
    """No text raises; a period is within bounds, and its event is that of `trigger_of`."""
    period = parse_period(phrase)
    if period is not None:
        assert 0 <= period.years <= MOST_YEARS
        assert period.trigger is None or period.trigger == trigger_of(period.trigger.label)


@given(st.text() | st.lists(st.sampled_from([*REPAIRS, "a", "TAHUN"])).map(" ".join))
def test_a_plain_phrase_stays(phrase: str) -> None:
    """Repairing twice is repairing once."""
    assert plain(plain(phrase)) == plain(phrase)


@pytest.mark.parametrize("broken", REPAIRS)
def test_only_whole_words_are_repaired(broken: str) -> None:
    """The same letters inside another word are not an error."""
    assert plain(broken.upper()) == REPAIRS[broken]
    assert plain(f"x{broken}") == f"x{broken}"
    assert plain(f"{broken}x") == f"{broken}x"
