"""Examples of the entrance."""

from leuit.identity import SYSTEM
from tests.system.access import ROOT, Example, Region


def examples(region: Region) -> dict[str, Example]:
    """Every route of the entrance; signing out would end the caller's session, so it comes last."""
    with region.app.change(SYSTEM) as work:
        job = work.enqueue("core.jobs.purge", {})
    return {
        "GET /": Example(),
        "GET /sign-in": Example(),
        "POST /sign-in": Example(form={"login": "", "password": ""}),
        "POST /sign-out": Example(),
        "GET /privacy": Example(),
        "GET /tasks": Example(),
        "GET /healthz": Example(),
        "GET /readyz": Example(),
        "GET /health": Example(),
        "GET /jobs": Example(unit=ROOT),
        "POST /jobs/{id}": Example(params={"id": job}, form={"act": "cancel"}, unit=ROOT),
        "GET /api/openapi.json": Example(),
    }
