"""The server of the benchmark of issuing SP2D: `PORT DATA_FOLDER DATABASE_URL`.

It is the whole application, without a worker of jobs, with one route more: that takes the step of
Kuasa BUD by the product's own service, as the one whose session the request carries. The product's
page is not asked, since it wants the password again before this step, and its hash is slow on
purpose.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from uuid import UUID

import attrs
import uvicorn

import leuit.web as web
from leuit.builtin import BUILTINS
from leuit.cli.collector import calm_collector
from leuit.cli.logs import configure_logs
from leuit.plugins import SIGNED_IN, Found, Plugin, Route, discover, hookimpl, load
from leuit.settings import Settings
from leuit.values import ManualClock
from leuit.work import Leuit
from leuit_sp2d.rules.chain import SP2D
from leuit_sp2d.service.chain import Decision, take_step
from tests.bench.sp2d_copies import NOW
from tests.sp2d.treasury import RKUD

PLUGIN = Plugin("bench", "Uji", "1", "tests.bench", hooks="tests.bench.sp2d_server")


@hookimpl
def leuit_routes() -> Iterable[Route]:
    """The one route of the plugin that this module is."""
    return [Route("/issue", issue, SIGNED_IN, methods=("POST",), kind="api")]


def issue(request: web.Request) -> web.Response:
    """Take the step of Kuasa BUD on the payment that the body names, as its page showed it."""
    body = request.json
    with request.change() as work:
        payment = take_step(work, UUID(body["payment"]), Decision(SP2D, body["version"]))
        state = payment.state
    return web.json_answer({"state": state})


def main() -> None:
    """Serve until killed."""
    port, folder, url = sys.argv[1:]
    configure_logs()  # both as `leuit serve` does
    settings = Settings.load(Path(folder), {"LEUIT_DATABASE": url})
    found = [*discover(), Found("bench", "leuit-bench", "1", lambda: PLUGIN)]
    host = load(settings, BUILTINS, found)
    vocabulary = attrs.evolve(host.vocabulary, settings={**host.vocabulary.settings, "sp2d": RKUD})
    application = web.build(Leuit(settings, vocabulary, clock=ManualClock(NOW)), host)
    calm_collector()
    uvicorn.run(application, port=int(port), log_config=None, access_log=False)


if __name__ == "__main__":
    main()
