"""WireRecord: one tap as a device wrote it, in whatever form it came.

Nothing is interpreted: the time is the wall time of the device, the key pressed is a number, and a
PIN is matched to a person elsewhere. Mask and body temperature, which some devices send, are facts
about health that attendance has no use for: they are not read.
"""

from __future__ import annotations

from datetime import datetime

from attrs import field, frozen

from leuit.values import Text, _

NO_KEY = 255
"""The status of a tap without a state key, also taken where the column is missing."""

STATUS_TITLES: dict[int, Text] = {
    0: _("Masuk"),
    1: _("Pulang"),
    2: _("Keluar istirahat"),
    3: _("Kembali dari istirahat"),
    4: _("Mulai lembur"),
    5: _("Selesai lembur"),
    NO_KEY: _("Tanpa tombol"),
}

_VERIFY_TITLES: tuple[tuple[range, Text], ...] = (
    (range(1), _("Otomatis")),
    (range(1, 2), _("Sidik jari")),
    (range(2, 3), _("PIN")),
    (range(3, 4), _("Kata sandi")),
    (range(4, 5), _("Kartu")),
    (range(5, 15), _("Gabungan beberapa cara")),
    (range(15, 16), _("Wajah")),
    (range(16, 21), _("Wajah dengan cara lain")),
    (range(21, 25), _("Pembuluh jari")),
    (range(25, 30), _("Telapak tangan")),
    (range(200, 201), _("Cara lain")),
)
_OLD_VERIFY_TITLES: dict[int, Text] = {0: _("Kata sandi"), 1: _("Sidik jari"), 2: _("Kartu")}
_UNKNOWN = _("Tidak dikenal")


@frozen
class WireRecord:
    """One tap.

    - `pin`: stripped, for matching; `pin_raw`: with the spaces that align it, for writing back.
    - `at`: naive wall time of the device, whole seconds.
    - `status`: the key, see `STATUS_TITLES`; `verify`: how the person was recognised, None where
      the device did not say; its meaning depends on the firmware.
    - `device_id`: the small number of the device in a file of a memory stick, else empty.
    - `offset_seconds`: distance of `at` from UTC where the device told it (+25200 is WIB).
    - `latitude`, `longitude`: degrees, both or neither.
    - `id_number`: number of an identity card, from devices that read cards; `record_type` of such a
      device: 0 attendance, 1 verification only.
    - `raw`: the whole line. It may hold an identity number, so it is not in the repr.
    """

    pin: str
    at: datetime
    status: int = NO_KEY
    verify: int | None = None
    workcode: str = ""
    device_id: str = ""
    offset_seconds: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    id_number: str = field(default="", repr=False)
    record_type: int | None = None
    pin_raw: str = field(default="", repr=False)
    raw: str = field(default="", repr=False, eq=False)
    line_number: int = field(default=0, eq=False)

    @property
    def key(self) -> tuple[str, datetime, int]:
        """What makes a tap unique on its device."""
        return self.pin, self.at, self.status


def status_title(status: int) -> Text:
    """Name of a state key; unknown numbers say so."""
    return STATUS_TITLES.get(status, _UNKNOWN)


def verify_title(verify: int | None, *, old_firmware: bool = False) -> Text:
    """Name of a way to recognise a person; old firmware numbers the first three otherwise."""
    if verify is None:
        return _UNKNOWN
    if old_firmware and verify in _OLD_VERIFY_TITLES:
        return _OLD_VERIFY_TITLES[verify]
    return next((title for numbers, title in _VERIFY_TITLES if verify in numbers), _UNKNOWN)
