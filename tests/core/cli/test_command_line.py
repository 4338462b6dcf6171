"""The command line: exit statuses, words not tracebacks, one writing process on SQLite."""

import json
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import pytest

from leuit.cli import floor
from leuit.cli.lock import WriterLock, WritersLockTakenError
from leuit.cli.main import run
from leuit.cli.relay import ADDRESS_FILE, Listener, send
from leuit.plugins import HealthAnswer, Host
from leuit.testing import new_revision
from leuit.work import Leuit


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An initialised installation on SQLite, named by LEUIT_DATA."""
    monkeypatch.setenv("LEUIT_DATA", str(tmp_path / "state"))
    monkeypatch.setenv("LEUIT_ADMIN_PASSWORD", "cukup-panjang-1")
    monkeypatch.delenv("LEUIT_DATABASE", raising=False)
    assert run(["init"]) == 0
    return tmp_path / "state"


def test_init_shows_a_password_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first `init` prints a password, the second changes nothing and prints none."""
    monkeypatch.setenv("LEUIT_DATA", str(tmp_path / "new"))
    monkeypatch.delenv("LEUIT_DATABASE", raising=False)
    monkeypatch.delenv("LEUIT_ADMIN_PASSWORD", raising=False)
    assert run(["init"]) == 0
    assert "hanya ditampilkan sekali" in capsys.readouterr().out
    assert run(["init"]) == 0
    again = capsys.readouterr().out
    assert "hanya ditampilkan sekali" not in again
    assert "tidak ada yang diubah" in again


def test_without_init_every_command_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """No state folder: exit status 3 and one sentence on the error stream."""
    monkeypatch.setenv("LEUIT_DATA", str(tmp_path / "nowhere"))
    for words in (["migrate"], ["serve"], ["check"], ["token", "create"]):
        assert run(words) == 3
        assert "leuit init" in capsys.readouterr().err


def test_wrong_words_are_exit_status_2(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An unknown command and an unknown option are wrong use, not a traceback."""
    for words in (["migrat"], ["token", "create", "--colour", "red"]):
        assert run(words) == 2
        assert "Traceback" not in capsys.readouterr().err


def test_plugins_and_check_tell_how_it_stands(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`plugins --json` is for programs; `check` is 0 when all is well and 1 when not."""
    capsys.readouterr()
    assert run(["plugins", "--json"]) == 0
    (attendance,) = [
        line for line in json.loads(capsys.readouterr().out) if line["name"] == "attendance"
    ]
    assert attendance["state"] == "active"
    assert run(["check"]) == 0
    (state / "secret.key").unlink()
    assert run(["check"]) == 1
    assert "secret.key" in capsys.readouterr().err


def test_check_tells_what_the_health_page_says(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What is not well with the running of it is told, and is no fault of the installation."""

    def answers(host: Host, app: Leuit) -> list[dict[str, object]]:
        assert app.vocabulary is host.vocabulary
        return [
            {"title": "Alamat", "answer": HealthAnswer(False, "Belum diatur.")},
            {"title": "Pekerjaan", "answer": HealthAnswer(True, "3 menunggu.")},
        ]

    monkeypatch.setattr(floor, "health_answers", answers)
    capsys.readouterr()
    assert run(["check"]) == 0
    assert "- Alamat: Belum diatur.\n" in capsys.readouterr().out


def test_a_required_plugin_that_is_missing_stops_everything_but_the_list(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`required` makes an absent plugin fatal; `leuit plugins` still works, to find out why."""
    with (state / "leuit.toml").open("a") as file:
        file.write('\n[plugins]\nrequired = ["nowhere"]\n')
    assert run(["token", "create"]) == 3
    assert "nowhere" in capsys.readouterr().err
    assert run(["plugins"]) == 0
    assert run(["check"]) == 1


@pytest.fixture
def listener(state: Path) -> Iterator[list[tuple[list[str], Path, str]]]:
    """A process that holds the writer's lock and answers commands handed to it."""
    heard: list[tuple[list[str], Path, str]] = []

    def execute(arguments: list[str], folder: Path, out, err) -> int:  # type: ignore[no-untyped-def]  # streams
        heard.append((arguments, folder, threading.current_thread().name))
        out.write("dikerjakan server\n")
        err.write("peringatan\n")
        return 7

    with WriterLock(state):
        server = Listener(state, execute)
        yield heard
        server.close()


def test_a_writing_command_is_handed_to_the_server(
    listener: list[tuple[list[str], Path, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """While a server runs, its process does the work; output and exit status come back."""
    assert run(["token", "create", "admin"]) == 7
    told = capsys.readouterr()
    assert "dikerjakan server" in told.out
    assert "peringatan" in told.err
    assert listener[0][:2] == (["token", "create", "admin"], Path.cwd())


def test_a_command_goes_on_without_the_one_who_asked(state: Path) -> None:
    """Whoever asked may go away: the server ends the command as if somebody still read."""
    gone, done = threading.Event(), threading.Event()

    def execute(_arguments: list[str], _folder: Path, out: TextIO, _err: TextIO) -> int:
        assert gone.wait(10)
        out.write("kata " * 300_000)
        out.write("selesai")
        done.set()
        return 0

    with WriterLock(state):
        server = Listener(state, execute)
        with socket.socket(socket.AF_UNIX) as asking:
            asking.connect((state / ADDRESS_FILE).read_text())
            asking.sendall(b'{"argv": ["x"], "cwd": "/"}\n')
        gone.set()
        assert done.wait(10)
        server.close()


def test_a_command_that_fails_in_the_server_logs_no_secret(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The log has the command's words and the trace, and none of the options that came with it."""

    def execute(_arguments: list[str], _folder: Path, _out: TextIO, _err: TextIO) -> int:
        raise RuntimeError("rusak")

    with WriterLock(state):
        server = Listener(state, execute)
        assert send(state, ["esign", "sign", "--passphrase=rahasia", "--", "a.pdf"]) == 1
        server.close()
    told = "".join(capsys.readouterr())
    assert "RuntimeError: rusak" in told
    assert "esign" in told
    assert "rahasia" not in told


def test_a_reading_command_is_not(
    listener: list[tuple[list[str], Path, str]], capsys: pytest.CaptureFixture[str]
) -> None:
    """Commands that only read run where they were typed."""
    assert run(["jobs", "list"]) == 0
    assert listener == []


def test_two_writers_are_impossible(state: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The second holder of the writer's lock is refused; a dead one leaves it free."""
    with WriterLock(state):
        with pytest.raises(WritersLockTakenError), WriterLock(state):
            pass
        assert run(["token", "create", "admin"]) == 1
        assert "sedang menulis" in capsys.readouterr().err
    assert run(["token", "create", "admin"]) == 0


def test_workers_beyond_one_need_postgresql(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """SQLite has one writing process: --workers and `worker` say so."""
    assert run(["serve", "--workers", "2"]) == 3
    assert "PostgreSQL" in capsys.readouterr().err
    assert run(["worker"]) == 3


def test_help_lists_what_is_installed(
    state: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a state folder help names the verbs of plugins too; without one it still answers."""
    assert run(["--help"]) == 0
    told = capsys.readouterr().out
    for verb in ("attendance", "jobs", "organisation", "token", "serve"):
        assert verb in told
    monkeypatch.setenv("LEUIT_DATA", str(state / "nowhere"))
    assert run(["--help"]) == 0
    assert "serve" in capsys.readouterr().out


def test_a_taken_port_is_told_in_one_sentence(
    state: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`serve` beside another program ends with what to do, and does not claim to serve."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        assert run(["serve", "--port", str(other.getsockname()[1])]) == 3
    told = capsys.readouterr().err
    assert "--port" in told
    assert "melayani" not in told
    assert "Traceback" not in told


def test_a_revision_is_asked_for_properly(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The program for plugin authors tells wrong use and unknown plugins in one line."""
    for words, status in (([], 2), (["nowhere", "tables"], 3)):
        monkeypatch.setattr("sys.argv", ["new_revision", *words])
        assert new_revision.main() == status
        assert capsys.readouterr().err.count("\n") == 1
