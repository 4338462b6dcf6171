"""What a letter's text proposes is what a person would read; nothing is guessed."""

import datetime as dt
import time
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_archives.rules.letter_dates import dates_in
from leuit_archives.rules.letter_sender import LONGEST_SENDER
from leuit_archives.rules.letter_sifat import Sifat, split_sifat
from leuit_archives.rules.letter_text import (
    LONGEST_ATTACHMENT,
    LONGEST_NUMBER,
    LONGEST_SUBJECT,
    LetterProposals,
    propose,
)
from tests.archives.letters import LETTERS


def told(proposals: LetterProposals) -> dict[str, Any]:
    """The values that are proposed."""
    named = {field.name: getattr(proposals, field.name) for field in attrs.fields(LetterProposals)}
    return {name: one.value for name, one in named.items() if one is not None}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_read_as_a_person_reads_it(name: str) -> None:
    """Every value is found, and none where the letter leaves it open."""
    text, expected = LETTERS[name]
    assert told(propose(text)) == expected


@pytest.mark.parametrize("name", LETTERS)
def test_each_proposal_shows_its_line(name: str) -> None:
    """The line that is shown beside a proposal is one of the letter, or a label with its value."""
    text, _expected = LETTERS[name]
    lines = {" ".join(line.split()) for line in text.splitlines()}
    for field in attrs.fields(LetterProposals):
        one = getattr(propose(text), field.name)
        if one is not None and field.name != "sender":
            label, _blank, rest = one.line.partition(" ")
            assert one.line in lines or (label in lines and {rest, f": {rest}"} & lines)


def test_what_a_scan_mistook_is_not_sure() -> None:
    """A number with l or O among digits, and a day read past them, ask for a look at the paper."""
    proposals = propose(LETTERS["a scan that mistook characters"][0])
    assert proposals.number is not None
    assert proposals.date is not None
    assert proposals.urgency is not None
    assert {proposals.number.sure, proposals.date.sure, proposals.urgency.sure} == {False}
    plain = propose(LETTERS["an office of the regency"][0])
    assert plain.number is not None
    assert plain.date is not None
    assert plain.number.sure
    assert plain.date.sure


@pytest.mark.parametrize(
    "words, expected",
    [
        ("biasa", Sifat(urgency="biasa")),
        ("segera", Sifat(urgency="segera")),
        ("sangat_segera", Sifat(urgency="sangat_segera")),
        ("rahasia", Sifat(secrecy="R")),
        ("undangan", Sifat(kind="undangan")),
        ("penting", Sifat(secrecy="P")),
        ("Sangat Rahasia dan Amat Segera", Sifat(urgency="sangat_segera", secrecy="SR")),
        ("Penting / Segera", Sifat(urgency="segera", secrecy="P")),
        ("Terbatas", Sifat(secrecy="T")),
        ("Konfidensial", Sifat(secrecy="K")),
        ("Rahasia/Sangat Rahasia", Sifat()),
        ("-", Sifat()),
    ],
)
def test_one_list_of_words_is_two_fields(words: str, expected: Sifat) -> None:
    """AR-41: urgency and secrecy are split, undangan is a kind, penting is the legacy P."""
    assert split_sifat(words) == expected


@pytest.mark.parametrize(
    "line, expected",
    [
        ("24 Nov. 2026", dt.date(2026, 11, 24)),
        ("1 Mei 2026", dt.date(2026, 5, 1)),
        ("03/12/2026", dt.date(2026, 12, 3)),
        ("3.12.2026", dt.date(2026, 12, 3)),
        ("14 Jumadil Akhir 1448", None),
        ("12/24/2026", None),
        ("005/12/2026", None),
        ("24 November 26", None),
    ],
)
def test_days_are_read_in_the_order_of_the_country(line: str, expected: dt.date | None) -> None:
    """Day, month, year; a number of a letter, a Hijri day and a short year are no dates."""
    assert next((value for value, *_rest in dates_in(line)), None) == expected


def _squeezed(text: str) -> str:
    return "".join(text.split())


labels = st.sampled_from(
    [
        "Nomor",
        "Nomor :",
        "Hal :",
        "TENTANG",
        "Sifat",
        "Lampiran:",
        "Tanggal",
        "Rangkasbitung,",
        "24 November 2026",
        "PEMERINTAH KABUPATEN",
        "BUPATI,",
        "a.n.",
        "Yth.",
        "/",
        "-",
        "12",
        ":",
    ]
)
noise = st.text(st.characters(codec="utf-8"), max_size=12)
texts = st.lists(st.one_of(labels, noise, st.sampled_from([" ", "\n"])), max_size=80).map("".join)


@given(texts)
def test_any_text_is_read_without_harm(text: str) -> None:
    """Nothing raises; proposals are parts of the text, and fit their fields."""
    proposals = propose(text)
    squeezed = _squeezed(text)
    for one, longest in (
        (proposals.number, LONGEST_NUMBER),
        (proposals.subject, LONGEST_SUBJECT),
        (proposals.sender, LONGEST_SENDER),
        (proposals.attachment, LONGEST_ATTACHMENT),
    ):
        if one is not None:
            assert 0 < len(one.value) <= longest
            assert _squeezed(one.value) in squeezed


@pytest.mark.parametrize("piece", ["N ", "1 ", "a,", "- ", "Hal ", "A.n ", "12/", ": ", "Nomor\n"])
def test_a_hostile_text_takes_no_time(piece: str) -> None:
    """Two million characters, in lines of one piece, are read in moments: no pattern runs away."""
    line = piece * (290 // len(piece)) + "\n"
    started = time.process_time()
    propose(line * (2_000_000 // len(line)))
    assert time.process_time() - started < 20
