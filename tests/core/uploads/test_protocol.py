"""tus 1.0.0 as its specification has it, over HTTP: each sentence that binds a server."""

import base64
import datetime as dt
import email.utils
import hashlib

import pytest

from leuit.values import ManualClock
from tests.core.uploads.desk import FILES, LARGEST, PURPOSE, Desk, metadata


def test_a_file_comes_in_pieces(desk: Desk) -> None:
    """Creation gives an address, PATCH moves the offset, HEAD tells it, the bytes are the same."""
    data = bytes(range(256)) * 100
    with desk.program() as program:
        created = program.begin(len(data))
        assert created.status_code == 201
        path = created.headers["Location"]
        assert path.startswith(FILES + "/")
        assert program.offset(path) == 0
        for start, end in ((0, 1), (1, 9_000), (9_000, len(data))):
            added = program.piece(path, start, data[start:end])
            assert (added.status_code, added.headers["Upload-Offset"]) == (204, str(end))
            assert added.content == b""
        told = program.send("HEAD", path)
    assert (told.status_code, told.headers["Upload-Length"]) == (200, str(len(data)))
    assert told.headers["Cache-Control"] == "no-store"
    words = metadata(purpose=PURPOSE, filename="arsip.zip")
    assert told.headers["Upload-Metadata"] == words
    [file] = desk.files()
    assert (file.state, file.pieces, file.name) == ("whole", 3, "arsip.zip")
    assert desk.content(file.id) == data
    assert desk.actions() == ["core.upload.begun", "core.upload.finished"]


def test_every_answer_names_the_version(desk: Desk) -> None:
    """Also a refusal, and one that comes before the endpoint."""
    with desk.program() as program:
        path = program.begin(3).headers["Location"]
        answers = [
            program.send("OPTIONS"),
            program.begin(LARGEST + 1),
            program.send("HEAD", path),
            program.piece(path, 7, b"abc"),
            program.piece(path, 0, b"x" * (16 * 1024 * 1024 + 1)),
            program.send("DELETE", path),
            program.send("HEAD", path),
        ]
        program.client.sign_out()
        answers.append(program.send("HEAD", path))
    assert [answer.status_code for answer in answers] == [204, 413, 200, 409, 413, 204, 410, 401]
    assert all(answer.headers["Tus-Resumable"] == "1.0.0" for answer in answers)


def test_what_the_server_can_do_is_told(desk: Desk) -> None:
    """Version, extensions, algorithms, and the largest size for whoever asks."""
    with desk.program() as program:
        told = program.send("OPTIONS", Tus_Resumable=None)
    assert told.status_code == 204
    assert told.headers["Tus-Version"] == "1.0.0"
    assert told.headers["Tus-Extension"] == "creation,expiration,termination,checksum"
    assert told.headers["Tus-Checksum-Algorithm"] == "sha256,sha1"
    assert told.headers["Tus-Max-Size"] == str(LARGEST)
    with desk.program(desk.member) as program:
        assert program.send("OPTIONS").headers["Tus-Max-Size"] == "0"


@pytest.mark.parametrize("version", [None, "0.2.2", ""])
def test_another_version_is_refused(desk: Desk, version: str | None) -> None:
    """412, with the version that is spoken here."""
    with desk.program() as program:
        path = program.begin(3).headers["Location"]
        for method, target in (("POST", FILES), ("HEAD", path), ("PATCH", path), ("DELETE", path)):
            answer = program.send(method, target, Tus_Resumable=version)
            assert (answer.status_code, answer.headers["Tus-Version"]) == (412, "1.0.0"), method
        assert program.offset(path) == 0


@pytest.mark.parametrize(
    "headers, status",
    [
        ({}, 400),
        ({"Upload_Length": "-1"}, 400),
        ({"Upload_Length": "3.5"}, 400),
        ({"Upload_Length": "٣"}, 400),
        ({"Upload_Length": "9" * 30}, 400),
        ({"Upload_Length": "3", "Upload_Defer_Length": "1"}, 400),
        ({"Upload_Length": "3"}, 422),
        ({"Upload_Length": "3", "Upload_Metadata": "purpose *"}, 400),
        ({"Upload_Length": "3", "Upload_Metadata": "purpose dQ==,purpose dQ=="}, 400),
        ({"Upload_Length": "3", "Upload_Metadata": metadata(purpose="lain")}, 422),
        (
            {"Upload_Length": "3", "Upload_Metadata": metadata(purpose=PURPOSE, filename="a.exe")},
            422,
        ),
        ({"Upload_Length": "3", "Upload_Metadata": metadata(purpose="a" * 3000)}, 400),
    ],
)
def test_a_beginning_that_cannot_be_read_is_refused(
    desk: Desk, headers: dict[str, str], status: int
) -> None:
    """With a sentence and a stable code; nothing is begun."""
    sent = {name.replace("_", "-").encode(): value.encode() for name, value in headers.items()}
    with desk.program() as program:
        answer = program.client.post(FILES, headers={b"Tus-Resumable": b"1.0.0", **sent})
    assert answer.status_code == status
    assert answer.json()["code"]
    assert answer.json()["title"]
    assert desk.files() == []


def test_a_piece_begins_where_the_last_one_ended(desk: Desk) -> None:
    """Else 409, and neither offset nor bytes change; none may reach beyond the end."""
    with desk.program() as program:
        path = program.begin(6).headers["Location"]
        assert program.piece(path, 0, b"abc").status_code == 204
        assert program.piece(path, 0, b"abc").status_code == 409
        assert program.piece(path, 4, b"ef").status_code == 409
        assert program.piece(path, 3, b"defg").status_code == 413
        assert program.piece(path, 3, b"").status_code == 204
        assert program.piece(path, 3, b"def", Content_Type="text/plain").status_code == 415
        assert program.piece(path, 3, b"def", Upload_Offset=None).status_code == 400
        assert program.offset(path) == 3
        assert program.piece(path, 3, b"def").status_code == 204
        assert program.piece(path, 6, b"g").status_code == 413
    [file] = desk.files()
    assert desk.content(file.id) == b"abcdef"
    assert len(desk.parts()) == 2


def test_an_empty_file_is_whole_at_once(desk: Desk) -> None:
    """Nothing has to be sent for it."""
    with desk.program() as program:
        path = program.begin(0).headers["Location"]
        assert program.offset(path) == 0
    [file] = desk.files()
    assert (file.state, desk.content(file.id)) == ("whole", b"")


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_has_to_agree(desk: Desk, algorithm: str) -> None:
    """460 for bytes that changed on their way, of which nothing is kept; 400 for another way."""
    digest = base64.b64encode(hashlib.new(algorithm, b"abc").digest()).decode()
    with desk.program() as program:
        path = program.begin(3).headers["Location"]
        told = f"{algorithm} {digest}"
        assert program.piece(path, 0, b"abd", Upload_Checksum=told).status_code == 460
        assert program.piece(path, 0, b"abc", Upload_Checksum=f"md4 {digest}").status_code == 400
        assert program.piece(path, 0, b"abc", Upload_Checksum=f"{algorithm} *").status_code == 400
        assert program.offset(path) == 0
        assert program.piece(path, 0, b"abc", Upload_Checksum=told).status_code == 204


def test_when_it_expires_is_told(desk: Desk, clock: ManualClock) -> None:
    """After each piece anew; an expired file is gone, and takes no piece."""
    with desk.program() as program:
        created = program.begin(3)
        path = created.headers["Location"]
        first = email.utils.parsedate_to_datetime(created.headers["Upload-Expires"])
        clock.advance(dt.timedelta(hours=24))
        program.client.sign_in(desk.sender)
        added = program.piece(path, 0, b"a")
        then = email.utils.parsedate_to_datetime(added.headers["Upload-Expires"])
        assert (then - first).days == 1
        clock.advance(dt.timedelta(hours=49))
        program.client.sign_in(desk.sender)
        assert program.piece(path, 1, b"bc").status_code == 410
        assert program.send("HEAD", path).status_code == 410


def test_a_file_can_be_dropped(desk: Desk) -> None:
    """Its bytes go with it; it is gone for whoever asks again."""
    with desk.program() as program:
        path = program.begin(3).headers["Location"]
        program.piece(path, 0, b"ab")
        assert program.send("DELETE", path).status_code == 204
        assert program.send("DELETE", path).status_code == 410
        assert program.piece(path, 2, b"c").status_code == 410
    desk.work()
    assert desk.parts() == []
    assert desk.actions() == ["core.upload.begun", "core.upload.dropped"]


def test_a_program_that_can_only_post(desk: Desk) -> None:
    """`X-HTTP-Method-Override` stands for the method; none, or another one, is refused."""
    with desk.program() as program:
        path = program.begin(3).headers["Location"]
        told = {"Content_Type": "application/offset+octet-stream", "Upload_Offset": 0}
        by = {"X_HTTP_Method_Override": "PATCH"}
        assert program.send("POST", path, content=b"abc", **told, **by).status_code == 204
        assert program.send("POST", path, content=b"abc", **told).status_code == 405
        by = {"X_HTTP_Method_Override": "DELETE"}
        assert program.send("POST", path, **by).status_code == 204
        assert program.send("HEAD", path).status_code == 410


def test_the_description_says_that_nothing_comes_back(desk: Desk) -> None:
    """An answer without content is described without one."""
    with desk.program() as program:
        paths = program.client.get("/api/openapi.json").json()["paths"]
    piece = paths[f"{FILES}/{{file_id}}"]["patch"]
    assert piece["responses"]["2XX"] == {"description": ""}
    assert piece["operationId"] == "upload_piece"
