"""The application behind a real socket, in a thread of the test."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import uvicorn

from leuit.plugins import Host
from leuit.web import build
from leuit.work import Leuit


@contextlib.contextmanager
def served(app: Leuit, host: Host) -> Iterator[str]:
    """The address of the application while the block runs."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(build(app, host), log_config=None, access_log=False, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(20)
        listener.close()
