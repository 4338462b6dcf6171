"""Secrets of commands: asked for or taken from the environment, never from the command line."""

import getpass
import os
import sys
from collections.abc import Sequence

from leuit.plugins import Command
from leuit.values import InvalidInputError, _


def with_secrets(command: Command, arguments: Sequence[str]) -> list[str]:
    """The arguments with the command's secrets, for use inside this process or the relay.

    Each is the value of `LEUIT_<NAME>`, or asked for at the terminal, or read as a line of the
    standard input where that is no terminal. Asking for help asks for no secret.
    Raises InvalidInputError for a secret on the command line.
    """
    found = list(arguments)
    if {"--help", "-h"} & set(arguments):
        return found
    # Behind a bare `--` it would be taken for a file's name, and told when there is no such file.
    end = found.index("--") if "--" in found else len(found)
    for name in command.secrets:
        option = f"--{name.replace('_', '-')}"
        if any(part == option or part.startswith(option + "=") for part in arguments):
            raise InvalidInputError(
                _("%(option)s tidak boleh ditulis di baris perintah."),
                advice=_("Isi bila diminta, atau lewat %(variable)s."),
                option=option,
                variable=f"LEUIT_{name.upper()}",
            )
        found.insert(end, f"{option}={_asked(name)}")
    return found


def _asked(name: str) -> str:
    variable = f"LEUIT_{name.upper()}"
    if variable in os.environ:
        return os.environ[variable]
    if sys.stdin.isatty():
        return getpass.getpass(_("Frasa sandi: "))
    return sys.stdin.readline().rstrip("\n")
