"""What a person typed, as terms; whatever it is, it is a question and never an error.

Each term has three forms: in the title, as it stands, and by its stem. A document that has all
terms in its title comes first, then one that has them as they stand, then one that has their stems;
within each, the newest first. All terms must be there.
"""

import attrs

from .words import LONGEST_WORD, RUN, STEM, TITLE, glued, is_number, is_word, parts, plain, stem

MOST_QUERY = 200
MOST_TERMS = 12
SHORTEST_BEGINNING = 3

_COMMON = frozenset(
    ("yang", "dan", "di", "ke", "dari", "untuk", "pada", "dengan", "atau", "dalam", "oleh")
)
"""Words that tell nothing beside others."""


@attrs.frozen
class Term:
    """One term: `typed` as in the question, `token` as it stands, `stem` empty for what has none.

    A `beginning` also finds tokens that go on, as numbers do and words with a star.
    """

    typed: str
    token: str
    stem: str = ""
    beginning: bool = False


@attrs.frozen
class Token:
    """A token that a document must have, or one that begins so."""

    text: str
    beginning: bool = False


@attrs.frozen
class Query:
    """The terms of a question; without any it finds nothing."""

    text: str
    terms: tuple[Term, ...]

    def tiers(self) -> list[tuple[Token, ...]]:
        """What all terms need, strictest first; a later one holds for all documents of the earlier.

        Equal ones are left out.
        """
        forms = [
            tuple(Token(TITLE + one.token, one.beginning) for one in self.terms),
            tuple(Token(one.token, one.beginning) for one in self.terms),
            tuple(
                Token(STEM + one.stem) if one.stem else Token(one.token, one.beginning)
                for one in self.terms
            ),
        ]
        return list(dict.fromkeys(forms)) if self.terms else []


def parse(text: str) -> Query:
    """The question in a text, of which no more than 200 characters are read."""
    said = " ".join(text[:MOST_QUERY].split())
    folded = plain(said)
    found: dict[str, Term] = {}
    for run in RUN.finditer(folded):
        star = folded[run.end() : run.end() + 1] == "*"
        for term in _terms(run[0], star):
            found.setdefault(term.token, term)
    terms = list(found.values())
    telling = [one for one in terms if one.token not in _COMMON]
    return Query(said, tuple((telling or terms)[:MOST_TERMS]))


def _terms(run: str, star: bool) -> list[Term]:
    pieces = parts(run)
    if is_number(pieces):
        return [Term(run, glued(pieces), beginning=True)]
    last = len(pieces) - 1
    return [_word(one, star and at == last) for at, one in enumerate(pieces)]


def _word(word: str, star: bool) -> Term:
    if star and len(word) >= SHORTEST_BEGINNING:
        return Term(word, word[:LONGEST_WORD], beginning=True)
    return Term(word, word, stem(word) if is_word(word) else "")
