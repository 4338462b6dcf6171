"""Time of the parsers on bodies that were made to be slow: it grows with the length, not faster."""

import time
from collections.abc import Callable

import pytest

from leuit_attendance.wire import (
    open_body,
    open_form,
    parse_attlog,
    parse_attlog_file,
    parse_errorlog,
    parse_operlog,
    parse_options,
    parse_photo,
    parse_results,
)

PARSERS: list[Callable[[bytes], object]] = [
    *(open_body, open_form, parse_attlog, parse_attlog_file, parse_errorlog),
    *(parse_operlog, parse_options, parse_photo, parse_results),
]
SHAPES = [
    b"\n",
    b"\t",
    b"a",
    b" ",
    b",",
    b"a=b&",
    b"ID=a&Return=0\nx=1\n",
    b"1\t2\n",
    b"%09",
    b"\0",
]


def _seconds(parse: Callable[[bytes], object], body: bytes) -> float:
    def once() -> float:
        begun = time.process_time()
        parse(body)
        return time.process_time() - begun

    return min(once() for _round in range(3))


@pytest.mark.parametrize("parse", PARSERS, ids=lambda parse: parse.__name__)
def test_hostile_bodies_take_linear_time(parse: Callable[[bytes], object]) -> None:
    """Eight times the body takes less than 25 times as long; quadratic time would be 64 times."""
    for shape in SHAPES:
        for head in (b"", b"data="):
            short, long = (head + shape * (size // len(shape)) for size in (8_000, 64_000))
            assert _seconds(parse, long) < 25 * max(_seconds(parse, short), 0.0005)
