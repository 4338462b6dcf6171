"""What the catalogue registers with the host, gathered from the parts of the service."""

from typing import Any

from leuit.audit import AuditAction
from leuit.plugins import Command, HealthCheck, HomeCard, InboxSource, MenuItem, Port, Route
from leuit.work import JobKind, Listener, Schedule, UploadPurpose

from . import buying, categories, finding, open_orders, orders, products, vendors

_PARTS: tuple[Any, ...] = (categories, vendors, products, finding, buying, orders, open_orders)


def _gathered(name: str) -> list[Any]:
    """What the parts that have it call so, in order."""
    return [value for part in _PARTS for value in getattr(part, name, ())]


ROUTES: list[Route] = _gathered("ROUTES")
MENU: list[MenuItem | HomeCard] = _gathered("MENU")
INBOX: list[InboxSource] = _gathered("INBOX")
COMMANDS: list[Command] = _gathered("COMMANDS")
REGULATIONS: list[Any] = _gathered("REGULATIONS")
JOBS: list[JobKind | Schedule] = _gathered("JOBS")
LISTENERS: list[Listener] = _gathered("LISTENERS")
PORTS: list[Port] = _gathered("PORTS")
ACTIONS: list[AuditAction] = _gathered("ACTIONS")
HEALTH: list[HealthCheck] = _gathered("HEALTH")
UPLOADS: list[UploadPurpose] = _gathered("UPLOADS")
