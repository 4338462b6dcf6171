"""Registered for what people see: pages, cards, the demonstration."""

from typing import Any

from leuit.identity import Permission, Role
from leuit.plugins import HomeCard, MenuItem, Route

PERMISSIONS: list[Permission | Role] = []
ROUTES: list[Route] = []
MENU: list[MenuItem | HomeCard] = []
DEMO: list[Any] = []
