"""The entrance: sign-in, home, health, tokens, and the description of the API."""

from leuit.plugins import Plugin

from .demo import has_real_people
from .first_start import create_root, first_administrator
from .passwords import confirm_password
from .printed import public_address
from .release import VERSION
from .tokens import create_token, revoke_tokens
from .wellbeing import health_answers

plugin = Plugin(
    name="core",
    title="Leuit",
    version=VERSION,
    module="leuit.builtin.core",
    hooks="leuit.builtin.core.hooks",
    namespace="core",
)

__all__ = [
    "VERSION",
    "confirm_password",
    "create_root",
    "create_token",
    "first_administrator",
    "has_real_people",
    "health_answers",
    "plugin",
    "public_address",
    "revoke_tokens",
]
