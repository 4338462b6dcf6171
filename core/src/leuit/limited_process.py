"""A worker process with limits: a hostile file may only harm the process that reads it.

The asker writes a line and reads a line. A process that hangs, runs out of memory or crashes gets a
failure for an answer; the next question gets a fresh process.
"""

import contextlib
import os
import resource
import selectors
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from typing import Self

SECONDS = 30.0
MEMORY = 1024 * 1024 * 1024
CPU_SECONDS = 30


class LimitedProcess:
    """One process of a module of ours, kept warm; it answers one line at a time, in order.

    Use as a context manager, or call `close`. `seconds` is the limit of wall clock for one answer.
    """

    def __init__(self, module: str, seconds: float = SECONDS, memory: int = MEMORY) -> None:
        self._command = (sys.executable, "-P", "-m", module, str(memory))
        self._seconds = seconds
        self._process: subprocess.Popen[bytes] | None = None
        self._turn = threading.Lock()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def warm(self) -> None:
        """Start the process without asking anything yet."""
        with self._turn:
            self._started()

    def ask(self, line: str) -> tuple[str, str]:
        """The answer to a line, or in its place a failure: `time_out`, `memory` or `crashed`."""
        with self._turn:
            process = self._started()
            assert process.stdin is not None
            with contextlib.suppress(BrokenPipeError):  # it has died: reading the answer tells why
                process.stdin.write(line.encode() + b"\n")
                process.stdin.flush()
            answer, failure = self._answer(process)
            if failure:
                self._end()
            return answer, failure

    def close(self) -> None:
        """End the process."""
        with self._turn:
            self._end()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = subprocess.Popen(  # noqa: S603 -- our own module, no argument from outside
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        return self._process

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[str, str]:
        assert process.stdout is not None
        until = time.monotonic() + self._seconds
        pieces: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while not (pieces and pieces[-1].endswith(b"\n")):
                if not selector.select(max(0.0, until - time.monotonic())):
                    return "", "time_out"
                piece = os.read(process.stdout.fileno(), 1 << 20)
                if not piece:
                    return "", _cause(process)
                pieces.append(piece)
        return b"".join(pieces).decode(), ""

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


def serve_lines(answer: Callable[[str], str]) -> None:
    """The process's side: answer each line of the standard input, under the limits.

    Memory and processor time are limited before a file is opened, and no file can be written.
    MemoryError ends the process with the status that means `memory`.
    """
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    for line in sys.stdin:
        _limit_time()
        try:
            told = answer(line)
        except MemoryError:
            sys.exit(_OUT_OF_MEMORY)
        sys.stdout.write(told + "\n")
        sys.stdout.flush()


_OUT_OF_MEMORY = 77


def _limit_time() -> None:
    """So many seconds of processor time for the next answer, beside what has been used."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS + 1
    resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


def _cause(process: subprocess.Popen[bytes]) -> str:
    """Why the process ended: SIGXCPU (24) is its limit of time, SIGKILL (9) the system's memory."""
    status = process.wait()
    return {-24: "time_out", -9: "memory", _OUT_OF_MEMORY: "memory"}.get(status, "crashed")


def _environment() -> dict[str, str]:
    """What the process needs of ours: nothing secret, and where modules lie."""
    kept = ("PATH", "LANG", "LC_ALL", "PYTHONPATH", "SSL_CERT_FILE", "SSL_CERT_DIR")
    named = {name: os.environ[name] for name in kept if name in os.environ}
    return named | {"MALLOC_ARENA_MAX": "2", "HOME": os.devnull}
