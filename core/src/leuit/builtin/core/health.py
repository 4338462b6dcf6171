"""Is it alive, is it ready, and what is wrong: for machines and for the administrator."""

from sqlalchemy import text

from leuit.identity import SYSTEM
from leuit.storage import core_history, require_current
from leuit.values import LeuitError
from leuit.web import Request, Response, json_answer, page

from .wellbeing import health_answers


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
        checks=health_answers(request.host, request.app),
        left=request.host.left_behind(request.app.database),
    )
