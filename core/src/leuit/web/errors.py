"""Errors as answers: a problem document for programs, a page for people, one line for devices."""

from typing import Any
from urllib.parse import quote

from starlette.responses import RedirectResponse, Response

from leuit.values import LeuitError, NotSignedInError, _, translate

from .answers import PROBLEM, json_answer, text_answer
from .pages import page
from .request import Request


def answer_error(request: Request, kind: str, error: LeuitError | None) -> Response:
    """The answer to an error; None is a fault of ours, of which no detail is shown."""
    if kind == "api":
        answer = _problem(request, error)
    elif kind == "device":
        status = error.status if error else 500
        answer = text_answer(f"ERROR: {error.code if error else 'internal'}\n", status)
    elif isinstance(error, NotSignedInError) and request.method == "GET":
        return RedirectResponse("/sign-in?next=" + quote(request.path, safe="/"), 303)
    else:
        answer = _page(request, error)
    wait = getattr(error, "retry_after", None)
    if wait is not None:
        answer.headers["Retry-After"] = str(wait)
    if isinstance(error, NotSignedInError):
        answer.headers["WWW-Authenticate"] = "Bearer"
    return answer


def _problem(request: Request, error: LeuitError | None) -> Response:
    if error is None:
        problem: dict[str, Any] = {
            "type": "urn:leuit:error:internal",
            "title": translate(_("Maaf, terjadi kesalahan di pihak kami."), request.language),
            "status": 500,
            "code": "internal",
        }
    else:
        problem = error.to_problem(request.language)
    problem["instance"] = request.request_id
    return json_answer(problem, problem["status"], PROBLEM)


def _page(request: Request, error: LeuitError | None) -> Response:
    if error is None or (error.status >= 500 and error.status != 503):
        return page(
            request,
            "error.html",
            status=500,
            heading=_("Maaf, halaman ini sedang bermasalah"),
            lead=_("Ini kesalahan kami, bukan Anda. Kejadian ini sudah dicatat."),
            safe=_("Perubahan yang sedang dikirim belum tersimpan.")
            if request.method != "GET"
            else "",
            step=_("Coba lagi beberapa saat lagi."),
            ours=True,
        )
    return page(
        request,
        "error.html",
        status=error.status,
        heading=error.sentence(request.language),
        lead=error.next_step(request.language),
        safe="",
        step="",
        ours=False,
        faults=[field.sentence(request.language) for field in getattr(error, "fields", ())],
    )
