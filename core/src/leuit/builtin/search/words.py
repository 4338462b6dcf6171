"""How text becomes tokens: one cut for both engines.

A word stands as it is, and by its stem with a mark of its own. A number of a letter such as
000.1.2.3/001/Bag.Umum/2026 stands whole, as every end of it (so that it is found by any part and by
what follows), and by its parts. Tokens hold letters, digits and our marks alone: nothing in them
has a meaning to an engine.
"""

import functools
import re
import threading
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import snowballstemmer

GLUE, TITLE, STEM = "·", "¹", "²"
"""Marks: between parts of a number; before a token of a title; before a stem. NFKC leaves none of
them in a word."""

LONGEST_WORD = 40
LONGEST_NUMBER = 100
MOST_PARTS = 12
MOST_BYTES = 600_000
"""Of all tokens of a document together: PostgreSQL keeps less than 1 MB."""

_SURELY_SHORT = 10_000
"""Characters of which the tokens cannot reach that limit."""

RUN = re.compile(r"[^\W_]+(?:[./\-\u2013_:]{1,2}[^\W_]+)*")
_PART = re.compile(r"[^\W_]+")
_FORMS = threading.local()

VARIANTS: Mapping[str, str] = {
    "standarisasi": "standardisasi",
    "ijin": "izin",
    "sistim": "sistem",
    "propinsi": "provinsi",
    "nopember": "november",
    "pebruari": "februari",
    "jadual": "jadwal",
    "obyek": "objek",
    "subyek": "subjek",
    "resiko": "risiko",
    "azas": "asas",
    "praktek": "praktik",
    "tehnik": "teknik",
    "tehnis": "teknis",
    "kwitansi": "kuitansi",
    "apotik": "apotek",
    "analisa": "analisis",
    "aktip": "aktif",
    "arsif": "arsip",
    "ijasah": "ijazah",
    "hakekat": "hakikat",
    "himbau": "imbau",
    "kordinasi": "koordinasi",
    "nasehat": "nasihat",
    "metoda": "metode",
    "karir": "karier",
    "antri": "antre",
    "trampil": "terampil",
    "silahkan": "silakan",
    "sekedar": "sekadar",
    "perduli": "peduli",
    "rubah": "ubah",
    "tauladan": "teladan",
    "hutang": "utang",
    "telpon": "telepon",
    "komplek": "kompleks",
    "kwalitas": "kualitas",
    "kwantitas": "kuantitas",
    "survey": "survei",
    "atlit": "atlet",
    "konkrit": "konkret",
    "legalisir": "legalisasi",
    "mesjid": "masjid",
    "ramadan": "ramadhan",
}
"""Spellings that are met in official papers, each with the one that stands for both."""


def plain(text: str) -> str:
    """Small letters without marks over them, compatible forms made one."""
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(one for one in folded if not unicodedata.combining(one))
    return unicodedata.normalize("NFKC", kept)


def is_word(token: str) -> bool:
    """Whether it is of letters alone, and so has a stem."""
    return token.isalpha()


@functools.lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a word in small letters; spellings of one word have one stem."""
    stemmer = getattr(_FORMS, "stemmer", None)  # it keeps state while it works: one a thread
    if stemmer is None:
        stemmer = _FORMS.stemmer = snowballstemmer.stemmer("indonesian")
    known = VARIANTS.get(word, word)
    found: str = stemmer.stemWord(known)
    if found in VARIANTS:
        found = stemmer.stemWord(VARIANTS[found])
    return found


def parts(run: str) -> list[str]:
    """The parts of a run that has been made plain, none longer than a word may be."""
    return [part[:LONGEST_WORD] for part in _PART.findall(run)]


def is_number(found: list[str]) -> bool:
    """Whether the parts of a run are those of a number: more than one, with a digit among them."""
    return len(found) > 1 and any(one.isdigit() for part in found for one in part)


def glued(found: list[str]) -> str:
    """The parts of a number as one token."""
    return GLUE.join(found[:MOST_PARTS])[:LONGEST_NUMBER]


@functools.lru_cache(maxsize=100_000)
def _stemmed(word: str) -> str:
    """The token of a word's stem; empty for what has none."""
    return STEM + stem(word) if is_word(word) else ""


def tokens(text: str) -> Iterator[str]:
    """Tokens of a text that has been made plain, without stems; some come more than once."""
    for run in dict.fromkeys(RUN.findall(text)):
        if run.isalnum():
            yield run[:LONGEST_WORD]
            continue
        found = parts(run)
        yield from found
        if is_number(found):
            for start in range(min(len(found), MOST_PARTS) - 1):
                yield glued(found[start:])


def tokens_of(title: str, text: str) -> list[str]:
    """Every token of a document once: title and text, their stems, and the title by itself.

    What is beyond the limit of bytes is left out, from the end of the text.
    """
    heads = list(tokens(plain(title)))
    kept = dict.fromkeys([TITLE + token for token in heads])
    words = dict.fromkeys(heads)
    words.update(dict.fromkeys(tokens(plain(text))))
    if len(text) + len(title) > _SURELY_SHORT:
        words = dict.fromkeys(_within(words))
    kept.update(words)
    kept.update(dict.fromkeys(map(_stemmed, words)))
    kept.pop("", None)
    return list(kept)


def _within(words: Iterable[str]) -> Iterator[str]:
    """So many of them, first to last, as fit with their stems."""
    left = MOST_BYTES
    for token in words:
        left -= 2 * len(token.encode()) + 8
        if left < 0:
            return
        yield token


def vocabulary_of(found: Iterable[str]) -> list[str]:
    """Those of a document's tokens that a suggestion may be made of: plain words, no marks."""
    return [token for token in found if 4 <= len(token) <= 30 and token.isalpha()]
