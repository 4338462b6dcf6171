"""What archives register with the host, by part of the service."""

from . import instruments, outgoing

_ALL = (instruments, outgoing)

ROUTES = [route for part in _ALL for route in part.ROUTES]
MENU = [item for part in _ALL for item in part.MENU]
COMMANDS = [command for part in _ALL for command in part.COMMANDS]
ACTIONS = [action for part in _ALL for action in part.ACTIONS]
REGULATIONS = [kind for part in _ALL for kind in part.REGULATIONS]
JOBS = outgoing.JOBS
LISTENERS = outgoing.LISTENERS
INBOX = outgoing.INBOX

__all__ = [
    "ACTIONS",
    "COMMANDS",
    "INBOX",
    "JOBS",
    "LISTENERS",
    "MENU",
    "REGULATIONS",
    "ROUTES",
]
