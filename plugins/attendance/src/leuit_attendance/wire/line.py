"""Line: one line of an upload, and the report on a line that could not be read.

Rules of every parser in this room: it never raises, whatever the bytes are; it takes linear time;
and each line is a record, blank, or reported, so that a person can see what was not understood.
Lines end in LF, a CR before it is dropped. UTF-8 is tried first, then GB2312 (names written by
Chinese firmware), then Latin-1, which takes anything; each line alone, so that one bad name does
not spoil the others.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import Factory, define, frozen

from leuit.values import Text, _

MAX_LINE = 4096
"""Characters of a line that is read; no known record comes near it."""
MAX_REPORTED = 1000
"""Junk lines kept with their text; more are only counted, so that junk cannot fill the memory."""
_SMALL = 256 * 1024
EXCERPT = 120
"""Characters of a junk line that are kept."""

JUNK_REASONS: dict[str, Text] = {
    "no_columns": _("Baris tidak terbagi menjadi kolom."),
    "too_few_columns": _("Kolom baris ini kurang."),
    "too_long": _("Baris ini terlalu panjang untuk sebuah rekaman."),
    "bad_pin": _("PIN kosong, terlalu panjang, atau memuat tanda yang tidak dikenal."),
    "bad_time": _("Tanggal atau jam tidak terbaca atau tidak ada di kalender."),
    "time_out_of_range": _("Tahun di luar 2000 sampai 2099; jam mesin mungkin belum disetel."),
    "bad_device_id": _("Nomor mesin pada kolom ketiga tidak terbaca."),
    "bad_status": _("Kolom status bukan bilangan."),
    "bad_verify": _("Kolom cara verifikasi bukan bilangan."),
    "bad_workcode": _("Kode kerja terlalu panjang atau memuat tanda yang tidak dikenal."),
    "bad_operation": _("Kode operasi bukan bilangan."),
    "unknown_kind": _("Jenis baris tidak dikenal."),
    "bad_reply": _("Jawaban perintah tanpa nomor perintah atau kode hasil."),
}
"""Stable code to the sentence that a person reads."""


@frozen
class Line:
    """`number` counts from 1; `text` has no line end and at most `MAX_LINE` + 1 characters."""

    number: int
    text: str

    @property
    def is_blank(self) -> bool:
        """Nothing but white space and the padding (NUL, Ctrl-Z) of a memory stick."""
        return not self.text.strip(" \t\r\0\x1a\v\f")

    @property
    def is_too_long(self) -> bool:
        return len(self.text) > MAX_LINE


@frozen
class Junk:
    """A line that is no record: where, why (a key of `JUNK_REASONS`) and how it begins."""

    line_number: int
    code: str
    raw: str

    @property
    def reason(self) -> Text:
        return JUNK_REASONS[self.code]


@define
class JunkReport:
    """Collects junk while a parser runs: the first `MAX_REPORTED` whole, the count of all."""

    kept: list[Junk] = Factory(list)
    count: int = 0

    def add(self, line: Line, code: str, raw: str | None = None) -> None:
        """Report `line`; `raw` replaces its text where that could hold a secret."""
        self.count += 1
        if len(self.kept) < MAX_REPORTED:
            shown = line.text if raw is None else raw
            self.kept.append(Junk(line.number, code, shown[:EXCERPT]))


def decode_text(data: bytes) -> str:
    """Text of some bytes by the encodings of the module's rule; never fails."""
    for encoding in ("utf-8", "gb2312"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return data.decode("latin-1")


def read_lines(data: bytes) -> Iterator[Line]:
    """The lines of an upload, numbered; see `read_texts`."""
    return (Line(number, text) for number, text in enumerate(read_texts(data), 1))


def read_texts(data: bytes) -> Iterator[str]:
    """The texts of the lines of an upload, none longer than `MAX_LINE` + 1 characters.

    An end of line at the very end begins no further line.
    """
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
    if data.isascii() and len(data) <= _SMALL:  # nearly every upload: decoded in one go
        texts = data.decode("ascii").split("\n")
        if not texts[-1]:
            texts.pop()
        for text in texts:
            yield text[: MAX_LINE + 1].removesuffix("\r")
        return
    start = 0
    while start < len(data):
        end = data.find(b"\n", start)
        if end < 0:
            end = len(data)
        # A line is cut before it is decoded: 4 bytes hold any character, one more shows the excess.
        text = decode_text(data[start : min(end, start + 4 * MAX_LINE + 4)])
        yield text[: MAX_LINE + 1].removesuffix("\r")
        start = end + 1
