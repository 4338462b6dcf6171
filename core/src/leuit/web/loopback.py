"""The application on a port of this machine's own loopback, in a thread, for one block of code.

For the demonstration and for tests: whoever speaks HTTP over real sockets, in the same process.
"""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from leuit.plugins import Host
from leuit.values import UnavailableError, _
from leuit.work import Leuit

from .app import build

_STOP_SECONDS = 20.0


@contextmanager
def served_on_loopback(app: Leuit, host: Host) -> Iterator[str]:
    """The address of the application while the block runs; jobs are not done by it."""
    import uvicorn  # late: few programs serve

    listener = socket.create_server(("127.0.0.1", 0), backlog=256)
    server = uvicorn.Server(
        uvicorn.Config(build(app, host), log_config=None, access_log=False, lifespan="on")
    )
    # Listening has begun: a caller that is faster than the server waits in the backlog.
    thread = threading.Thread(
        target=server.run, kwargs={"sockets": [listener]}, name="leuit-loopback", daemon=True
    )
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(_STOP_SECONDS)
        listener.close()
        if thread.is_alive():
            raise UnavailableError(_("Server sementara tidak berhenti pada waktunya."))
