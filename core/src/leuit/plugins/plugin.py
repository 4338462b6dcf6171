"""What a plugin says of itself, and the marks by which its hooks are found."""

from pathlib import Path
from typing import Any

import attrs
import pluggy

PROJECT = "leuit"
ENTRY_POINTS = "leuit.plugins"

hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


@attrs.frozen
class Plugin:
    """The declaration that an entry point of the group `leuit.plugins` points to.

    `name` is short, lower case, and the prefix of everything the plugin owns. `requires` names
    plugins it cannot work without; `uses` those it works better with. `settings` is an attrs class
    for the table `[plugins.<name>]`. `models` is `package.module:Base`, `hooks` a module; `module`
    is the package, under which `migrations`, `templates`, `static` and `locale` are looked for.
    `hookspecs` is a module of hooks of the plugin's own, which other plugins may implement; their
    names start with `<name>_`, and what they return stands in the vocabulary's `extras`.
    `unaudited` names tables of the plugin whose writes need no audit entry, such as heartbeats;
    `root_prefixes` are first segments outside `/<name>`, as `/iclock`, which a device dictates or
    people read from paper. `namespace` is `core` for the builtins, whose names all start with
    `core.`.
    """

    name: str
    title: str
    version: str
    module: str
    hooks: str = ""
    hookspecs: str = ""
    requires: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()
    settings: type | None = None
    models: str = ""
    migrations: str = "migrations"
    unaudited: tuple[str, ...] = ()
    root_prefixes: tuple[str, ...] = ()
    namespace: str = ""

    @property
    def prefix(self) -> str:
        """What the names of its permissions, roles, actions and jobs start with."""
        return (self.namespace or self.name) + "."

    def folder(self, name: str) -> Path | None:
        """A folder beside the package's modules, or None when the plugin has none."""
        from importlib.util import find_spec

        spec = find_spec(self.module)
        if spec is None or not spec.submodule_search_locations:
            return None
        path = Path(spec.submodule_search_locations[0]) / name
        return path if path.is_dir() else None


@attrs.frozen
class Context:
    """What a registration hook may look at: its own settings, and the region's zone name."""

    settings: Any
    zone: str
