"""The asker's side: a worker process with limits, and an answer whatever happens to it.

A file that makes the worker hang, run out of memory or crash gets a failure for an answer; the next
file gets a fresh process.
"""

import contextlib
import os
import selectors
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Self

from leuit_esign.rules import Examination

from .instructions import Instructions, examination_from_line

SECONDS = 30.0
MEMORY = 1024 * 1024 * 1024
_COMMAND = (sys.executable, "-P", "-m", "leuit_esign.judging.worker", str(MEMORY))


class Examiner:
    """One worker process, kept warm; it examines one file at a time, in the order of the calls.

    Use as a context manager, or call `close`. `seconds` is the limit of wall clock for one file;
    the worker sets the same limit on its processor time, and on its memory.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def examine(self, instructions: Instructions) -> Examination:
        """Examine one file; what goes wrong is the examination's `failure`, never an exception."""
        with self._turn:
            process = self._started()
            assert process.stdin is not None
            with contextlib.suppress(BrokenPipeError):  # it has died: reading the answer tells why
                process.stdin.write(instructions.to_line().encode() + b"\n")
                process.stdin.flush()
            line, failure = self._answer(process)
            if failure:
                self._end()
                return Examination(failure=failure)
            try:
                return examination_from_line(line)
            except ValueError:
                self._end()
                return Examination(failure="crashed")

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603 -- our own module, no argument from outside
                _COMMAND,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[str, str]:
        """The worker's line, or the failure of not getting one in time."""
        assert process.stdout is not None
        until = time.monotonic() + self._seconds
        read = b""
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while not read.endswith(b"\n"):
                if not selector.select(max(0.0, until - time.monotonic())):
                    return "", "time_out"
                piece = os.read(process.stdout.fileno(), 1 << 16)
                if not piece:
                    return "", _cause(process)
                read += piece
        return read.decode(), ""

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def examine_file(instructions: Instructions, seconds: float = SECONDS) -> Examination:
    """Examine one file in a process that ends with it."""
    with Examiner(seconds) as examiner:
        return examiner.examine(instructions)


def _cause(process: subprocess.Popen[bytes]) -> str:
    """Why the worker ended: SIGXCPU (24) is its limit of processor time, 9 the system's memory."""
    status = process.wait()
    return {-24: "time_out", -9: "memory"}.get(status, "crashed")


def _environment() -> dict[str, str]:
    """What the worker needs of ours: nothing secret, and where modules lie."""
    kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "SSL_CERT_FILE", "SSL_CERT_DIR")
    named = {name: os.environ[name] for name in kept if name in os.environ}
    return named | {"MALLOC_ARENA_MAX": "2", "HOME": str(Path(os.devnull))}
