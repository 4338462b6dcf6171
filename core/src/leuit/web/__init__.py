"""Pages and APIs over HTTP: plain functions in threads, pure ASGI around them."""

from starlette.responses import Response

from .answers import (
    file_answer,
    json_answer,
    local_path,
    public_answer,
    redirect,
    stream_answer,
    text_answer,
)
from .app import all_routes, build
from .counts import counts_for, sources_for
from .cursors import cursor_after, cursor_page, wrong_cursor
from .entering import let_in
from .form_acts import parse_id, run_form, version_of
from .forms import Choice, Field, FormPage
from .listing import PAGE_SIZE, Listing, page_number
from .loopback import served_on_loopback
from .menu import doors_for
from .openapi import describe
from .pages import environment_of, local, page, render
from .pictures import picture_answer
from .rates import RateLimit
from .request import Form, Request
from .sessions import account_ref, cookie_name, end_session, open_session
from .uploads import Upload

__all__ = [
    "PAGE_SIZE",
    "Choice",
    "Field",
    "Form",
    "FormPage",
    "Listing",
    "RateLimit",
    "Request",
    "Response",
    "Upload",
    "account_ref",
    "all_routes",
    "build",
    "cookie_name",
    "counts_for",
    "cursor_after",
    "cursor_page",
    "describe",
    "doors_for",
    "end_session",
    "environment_of",
    "file_answer",
    "json_answer",
    "let_in",
    "local",
    "local_path",
    "open_session",
    "page",
    "page_number",
    "parse_id",
    "picture_answer",
    "public_answer",
    "redirect",
    "render",
    "run_form",
    "served_on_loopback",
    "sources_for",
    "stream_answer",
    "text_answer",
    "version_of",
    "wrong_cursor",
]
