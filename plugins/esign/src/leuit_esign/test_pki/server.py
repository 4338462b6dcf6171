"""Serving the authority over HTTP: OCSP, CRLs, certificates and time stamps (RFC 6960, 5280, 3161).

For tests and demonstrations, on loopback.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from certomancer.integrations.animator import Animator, AnimatorArchStore

from .authority import Authority


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, *_words: Any) -> None:  # one line a request would drown what matters
        pass


def bound(host: str, port: int) -> WSGIServer:
    """A server that listens and has nothing to answer yet; port 0 takes a free one."""
    return make_server(host, port, _nothing, server_class=_Server, handler_class=_Quiet)


def give(server: WSGIServer, authority: Authority) -> None:
    """Let a server answer for an authority."""
    animator = Animator(AnimatorArchStore(authority.config.pki_archs), with_web_ui=False)
    server.set_app(animator)


@contextmanager
def serving(server: WSGIServer) -> Iterator[None]:
    """Serve in a thread while the block lasts."""
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _nothing(_environment: Any, start: Any) -> list[bytes]:
    start("503 Service Unavailable", [("Content-Type", "text/plain")])
    return [b""]
