"""Final actions from their wordings: only plain words act by themselves."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.final_actions import FINAL_ACTIONS, final_action_of
from tests.archives.tables import BROADCASTER, PROVINCE, rows_of

WORDS = ["Musnah", "Miusnah", "Permanen", "kecuali", "setelah", "Masuk berkas", "Perorangan"]
WORDS += [",", ".", "(", "dan", "SK", "Dinilai kembali"]


@pytest.mark.parametrize(
    "phrase, action",
    [
        ("Musnah", "musnah"),
        ("Miusnah", "musnah"),
        ("Permanen", "permanen"),
        (" MUSNAH . ", "musnah"),
    ],
)
def test_vector_14(phrase: str, action: str) -> None:
    """Plain words, a scan error, case and a stop."""
    assert final_action_of(phrase) == action


@pytest.mark.parametrize(
    "phrase",
    [
        "Musnah, kecuali yang bernilai guna sejarah Permanen",
        "Musnah, Kecuali barang Tidak Bergerak",
        "Musnah (Kecuali Laporan)",
        "Musnah, setelah masuk menjadi evaluasi program",
        "Permanen, kecuali konsep",
        "Masuk berkas Perorangan, kecuali Surat Keputusan",
        "Dinilai Kembali",
    ],
)
def test_vector_15(phrase: str) -> None:
    """Every condition is appraised anew."""
    assert final_action_of(phrase) == "dinilai_kembali"


@pytest.mark.parametrize("phrase", ["Masuk berkas Perorangan", "masuk  berkas Perseorangan"])
def test_vector_16(phrase: str) -> None:
    """A file that joins another has no final action of its own."""
    assert final_action_of(phrase) == ""


@pytest.mark.parametrize(
    "phrase",
    [
        "",
        "-",
        "Musnah,",
        "Musnah dan Permanen",
        "Musnahkan",
        "tidak Musnah",
        "Permanen Musnah",
        "Masuk berkas",
        "Masuk berkas Perorangan, Musnah",
        "Musnah, Kecualli laporan",
    ],
)
def test_the_rest_is_for_a_person(phrase: str) -> None:
    """Cut off, two actions at once, other words: never destroyed by a guess."""
    assert final_action_of(phrase) is None


@pytest.mark.parametrize("name", [BROADCASTER, PROVINCE])
def test_every_row_reads_as_it_was_read_before(name: str) -> None:
    """The final actions of all 2,941 rows are those of the tables' own column."""
    for row in rows_of(name):
        assert final_action_of(row["raw_final_action"]) == row["final_action"], row


def test_counts() -> None:
    """Section 5.1: broadcaster 314, 73, 94 and 21 of 37 phrases; province 1,280, 1,147 and 12."""
    broadcaster = [row["raw_final_action"] for row in rows_of(BROADCASTER)]
    assert len(set(broadcaster)) == 37
    assert Counter(map(final_action_of, broadcaster)) == {
        "musnah": 314,
        "permanen": 73,
        "dinilai_kembali": 94,
        "": 21,
    }
    province = Counter(final_action_of(row["raw_final_action"]) for row in rows_of(PROVINCE))
    assert province == {"musnah": 1280, "permanen": 1147, "dinilai_kembali": 12}


@given(st.text() | st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join))
def test_nothing_is_destroyed_or_kept_but_by_the_plain_word(phrase: str) -> None:
    """Any text is answered with a known action or none; any second word takes the act away."""
    action = final_action_of(phrase)
    assert action is None or action in FINAL_ACTIONS
    words = phrase.lower().replace(".", "", 1).split()
    assert (action == "musnah") == (_one_stop(phrase) and words in (["musnah"], ["miusnah"]))
    assert (action == "permanen") == (_one_stop(phrase) and words == ["permanen"])


def _one_stop(phrase: str) -> bool:
    """Whether a stop, if any, is the last letter."""
    return "." not in phrase.strip()[:-1]
