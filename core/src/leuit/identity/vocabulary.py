"""What may be allowed: permissions and the roles that bundle them, registered by plugins."""

import re
from collections.abc import Iterable
from typing import Literal

import attrs

from leuit.values import SetupError, _

_SHAPE = re.compile(r"[a-z0-9]+(\.[a-z0-9_]+){1,3}")


@attrs.frozen
class Permission:
    """One thing that may be done; `name` is `<plugin>.<noun>.<verb>`."""

    name: str
    title: str

    def __attrs_post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.name):
            raise SetupError(
                _("Nama izin “%(name)s” harus berbentuk layanan.benda.tindakan."), name=self.name
            )


def _frozen(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


@attrs.frozen
class Role:
    """A bundle of permissions, held on a unit's subtree.

    `given_to` is None when it must be granted; `"head"`: whoever heads a unit holds it there, with
    the assignment's dates; `"everyone"`: every person holds it for himself alone; `"external"`:
    every account from outside does.
    """

    name: str
    title: str
    permissions: frozenset[str] = attrs.field(converter=_frozen)
    given_to: Literal["head", "everyone", "external"] | None = None


@attrs.frozen
class Rights:
    """All registered permissions and roles, frozen after start-up."""

    permissions: dict[str, Permission] = attrs.field(factory=dict)
    roles: dict[str, Role] = attrs.field(factory=dict)
    _roles_with: dict[tuple[str, str | None], tuple[str, ...]] = attrs.field(factory=dict)

    def roles_with(self, permission: str, given_to: str | None = None) -> tuple[str, ...]:
        """Names of the roles that hold a permission, by the way they are given.

        An unknown permission is a programming error and raises SetupError: a misspelt name must
        not become a right that nobody, or everybody, has.
        """
        if permission not in self.permissions:
            raise SetupError(_("Izin “%(name)s” tidak terdaftar."), name=permission)
        key = (permission, given_to)
        if key not in self._roles_with:
            self._roles_with[key] = tuple(
                sorted(
                    role.name
                    for role in self.roles.values()
                    if permission in role.permissions and role.given_to == given_to
                )
            )
        return self._roles_with[key]
