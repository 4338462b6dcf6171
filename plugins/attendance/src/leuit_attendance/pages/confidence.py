"""Editions as pages name them: title, basis, how sure one is of the figures, and where to read."""

from collections.abc import Iterable, Sequence

import attrs

from leuit.builtin.regulations import Edition
from leuit.values import _

_WORDS = {
    "primary": (_("Naskah asli"), "daun"),
    "secondary": (_("Kutipan"), "nila"),
    "derived": (_("Hitungan"), "nila"),
    "unverified": (_("Belum dipastikan"), "tunggu"),
}
"""The words of the regulations' own pages."""


@attrs.frozen
class EditionMark:
    """One edition under which days were judged."""

    title: str
    legal_basis: str
    path: str
    word: str
    tone: str


def edition_marks(editions: Iterable[Edition]) -> list[EditionMark]:
    """The editions in their order."""
    return [
        EditionMark(
            edition.title,
            edition.legal_basis,
            f"/regulations/{edition.id}",
            *_WORDS[edition.confidence],
        )
        for edition in editions
    ]


def mark_of(article: str, marks: Sequence[EditionMark]) -> EditionMark | None:
    """How sure one is of a reason: the mark of the edition whose basis its article names."""
    return next(
        (
            mark
            for mark in marks
            if article
            and mark.legal_basis
            and (article.startswith(mark.legal_basis) or mark.legal_basis.startswith(article))
        ),
        None,
    )
