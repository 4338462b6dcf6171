"""What a command's function is given first."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import attrs

from leuit.identity import SYSTEM, Identity
from leuit.values import InvalidInputError, _
from leuit.work import Leuit

if TYPE_CHECKING:
    from .host import Host


@attrs.frozen
class CommandContext:
    """The installation, and where to write; acts as the system.

    The function may run inside the server's process, in another working folder than the person who
    typed the command: files named on the command line go through `path`. Nothing is printed by
    other means than `print`, `print_json` and `complain`.
    """

    app: Leuit
    host: "Host"
    folder: Path = attrs.field(factory=Path.cwd)
    out: TextIO = attrs.field(factory=lambda: sys.stdout, repr=False)
    err: TextIO = attrs.field(factory=lambda: sys.stderr, repr=False)
    identity: Identity = SYSTEM
    progress: Callable[[int, int, str], None] = attrs.field(
        default=lambda _done, _total, _text: None, repr=False
    )
    runner: Callable[[list[str]], int] = attrs.field(default=lambda _arguments: 2, repr=False)

    def print(self, text: str = "") -> None:
        """One line for people."""
        self.out.write(text + "\n")

    def print_json(self, value: Any) -> None:
        """One JSON document for programs, in UTF-8, indented."""
        self.out.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")

    def complain(self, text: str) -> None:
        """One line on the error stream."""
        self.err.write(text + "\n")

    def run(self, *arguments: str) -> int:
        """Run another command as if it were typed, and return its exit status.

        One that writes goes to the running server, where a command that runs for long and only
        seldom changes something would keep everybody else from writing.
        """
        return self.runner(list(arguments))

    def path(self, name: str | Path) -> Path:
        """A file named on the command line, relative to where it was typed."""
        return (self.folder / name).absolute()

    def read_file(self, name: str | Path, most: int = -1) -> bytes:
        """The bytes of a file named on the command line, at most so many where `most` is given.

        Raises InvalidInputError with the reason why it cannot be read.
        """
        try:
            with self.path(name).open("rb") as stream:
                return stream.read(most)
        except OSError as error:
            raise InvalidInputError(
                _("Berkas “%(file)s” tidak dapat dibaca: %(reason)s."),
                file=str(name),
                reason=error.strerror or str(error),
            ) from error
