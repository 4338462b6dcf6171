"""What one version of a letter has against another, word by word."""

import difflib
import re
from collections.abc import Iterator, Mapping
from typing import Literal

import attrs

_WORDS = re.compile(r"\S+|\n")
MOST_WORDS = 4_000
"""Texts with more words than this are compared by lines: pairs of words grow as their square."""


@attrs.frozen
class Piece:
    """Words that both have (`same`), that the later left out (`gone`), or that it added (`new`)."""

    kind: Literal["same", "gone", "new"]
    text: str


@attrs.frozen
class FieldDifference:
    """A field that differs, and its text in pieces."""

    name: str
    pieces: tuple[Piece, ...]


def differences(before: Mapping[str, str], after: Mapping[str, str]) -> tuple[FieldDifference, ...]:
    """The fields that differ, in the order of the later version, then those it left out."""
    names = [*after, *(name for name in before if name not in after)]
    return tuple(
        FieldDifference(name, pieces_of(before.get(name, ""), after.get(name, "")))
        for name in names
        if before.get(name, "") != after.get(name, "")
    )


def pieces_of(before: str, after: str) -> tuple[Piece, ...]:
    """Both texts as one run of pieces; those that are same and gone make the earlier one."""
    old, new = _tokens(before), _tokens(after)
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return tuple(_pieces(matcher, old, new))


def _pieces(
    matcher: "difflib.SequenceMatcher[str]", old: list[str], new: list[str]
) -> Iterator[Piece]:
    for _tag, i1, i2, j1, j2 in matcher.get_opcodes():
        if old[i1:i2] == new[j1:j2]:
            yield Piece("same", _joined(old[i1:i2]))
            continue
        if i2 > i1:
            yield Piece("gone", _joined(old[i1:i2]))
        if j2 > j1:
            yield Piece("new", _joined(new[j1:j2]))


def _tokens(text: str) -> list[str]:
    words = _WORDS.findall(text)
    if len(words) <= MOST_WORDS:
        return words
    return [token for line in text.split("\n") for token in (line, "\n")][:-1]


def _joined(tokens: list[str]) -> str:
    return " ".join(tokens).replace(" \n ", "\n").replace("\n ", "\n").replace(" \n", "\n")
