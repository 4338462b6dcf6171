"""Any course of sending: cuts, pieces sent again, wrong offsets, two who send at once.

Whatever happens, the file holds a beginning of the true bytes, and at the end all of them.
"""

import random
import threading
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leuit.builtin.uploads import add_piece, begin_file, own_file
from leuit.builtin.uploads.errors import WrongOffsetError
from leuit.storage import Parts
from leuit.values import LeuitError, TooLargeError, UnavailableError
from tests.core.uploads.desk import PURPOSE, Desk

DEEDS = st.lists(
    st.tuples(
        st.sampled_from(["next", "again", "wrong", "beyond", "cut before", "cut after", "other"]),
        st.integers(1, 40),
    ),
    max_size=20,
)


class Cut(Exception):  # noqa: N818 -- what happens to a sender, not an error of the program
    """The line was cut."""


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(size=st.integers(1, 200), deeds=DEEDS, seed=st.integers(0, 2**16))
def test_any_course_ends_with_the_true_bytes(
    desk: Desk, size: int, deeds: list[tuple[str, int]], seed: int
) -> None:
    """Each deed is either taken or refused by name, and says nothing false of how far it is."""
    desk.allow(files_each=100_000)
    data = random.Random(seed).randbytes(size)
    file = desk.begun(size)
    at = 0
    for deed, length in deeds:
        at = _done(desk, file.id, data, at, deed, length)
        with desk.app.read(desk.sender) as view:
            told = own_file(view, file.id)
        assert (told.received, told.is_whole) == (at, at == size)
    while at < size:
        at = _done(desk, file.id, data, at, "next", 64)
    assert desk.content(file.id) == data


def _done(desk: Desk, file_id: Any, data: bytes, at: int, deed: str, length: int) -> int:
    """Do one thing; where the next piece has to begin after it."""
    piece = data[at : at + length]
    end = at + len(piece)
    send = _sender(desk, file_id)
    if deed == "next":
        assert send(at, piece).received == end
        return end
    if deed == "again":
        if at == 0:
            return at
        with pytest.raises(WrongOffsetError):
            send(max(0, at - length), data[max(0, at - length) : at])
        return at
    if deed == "wrong":
        with pytest.raises(WrongOffsetError):
            send(at + length, b"x")
        return at
    if deed == "beyond":
        with pytest.raises(TooLargeError):
            send(at, data[at:] + b"x" * length)
        return at
    if deed == "other":
        with pytest.raises(LeuitError) as refused:
            add_piece(desk.app, desk.other, file_id, at, piece)
        assert refused.value.status == 404
        return at
    if deed == "cut before":
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Parts, "put", _fails)
            if piece:
                with pytest.raises(UnavailableError):
                    send(at, piece)
        return at
    with pytest.MonkeyPatch.context() as patch:  # stored, and the offset never written
        patch.setattr(type(desk.app), "change", _dies)
        if piece:
            with pytest.raises(Cut):
                send(at, piece)
    return at


def _sender(desk: Desk, file_id: Any) -> Callable[[int, bytes], Any]:
    return lambda start, piece: add_piece(desk.app, desk.sender, file_id, start, piece)


def _fails(*_args: Any) -> None:
    raise UnavailableError("Tempat berkas uji tidak dapat dipakai.")


def _dies(*_args: Any, **_options: Any) -> Any:
    raise Cut


def test_two_who_send_at_once_make_one_file(desk: Desk) -> None:
    """Of two pieces for one place one is taken, the other told; no byte comes twice or not."""
    data = random.Random(7).randbytes(40_000)
    file = desk.begun(len(data))
    errors: list[Exception] = []
    refused: list[int] = []
    meet = threading.Barrier(2)

    def send(step: int) -> None:
        meet.wait(30)
        at = 0
        try:
            while at < len(data):
                try:
                    at = add_piece(
                        desk.app, desk.sender, file.id, at, data[at : at + step]
                    ).received
                except WrongOffsetError:
                    refused.append(step)
                    with desk.app.read(desk.sender) as view:
                        at = own_file(view, file.id).received
        except Exception as error:  # noqa: BLE001 -- told by the assertion below
            errors.append(error)

    threads = [threading.Thread(target=send, args=(step,)) for step in (997, 1_213)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert errors == []
    assert refused
    assert desk.content(file.id) == data
    assert desk.actions().count("core.upload.finished") == 1
    [row] = desk.files()
    assert len(desk.parts()) == row.pieces


def test_a_file_is_read_as_any_file(desk: Desk) -> None:
    """Sought, told and read across its pieces as the plain bytes are."""
    data = random.Random(1).randbytes(5_000)
    file = begin_file(desk.app, desk.sender, PURPOSE, "a.zip", len(data))
    for start in range(0, len(data), 700):
        add_piece(desk.app, desk.sender, file.id, start, data[start : start + 700])
    import io

    from leuit.builtin.uploads import open_sent_file

    plain, chance = io.BytesIO(data), random.Random(2)
    with open_sent_file(desk.app, desk.sender, file.id, PURPOSE) as sent:
        for _turn in range(300):
            whence = chance.choice([io.SEEK_SET, io.SEEK_END])
            offset = chance.randrange(0, 5_200) - (5_100 if whence == io.SEEK_END else 0)
            if whence == io.SEEK_END and len(data) + offset < 0:
                continue
            assert sent.seek(offset, whence) == plain.seek(offset, whence)
            count = chance.choice([0, 1, 50, 699, 700, 1_500, -1])
            assert sent.read(count) == plain.read(count)
            assert sent.tell() == plain.tell()
