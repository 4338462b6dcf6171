"""What a letter's *sifat* means: urgency and secrecy are two fields, in letters often one word.

"Biasa" alone says how fast; "Biasa/Terbuka" is the name of a level of secrecy. "Undangan" is a kind
of letter, "Penting" and "Konfidensial" are levels of the time before 2023.
"""

import re

import attrs

_URGENCY = {
    "biasa": "biasa",
    "segera": "segera",
    "sangatsegera": "sangat_segera",
    "amatsegera": "sangat_segera",
    "kilat": "sangat_segera",
}
_SECRECY = {
    "terbuka": "B",
    "terbatas": "T",
    "rahasia": "R",
    "sangatrahasia": "SR",
    "penting": "P",
    "konfidensial": "K",
}
_KINDS = {"undangan": "undangan"}
_BETWEEN = re.compile(r"[/,;&+()]|\bdan\b", re.IGNORECASE)
_NO_LETTER = re.compile(r"[\W\d_]+")
_PREFIX = re.compile(r"(SR|B|T|R)\s?[-./]\s?\d")


@attrs.frozen
class Sifat:
    """Codes of urgency (`biasa`, `segera`, `sangat_segera`) and secrecy (`B`, `T`, `R`, `SR`; of
    older letters `P`, `K`), and the kind that was meant; None where the words say none, or two.
    """

    urgency: str | None = None
    secrecy: str | None = None
    kind: str | None = None
    sure: bool = True


def split_sifat(words: str) -> Sifat:
    """The fields that one list of words is about; words that are not known mean nothing."""
    tokens = [_plain(token) for token in _BETWEEN.split(words)]
    names = {name for name, _sure in tokens}
    if {"biasa", "terbuka"} <= names:
        names -= {"biasa"}
    known = _URGENCY.keys() | _SECRECY.keys() | _KINDS.keys()
    return Sifat(
        urgency=_only(names, _URGENCY),
        secrecy=_only(names, _SECRECY),
        kind=_only(names, _KINDS),
        sure=all(sure for name, sure in tokens if name in known),
    )


def secrecy_of_number(number: str) -> str | None:
    """The level that a number begins with, as in `B-302/INSP/800.1.2/X/2025`."""
    found = _PREFIX.match(number)
    return found[1] if found else None


def _only(names: set[str], known: dict[str, str]) -> str | None:
    meant = {known[name] for name in names if name in known}
    return meant.pop() if len(meant) == 1 else None


def _plain(token: str) -> tuple[str, bool]:
    """A word without what a scan did to it, and whether it stood there so."""
    squeezed = re.sub(r"[\s_.:*-]+", "", token).lower()
    mended = squeezed.replace("1", "i").replace("0", "o").replace("|", "i")
    whole = " ".join(token.lower().replace("_", " ").split()).strip(" .:*-")
    spaced = {"sangatsegera", "amatsegera", "sangatrahasia"}
    plain = _NO_LETTER.sub("", mended)
    return plain, plain == whole or (plain in spaced and len(whole.split()) == 2)
