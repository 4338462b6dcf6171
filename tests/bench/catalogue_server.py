"""The servers of the benchmark of finding: `PORT leuit DATA_FOLDER DATABASE_URL`, `PORT bare FILE`.

Both run on uvicorn with the same settings; the bare one is a Starlette route that returns the bytes
of a file, which it holds in memory.
"""

import sys
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from leuit.cli.collector import calm_collector
from leuit.cli.logs import configure_logs
from leuit.settings import Settings
from leuit.web import build
from leuit.work import Leuit
from tests.bench.places import installed


def main() -> None:
    """Serve until the process is ended."""
    port, kind, *rest = sys.argv[1:]
    application: Any
    if kind == "bare":
        body = Path(rest[0]).read_bytes()

        async def answer(_request: Request) -> Response:
            return Response(body, media_type="text/html; charset=utf-8")

        application = Starlette(routes=[Route("/page", answer)])
    else:
        folder, url = rest
        host = installed()
        configure_logs()  # as `leuit serve` does
        calm_collector()
        settings = Settings.load(Path(folder), {"LEUIT_DATABASE": url})
        application = build(Leuit(settings, host.vocabulary), host)
    uvicorn.run(application, port=int(port), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
