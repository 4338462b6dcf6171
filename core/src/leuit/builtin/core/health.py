"""Is it alive, is it ready, and what is wrong: for machines and for the administrator."""

from typing import Any

from sqlalchemy import text

from leuit.identity import SYSTEM
from leuit.plugins import HealthAnswer
from leuit.storage import core_history, require_current
from leuit.values import LeuitError, _
from leuit.web import Request, Response, json_answer, page


def alive(_request: Request) -> Response:
    """`/healthz`: the process answers."""
    return json_answer({"status": "ok"})


def ready(request: Request) -> Response:
    """`/readyz`: database reachable, schema current, no plugin failed; 503 with reasons else."""
    reasons = not_ready(request)
    failed = [state.name for state in request.host.failed]
    answer = {"status": "ok" if not reasons else "unavailable", "reasons": reasons}
    if failed:
        answer["failed_plugins"] = failed
    return json_answer(answer, 503 if reasons else 200)


def not_ready(request: Request) -> list[str]:
    """Why this server should get no requests now; empty when it should."""
    try:
        with request.app.read(SYSTEM) as view:
            view.session.execute(text("SELECT 1"))
        require_current(request.app.database, (core_history(), *request.host.histories))
    except LeuitError as error:
        return [str(error)]
    return []


def show(request: Request) -> Response:
    """The health page: plugins with their states, and every check with its sentence."""
    return page(
        request,
        "core/health.html",
        states=request.host.states,
        reasons=not_ready(request),
        checks=checked(request),
        left=request.host.left_behind(request.app.database),
    )


def checked(request: Request) -> list[dict[str, Any]]:
    """Every health check of the core and the plugins with its answer."""
    lines = []
    for _owner, check in request.host.merged.health.values():
        try:
            with request.app.read(SYSTEM) as view:
                answer = check.check(view)
        except Exception as error:  # noqa: BLE001 -- a plugin's check may raise anything; shown
            answer = HealthAnswer(False, _("Pemeriksaan gagal: %s") % error)
        lines.append({"name": check.name, "title": check.title, "answer": answer})
    return lines
