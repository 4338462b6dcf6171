"""Secrets of commands never stand on the command line."""

import io
import sys
from pathlib import Path

import pytest

from leuit.cli.secrets import with_secrets
from leuit.plugins import Command, CommandContext
from leuit.values import InvalidInputError

SIGN = Command(("sign",), print, secrets=("passphrase",))


def test_the_environment_gives_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """LEUIT_PASSPHRASE fills --passphrase, whatever letters it has."""
    monkeypatch.setenv("LEUIT_PASSPHRASE", "--rahasia =x ")
    assert with_secrets(SIGN, ["sign", "a.pdf"]) == ["sign", "a.pdf", "--passphrase=--rahasia =x "]


def test_a_secret_is_never_taken_for_a_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind `--` all words are names of files, which messages repeat: the secret comes before."""
    monkeypatch.setenv("LEUIT_PASSPHRASE", "rahasia")
    assert with_secrets(SIGN, ["sign", "--", "a.pdf"]) == [
        "sign",
        "--passphrase=rahasia",
        "--",
        "a.pdf",
    ]


def test_a_pipe_gives_a_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the variable, a line of the standard input is taken, without its end."""
    monkeypatch.delenv("LEUIT_PASSPHRASE", raising=False)
    monkeypatch.setattr(sys, "stdin", io.StringIO("rahasia\nlain\n"))
    assert with_secrets(SIGN, ["sign"]) == ["sign", "--passphrase=rahasia"]


def test_a_terminal_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """At a terminal it is asked for without being shown."""
    monkeypatch.delenv("LEUIT_PASSPHRASE", raising=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: f"typed at {prompt}")
    assert with_secrets(SIGN, ["sign"]) == ["sign", "--passphrase=typed at Frasa sandi: "]


@pytest.mark.parametrize("typed", [["--passphrase", "x"], ["--passphrase=x"]])
def test_a_secret_on_the_command_line_is_refused(typed: list[str]) -> None:
    """Every process of the machine may read a command line; the refusal does not repeat it."""
    with pytest.raises(InvalidInputError) as caught:
        with_secrets(SIGN, ["sign", *typed])
    assert "--passphrase" in str(caught.value)
    assert "LEUIT_PASSPHRASE" in str(caught.value)


def test_help_asks_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asks for help is not asked for a secret."""
    monkeypatch.setenv("LEUIT_PASSPHRASE", "x")
    assert with_secrets(SIGN, ["sign", "--help"]) == ["sign", "--help"]


def test_a_command_runs_another(tmp_path: Path) -> None:
    """`CommandContext.run` hands words to whoever runs commands here, and returns the status."""
    ran: list[list[str]] = []

    def runner(arguments: list[str]) -> int:
        ran.append(arguments)
        return 7

    context = CommandContext(app=None, host=None, runner=runner)  # type: ignore[arg-type]  # not used
    assert context.run("esign", "key", "add") == 7
    assert ran == [["esign", "key", "add"]]
