"""Packed and form bodies, bombs included."""

import gzip
import io
import tarfile
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_attendance.wire import BODY_PROBLEMS, MAX_POSTED, open_body, open_form

LINES = b"1\t2026-10-05 07:00:00\t0\t1\n2\t2026-10-05 07:01:00\t0\t1\n"


def _tgz(*contents: bytes, kind: bytes = tarfile.REGTYPE) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for number, content in enumerate(contents):
            info = tarfile.TarInfo(f"../../etc/{number}")
            info.size, info.type = len(content), kind
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def test_plain_body_passes() -> None:
    """A body without compression is handed on as it is."""
    assert open_body(LINES).data is LINES
    assert open_body(b"", "tgz").problem is None


def test_body_over_the_limit_is_a_problem_before_it_is_read() -> None:
    """As it was posted a body has a limit too, packed or not; at the limit it still passes."""
    for start in (b"", b"\x1f\x8b"):
        opened = open_body(start.ljust(MAX_POSTED + 1, b"x"))
        assert (opened.data, opened.problem) == (b"", "over_limit")
    assert open_body(b"x" * MAX_POSTED).problem is None


@pytest.mark.parametrize("content_type", ["tgz", " TGZ ", ""])
def test_tgz(content_type: str) -> None:
    """A gzipped tar is unpacked, announced or not; file names in it play no role."""
    assert open_body(_tgz(LINES), content_type).data == LINES.removesuffix(b"\n")


def test_several_files() -> None:
    """The files of one tar follow each other on lines of their own."""
    assert open_body(_tgz(b"a", b"b\n", b"c")).data == b"a\nb\nc"


def test_plain_gzip_in_several_members() -> None:
    """Gzip without tar is unpacked, all members of it."""
    assert open_body(gzip.compress(LINES) + gzip.compress(b"3") + b"\0" * 5).data == LINES + b"3"


def test_links_and_folders_are_not_files() -> None:
    """Entries of a tar that are no regular file give no lines."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.DIRTYPE):
            info = tarfile.TarInfo("x")
            info.type, info.linkname = kind, "/etc/passwd"
            archive.addfile(info)
    assert open_body(packed.getvalue()).data == b""


def _problem(data: bytes, content_type: str = "", limit: int = 100_000) -> str | None:
    body = open_body(data, content_type, limit=limit)
    assert body.problem is None or (body.data == b"" and body.reason)
    return body.problem


def test_bomb_is_stopped_at_the_limit() -> None:
    """A body that would become larger than the limit yields nothing, exactly at it everything."""
    assert _problem(gzip.compress(b"\0" * 50_000_000)) == "too_large"
    assert _problem(gzip.compress(b"a" * 100_000)) is None
    assert _problem(gzip.compress(b"a" * 100_001)) == "too_large"
    assert _problem(gzip.compress(b"a" * 60_000) * 2) == "too_large"


def test_too_many_parts() -> None:
    """Very many members or files are refused before they cost time."""
    assert _problem(gzip.compress(b"a") * 9) == "too_many_parts"
    assert _problem(_tgz(*[b"a"] * 65)) == "too_many_parts"


def test_broken() -> None:
    """A cut, wrong or unannounced content is told apart."""
    packed = gzip.compress(LINES)
    assert _problem(LINES, "tgz") == "not_packed"
    assert _problem(packed[:-9]) == "broken"
    assert _problem(packed[:12]) == "broken"
    assert _problem(packed + b"rest") == "broken"
    assert _problem(b"\x1f\x8b" + b"\xff" * 50) == "broken"
    tar = gzip.decompress(_tgz(LINES * 20))
    assert _problem(gzip.compress(tar[:700])) == "broken"


@given(st.binary(max_size=600), st.sampled_from(["", "tgz"]))
def test_any_bytes(data: bytes, content_type: str) -> None:
    """No bytes raise, packed or not, and a problem is always one with a sentence."""
    for body in (data, b"\x1f\x8b\x08\0" + data, gzip.compress(data), gzip.compress(data)[:-3]):
        opened = open_body(body, content_type, limit=5000)
        assert opened.problem is None or opened.problem in BODY_PROBLEMS


@given(st.binary(max_size=300), st.integers(0, 511))
def test_any_damaged_tar(noise: bytes, place: int) -> None:
    """A tar damaged anywhere raises nothing and never becomes larger than what was packed."""
    tar = bytearray(gzip.decompress(_tgz(LINES, LINES)))
    tar[place : place + len(noise)] = noise
    opened = open_body(zlib.compress(bytes(tar), wbits=31))
    assert len(opened.data) <= len(tar)


@pytest.mark.parametrize(
    "body,data,fields",
    [
        (LINES, LINES, {}),
        (b"data=1\t2", b"1\t2", {}),
        (b"data=1%092%0A", b"1\t2\n", {}),
        (b"table=ATTLOG&Stamp=1&data=1%092&SN=A1", b"1\t2", {"sn": "A1"}),
        (b"Table=ATTLOG&data=1\t2&3", b"1\t2&3", {}),
        (b"data=", b"", {}),
        (b"data=50%", b"50%", {}),
        (b"data=%zz%41", b"%zzA", {}),
    ],
)
def test_form_bodies(body: bytes, data: bytes, fields: dict[str, str]) -> None:
    """Lines come out of a form, decoded only where they were encoded, with the fields beside."""
    form = open_form(body)
    assert form.data == data
    if body.lower().startswith(b"table="):
        assert form.fields["table"] == "ATTLOG"
    assert fields.items() <= form.fields.items()


@given(st.binary(max_size=400))
def test_any_form(data: bytes) -> None:
    """No bytes raise as a form body."""
    open_form(data)
    open_form(b"table=ATTLOG&data=" + data)
