"""What archives register with the host, by part of the service."""

from .instruments import ACTIONS, COMMANDS, MENU, REGULATIONS, ROUTES

__all__ = ["ACTIONS", "COMMANDS", "MENU", "REGULATIONS", "ROUTES"]
