"""What documents bring to the installation."""

from collections.abc import Iterable
from typing import Any

from leuit.plugins import hookimpl

from . import demo
from .footer import footer_kind
from .letterhead import letterhead_kind


@hookimpl
def leuit_regulations() -> Iterable[Any]:
    return [letterhead_kind(), footer_kind()]


@hookimpl
def leuit_demo() -> Iterable[Any]:
    return [demo.fill]
