"""ZIPs of old folders: sound ones, and those that somebody made to do harm."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence

from leuit_archives.service.zip_source import ZipSource
from tests.archives.folders import HEADING, row, text_file


def table(rows: Sequence[Sequence[str]]) -> bytes:
    """`arsip.csv` of these rows."""
    import csv

    text = io.StringIO()
    csv.writer(text).writerows([HEADING, *rows])
    return text.getvalue().encode()


def zipped(files: Mapping[str, bytes], *, stored: bool = False) -> bytes:
    """A ZIP of these files, in order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def many_zipped(count: int, top: str = "") -> bytes:
    """A ZIP of so many sound rows, below a folder of that name."""
    files = {f"{top}arsip.csv": table([row(number) for number in range(count)])}
    return zipped(files | {f"{top}surat-{n}.txt": text_file(n) for n in range(count)})


def opened(data: bytes) -> ZipSource:
    """The folder in a ZIP."""
    return ZipSource(io.BytesIO(data))


def raw_entry(
    name: bytes,
    content: bytes,
    *,
    flags: int = 0,
    method: int = zipfile.ZIP_DEFLATED,
    claimed: int | None = None,
    mode: int = 0,
    offset: int | None = None,
    damaged: bool = False,
) -> tuple[bytes, dict[str, int | bytes | None]]:
    """A file as bytes of a ZIP and what its list says, each of which may lie."""
    packed = content
    if method == zipfile.ZIP_DEFLATED:
        squeeze = zlib.compressobj(9, zlib.DEFLATED, -15)
        packed = squeeze.compress(content) + squeeze.flush()
    crc, size = zlib.crc32(content), len(content) if claimed is None else claimed
    local = struct.pack(
        "<4sHHHHHIIIHH",
        b"PK\x03\x04",
        20,
        flags,
        method,
        0,
        0x21,
        crc,
        len(packed),
        size,
        len(name),
        0,
    )
    if damaged:
        packed = packed[:-1] + bytes([packed[-1] ^ 0xFF])
    said: dict[str, int | bytes | None] = {
        "name": name,
        "flags": flags,
        "method": method,
        "crc": crc,
        "packed": len(packed),
        "size": size,
        "mode": mode,
        "offset": offset,
    }
    return local + name + packed, said


def raw_zip(*entries: tuple[bytes, dict[str, int | bytes | None]]) -> bytes:
    """A ZIP put together by hand."""
    body, listed = b"", b""
    for data, said in entries:
        at = len(body) if said["offset"] is None else said["offset"]
        name = said["name"]
        assert isinstance(name, bytes)
        mode = said["mode"]
        assert isinstance(mode, int)
        listed += struct.pack(
            "<4sBBHHHHHIIIHHHHHII",
            b"PK\x01\x02",
            20,
            3,
            20,
            said["flags"],
            said["method"],
            0,
            0x21,
            said["crc"],
            said["packed"],
            said["size"],
            len(name),
            0,
            0,
            0,
            0,
            mode << 16,
            at,
        )
        listed += name
        body += data
    end = struct.pack(
        "<4sHHHHIIH", b"PK\x05\x06", 0, 0, len(entries), len(entries), len(listed), len(body), 0
    )
    return body + listed + end
