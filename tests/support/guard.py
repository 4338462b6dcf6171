"""A program that outlives no test run.

Run as `python guard.py SPEC` with a pipe on standard input, it starts one server and ends it when
the pipe closes: also after `kill -9` of the tests, since the kernel closes the pipe. The word
`keep` before the end leaves the server's folder in place, as for a database that will start again.

SPEC is JSON: command, user (or null), stop (a signal's number), grace (seconds until SIGKILL), log,
folder.
"""

import json
import os
import pwd
import select
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any


def serve(spec: dict[str, Any]) -> int:
    """Run the server until standard input ends or it ends by itself; its exit code."""
    ended, wake = os.pipe()
    os.set_blocking(wake, False)
    signal.set_wakeup_fd(wake)
    signal.signal(signal.SIGCHLD, lambda *_: None)  # a handler, so that the wake-up byte is written
    identity: dict[str, Any] = {}
    if spec["user"] is not None:
        entry = pwd.getpwnam(spec["user"])
        identity = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    with Path(spec["log"]).open("wb") as log:
        server = subprocess.Popen(
            spec["command"],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            cwd=spec["folder"],
            **identity,
        )
    words = b""
    while server.poll() is None:
        ready, _, _ = select.select([0, ended], [], [])
        if ended in ready:
            os.read(ended, 512)
        if 0 in ready:
            chunk = os.read(0, 512)
            words += chunk
            if not chunk:
                _end(server, spec)
                break
    else:
        return server.wait()  # it ended by itself: the folder tells why
    if words != b"keep":
        shutil.rmtree(spec["folder"], ignore_errors=True)
    return server.wait()


def _end(server: "subprocess.Popen[bytes]", spec: dict[str, Any]) -> None:
    server.send_signal(spec["stop"])
    try:
        server.wait(spec["grace"])
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class Guarded:
    """A server under a guard; `stop` ends both."""

    def __init__(
        self,
        command: list[str],
        folder: Path,
        *,
        stop: int,
        grace: float,
        user: str | None = None,
    ) -> None:
        self.folder = folder
        self.log = folder / "log.txt"
        spec = {
            "command": command,
            "user": user,
            "stop": stop,
            "grace": grace,
            "log": str(self.log),
            "folder": str(folder),
        }
        self._process = subprocess.Popen(
            [sys.executable, __file__, json.dumps(spec)],
            stdin=subprocess.PIPE,
            start_new_session=True,  # Ctrl-C is for the tests, which then stop the server in order
        )

    @property
    def alive(self) -> bool:
        """Whether the server still runs."""
        return self._process.poll() is None

    def last_words(self) -> str:
        """The end of the server's log, for an error message."""
        return self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""

    def stop(self, *, keep: bool = False) -> None:
        """End the server; its folder goes too unless it is to be kept."""
        if self._process.stdin is not None and not self._process.stdin.closed:
            if keep and self.alive:
                self._process.stdin.write(b"keep")
            self._process.stdin.close()
        self._process.wait()
        if not keep:
            shutil.rmtree(self.folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(serve(json.loads(sys.argv[1])))
