"""Phrases as schedules print them, made comparable: case, blanks and scan errors.

A table that was scanned says "2 Tshun" or "tin da k lanjut". Only errors that can mean nothing else
are repaired; whatever is less plain stays as it is and is left to a person.
"""

import re
from collections.abc import Mapping

REPAIRS: Mapping[str, str] = {
    "tshun": "tahun",
    "tanun": "tahun",
    "tahum": "tahun",
    "tabun": "tahun",
    "seteiah": "setelah",
    "ttidak": "tidak",
    "tin da k": "tindak",
    "pemeriiksaan": "pemeriksaan",
    "di tetapkan": "ditetapkan",
    "ditindak lanjuti": "ditindaklanjuti",
    "softw are": "software",
    "miusnah": "musnah",
}
"""What was scanned wrongly, in small letters, and what it is."""

# The longest comes first, so that no short error is repaired inside a longer one.
_BROKEN = re.compile(
    r"(?<!\w)(?:" + "|".join(sorted(map(re.escape, REPAIRS), key=len, reverse=True)) + r")(?!\w)"
)


def plain(phrase: str) -> str:
    """The phrase in small letters, with single blanks and with scan errors repaired."""
    words = " ".join(phrase.lower().split())
    return _BROKEN.sub(lambda found: REPAIRS[found.group()], words)
