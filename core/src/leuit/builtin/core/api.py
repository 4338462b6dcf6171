"""The description of the JSON API, for programs and their authors."""

from leuit.web import Request, Response, describe, json_answer

from .release import VERSION


def api_description(request: Request) -> Response:
    """OpenAPI 3.1 of every active plugin's API routes."""
    return json_answer(describe(request.host, "Leuit", VERSION))
