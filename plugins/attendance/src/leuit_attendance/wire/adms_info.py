"""DeviceInfo: the state that a device adds to its polls, `INFO=` with numbers parted by commas.

Firmware, users, fingerprints, records, address, version of the fingerprint and of the face
algorithm, faces needed, faces, flags, cards, user pictures, photos of taps. Older devices end
earlier; what is missing or no number is None.
"""

from __future__ import annotations

from attrs import frozen

from .cell import lenient_number

_MOST = 10**9


@frozen
class DeviceInfo:
    """Counts are what the device holds; `records` shows its back-log against what was stored."""

    firmware: str = ""
    users: int | None = None
    fingerprints: int | None = None
    records: int | None = None
    address: str = ""
    fingerprint_version: str = ""
    face_version: str = ""
    faces_needed: int | None = None
    faces: int | None = None
    flags: str = ""
    cards: int | None = None
    user_pictures: int | None = None
    photos: int | None = None


def parse_info(text: str) -> DeviceInfo:
    """Read the decoded value of `INFO`."""
    cells = [cell.strip(" ")[:64] for cell in text[:1024].split(",")]
    cells += [""] * (13 - len(cells))

    def count(index: int) -> int | None:
        return lenient_number(cells[index], 0, _MOST)

    return DeviceInfo(
        firmware=cells[0],
        users=count(1),
        fingerprints=count(2),
        records=count(3),
        address=cells[4],
        fingerprint_version=cells[5],
        face_version=cells[6],
        faces_needed=count(7),
        faces=count(8),
        flags=cells[9],
        cards=count(10),
        user_pictures=count(11),
        photos=count(12),
    )
