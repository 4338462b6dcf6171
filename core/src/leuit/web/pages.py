"""Pages: Jinja templates of the core and of the plugins, with one set of globals and filters."""

import datetime as dt
import threading
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from leuit.plugins import Host
from leuit.values import (
    format_date,
    format_number,
    format_percent,
    format_rupiah,
    format_time,
    local_time,
    translate,
)

from .menu import menu_for
from .request import Request
from .static import Assets

_kept: "WeakKeyDictionary[Host, Environment]" = WeakKeyDictionary()
_lock = threading.Lock()


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Render a template for a request; the globals of the shell are filled in."""
    return HTMLResponse(render(request, template, **context), status, headers=NO_STORE)


def render(request: Request, template: str, **context: Any) -> str:
    """The text of a template, or of a fragment of a page."""
    environment = environment_of(request.host)
    return environment.get_template(template).render(
        request=request,
        region=request.app.settings.region,
        menu=menu_for(request),
        notice=request.notice,
        now=request.now,
        **context,
    )


NO_STORE = {"Cache-Control": "no-store"}


def _build(host: Host) -> Environment:
    folders = [Path(__file__).parent / "templates"]
    folders += [
        folder for plugin in host.plugins if (folder := plugin.folder("templates")) is not None
    ]
    environment = Environment(
        loader=ChoiceLoader([FileSystemLoader(folder) for folder in folders]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.install_gettext_callables(  # type: ignore[attr-defined]  # added by the extension
        gettext=translate,
        ngettext=lambda one, many, count: translate(one if count == 1 else many),
        newstyle=True,
    )
    environment.globals["static"] = Assets.of(host).url
    environment.filters.update(
        date_short=lambda day: _day(day, "medium"),
        date_long=lambda day: _day(day, "long"),
        date_full=lambda day: _day(day, "full"),
        time=format_time,
        percent=format_percent,
        number=format_number,
        rupiah=format_rupiah,
        breakable=_breakable,
    )
    return environment


def environment_of(host: Host) -> Environment:
    """The template environment of a host; built once."""
    with _lock:
        environment = _kept.get(host)
        if environment is None:
            environment = _kept[host] = _build(host)
        return environment


def local(request: Request, instant: dt.datetime) -> dt.datetime:
    """An instant as wall time of the region, for templates."""
    return local_time(instant, request.app.zone)


def _breakable(code: str) -> Markup:
    """A long code that may break after a slash only."""
    return Markup("/<wbr>").join(code.split("/"))


def _day(day: dt.date | dt.datetime, style: Any) -> str:
    return format_date(day, style)
