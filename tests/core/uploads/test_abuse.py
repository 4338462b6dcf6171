"""Nobody sends what he may not, sees what is not his, fills the disk, or leaves bytes behind."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import attrs
import obstore
import pytest

from leuit.builtin.uploads import (
    QuotaError,
    add_piece,
    begin_file,
    keep_longer,
    keep_whole,
    let_go,
    open_sent_file,
    own_file,
    own_files,
)
from leuit.builtin.uploads.sending import most_pieces
from leuit.identity import SYSTEM
from leuit.storage import Blobs
from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
    TooLargeError,
    UnavailableError,
)
from tests.core.uploads.desk import FILES, LARGEST, PURPOSE, Desk, metadata
from tests.support.s3 import start_storage


def test_a_file_of_somebody_else_is_not_there(desk: Desk) -> None:
    """404 for every method, as for a file that never was, whatever else is wrong."""
    with desk.program() as program:
        path = program.begin(4).headers["Location"]
        program.piece(path, 0, b"ab")
    nowhere = f"{FILES}/00000000-0000-7000-8000-000000000000"
    with desk.program(desk.other) as program:
        for method in ("HEAD", "PATCH", "DELETE"):
            answers = [program.send(method, one, Tus_Resumable=None) for one in (path, nowhere)]
            assert [answer.status_code for answer in answers] == [404, 404], method
        assert program.piece(path, 2, b"cd").status_code == 404
    [file] = desk.files()
    assert (file.received, file.state) == (2, "open")
    with desk.app.change(desk.other) as work, pytest.raises(NotFoundError):
        let_go(work, file.id)
    with pytest.raises(NotFoundError):
        open_sent_file(desk.app, desk.other, file.id, PURPOSE)
    with desk.app.read(desk.other) as view:
        assert own_files(view, PURPOSE) == []


def test_who_lost_the_right_sends_no_further(desk: Desk) -> None:
    """The permission is asked for at the beginning and at each piece."""
    with desk.program(desk.member) as program:
        assert program.begin(3).status_code == 403
    assert desk.files() == []
    file = desk.begun(4)
    add_piece(desk.app, desk.sender, file.id, 0, b"ab")
    purpose = attrs.evolve(desk.app.vocabulary.uploads[PURPOSE], permission="core.job.manage")
    desk.app.vocabulary = attrs.evolve(desk.app.vocabulary, uploads={PURPOSE: purpose})
    with pytest.raises(PermissionDeniedError):
        add_piece(desk.app, desk.sender, file.id, 2, b"cd")
    desk.app.vocabulary = attrs.evolve(desk.app.vocabulary, uploads={})
    with pytest.raises(InvalidInputError):
        add_piece(desk.app, desk.sender, file.id, 2, b"cd")


def test_another_site_changes_nothing(desk: Desk) -> None:
    """A page elsewhere can neither begin nor add nor drop with the session of its visitor."""
    with desk.program() as program:
        path = program.begin(3).headers["Location"]
        words = metadata(purpose=PURPOSE, filename="a.zip")
        foreign = {"Sec_Fetch_Site": "cross-site"}
        begun = program.send("POST", Upload_Length=3, Upload_Metadata=words, **foreign)
        assert begun.status_code == 403
        assert program.piece(path, 0, b"abc", **foreign).status_code == 403
        assert program.send("DELETE", path, **foreign).status_code == 403
        assert program.offset(path) == 0


def test_a_file_is_no_larger_than_its_purpose_allows(desk: Desk) -> None:
    """Told before a byte is sent; a kind of file that is not taken, too."""
    with pytest.raises(TooLargeError, match="200 MB"):
        desk.begun(LARGEST + 1)
    with pytest.raises(InvalidInputError, match=r"\.zip"):
        desk.begun(3, name="arsip.exe")
    assert desk.begun(LARGEST).size == LARGEST


def test_so_many_files_and_bytes_are_on_their_way(desk: Desk) -> None:
    """Of one account, then of all; what is dropped makes room, others are not held up."""
    desk.allow(files_each=3)
    first, *_rest = [desk.begun(1) for _number in range(3)]
    with pytest.raises(QuotaError):
        desk.begun(1)
    assert desk.begun(1, desk.other).size == 1
    with desk.app.change(desk.sender) as work:
        let_go(work, first.id)
    assert desk.begun(1).size == 1
    desk.allow(files_each=9, gigabytes_each=0)
    with pytest.raises(QuotaError):
        desk.begun(1)
    desk.allow(files_each=9, gigabytes=0)
    with pytest.raises(QuotaError, match="penuh"):
        desk.begun(1, desk.other)


def test_two_beginnings_at_once_stay_within_the_quota(desk: Desk) -> None:
    """Of many that are begun in the same moment no more than the quota are."""
    desk.allow(files_each=2)
    meet, outcomes = threading.Barrier(6), []

    def begin() -> None:
        meet.wait(30)
        try:
            desk.begun(1)
            outcomes.append("begun")
        except QuotaError:
            outcomes.append("refused")

    threads = [threading.Thread(target=begin) for _number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(outcomes) == ["begun"] * 2 + ["refused"] * 4


def test_a_file_comes_in_no_more_pieces_than_it_needs(desk: Desk) -> None:
    """One who sends byte by byte cannot fill the store with pieces; the last one always fits."""
    size = most_pieces(0) + 2
    file = desk.begun(size)
    for start in range(size - 2):
        add_piece(desk.app, desk.sender, file.id, start, b"x")
    with pytest.raises(TooLargeError):
        add_piece(desk.app, desk.sender, file.id, size - 2, b"x")
    assert add_piece(desk.app, desk.sender, file.id, size - 2, b"xx").is_whole


def test_half_a_file_cannot_be_used(desk: Desk) -> None:
    """Neither opened, nor for another purpose than its own."""
    file = desk.begun(2)
    with pytest.raises(ConflictError):
        open_sent_file(desk.app, desk.sender, file.id, PURPOSE)
    add_piece(desk.app, desk.sender, file.id, 0, b"ab")
    with pytest.raises(NotFoundError):
        open_sent_file(desk.app, desk.sender, file.id, "uji.lain")


def test_a_piece_that_changed_in_the_store_is_not_given(desk: Desk) -> None:
    """Reading says so, as it does for one that is gone."""
    file = keep_whole(desk.app, desk.sender, PURPOSE, "a.zip", b"abc")
    [part] = desk.parts()
    obstore.put(desk.app.blobs.parts._store, part, b"abd")
    for harm in (None, obstore.delete):
        if harm is not None:
            harm(desk.app.blobs.parts._store, [part])
        with (
            open_sent_file(desk.app, desk.sender, file.id, PURPOSE) as sent,
            pytest.raises(UnavailableError),
        ):
            sent.read()


def test_what_nobody_uses_goes_with_its_bytes(desk: Desk, clock: ManualClock) -> None:
    """An open file after two days, a whole one after seven, unless it is in use; each is told."""
    half = desk.begun(4)
    add_piece(desk.app, desk.sender, half.id, 0, b"ab")
    whole = keep_whole(desk.app, desk.sender, PURPOSE, "b.zip", b"abc")
    used = keep_whole(desk.app, desk.sender, PURPOSE, "c.zip", b"abc")
    # The sender of this one died before the offset was written.
    desk.app.blobs.parts.put(str(half.id), "2-yang-mati", b"xx")
    desk.work()  # the schedule counts from the moment it is first seen
    clock.advance(dt.timedelta(days=2, hours=1))
    desk.work()
    assert {part.partition("/")[0] for part in desk.parts()} == {str(whole.id), str(used.id)}
    with desk.app.change(SYSTEM) as work:
        keep_longer(work, used.id)
    clock.advance(dt.timedelta(days=5))
    desk.work()
    assert {part.partition("/")[0] for part in desk.parts()} == {str(used.id)}
    assert [file.id for file in desk.files() if file.state != "ended"] == [used.id]
    assert desk.actions().count("core.upload.expired") == 2
    clock.advance(dt.timedelta(hours=2))
    desk.work()
    assert [file.id for file in desk.files()] == [used.id]


def test_half_a_piece_of_a_process_that_died_goes_too(desk: Desk) -> None:
    """Under a name of the store's own, which no list shows; nothing of the file stays."""
    file = desk.begun(4)
    add_piece(desk.app, desk.sender, file.id, 0, b"ab")
    folder = desk.app.settings.data / "blobs" / "parts" / str(file.id)
    (folder / "2-yang-mati#1").write_bytes(b"c")
    assert len(desk.parts()) == 1
    with desk.app.change(desk.sender) as work:
        let_go(work, file.id)
    desk.work()
    assert not folder.exists()


def test_a_piece_on_its_way_when_its_file_was_dropped_goes_too(
    desk: Desk, clock: ManualClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its sender hears so; one who died in between leaves nothing behind after an hour."""
    file = desk.begun(4)
    put = type(desk.app.blobs.parts).put

    def put_late(self: Any, group: str, name: str, data: bytes) -> None:
        with desk.app.change(desk.sender) as work:
            let_go(work, file.id)
        desk.work()
        put(self, group, name, data)

    monkeypatch.setattr(type(desk.app.blobs.parts), "put", put_late)
    answer = _status(lambda: add_piece(desk.app, desk.sender, file.id, 0, b"ab"))
    assert answer == 410
    assert desk.parts() == []
    put(desk.app.blobs.parts, str(file.id), "0-yang-mati", b"ab")
    desk.work()
    clock.advance(dt.timedelta(hours=2))
    desk.work()
    assert desk.parts() == []
    assert desk.files() == []


def _status(act: Callable[[], Any]) -> int:
    try:
        act()
    except Exception as error:  # noqa: BLE001 -- which one is what is asked
        return int(getattr(error, "status", 0))
    return 0


def test_who_has_no_account_begins_nothing(desk: Desk) -> None:
    """The system has no account: a file would be nobody's."""
    with pytest.raises(PermissionDeniedError):
        begin_file(desk.app, SYSTEM, PURPOSE, "a.zip", 1)


def test_pieces_lie_in_s3_as_in_a_folder(desk: Desk) -> None:
    """Sent, read back and cleared, with nothing left."""
    storage = start_storage()
    try:
        desk.app._blobs = Blobs(storage.url("kiriman"), **storage.options)
        data = bytes(range(256)) * 64
        file = keep_whole(desk.app, desk.sender, PURPOSE, "a.zip", data)
        assert desk.content(file.id) == data
        assert len(desk.parts()) == 1
        with desk.app.read(desk.sender) as view:
            assert own_file(view, file.id).is_whole
        with desk.app.change(desk.sender) as work:
            let_go(work, file.id)
        desk.work()
        assert desk.parts() == []
    finally:
        storage.close()
