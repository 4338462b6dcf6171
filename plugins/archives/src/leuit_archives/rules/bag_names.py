"""Names of files in a package that every system can unpack, and that lead nowhere else.

No folders, no controls, nothing that Windows refuses; no percent sign, since readers of manifests
differ in what they make of it (RFC 8493, section 2.1.3).
"""

import re
import unicodedata

LONGEST = 100
_UNSAFE = re.compile(r'[\\/:*?"<>|%\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")
_ENDING = 10


def safe_name(name: str, instead: str = "berkas") -> str:
    """The name as a package has it; `instead` where nothing is left of it."""
    normal = " ".join(unicodedata.normalize("NFC", name).split())
    kept = "".join(
        letter for letter in normal if unicodedata.category(letter) not in {"Cc", "Cf", "Cs", "Cn"}
    )
    plain = _UNSAFE.sub("_", kept).strip(". ")
    if not plain or _DEVICES.fullmatch(plain):
        plain = f"{instead}_{plain}".rstrip("_")
    if len(plain) <= LONGEST:
        return plain
    stem, point, end = plain.rpartition(".")
    if not point or len(end) > _ENDING:
        return plain[:LONGEST].rstrip(". ")
    return f"{stem[: LONGEST - len(end) - 1].rstrip('. ')}.{end}"
