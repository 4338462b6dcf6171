"""Writes the reference pages from the program itself: hooks, ports, commands, rights, settings.

Run by `make docs`; a test compares the committed pages with what this writes.
"""

import inspect
import re
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import attrs

from leuit import contracts
from leuit.builtin import BUILTINS
from leuit.cli import floor
from leuit.contracts import PORTS, PortSpec
from leuit.plugins import Host, hook_names, hookspecs, load, mount_path
from leuit.settings import Region, Server, Settings

REFERENCE = Path(__file__).parent / "reference"
HEAD = "<!-- Written by docs/generate.py. Change the program, then run `make docs`. -->\n\n"


def pages() -> dict[str, str]:
    """File name to text of every generated page."""
    host = load(Settings(data=Path("unused")), BUILTINS)
    return {
        "hooks.md": _hooks(host),
        "ports.md": _ports(),
        "commands.md": _commands(host),
        "rights.md": _rights(host),
        "routes.md": _routes(host),
        "settings.md": _settings(host),
    }


def _hooks(host: Host) -> str:
    lines = ["# Hooks", "", "Each is called once at start-up; `context` may be left out.", ""]
    owned = [("", hookspecs)]
    owned += [
        (plugin.name, import_module(plugin.hookspecs))
        for plugin in host.plugins
        if plugin.hookspecs
    ]
    for owner, module in owned:
        names = hook_names(module)
        for name in [name for name in vars(module) if name in names]:
            function = vars(module)[name]
            whole = str(inspect.signature(function))
            signature = re.sub(r"\b[a-z_]+(?:\.[a-z_]+)*\.(?=[A-Z])", "", whole)
            words = inspect.getdoc(function) or ""
            whose = [f"A hook of the plugin `{owner}`.", ""] if owner else []
            lines += [f"## {name}", "", f"`{name}{signature}`", "", *whose, words, ""]
    return "\n".join(lines)


def _ports() -> str:
    """Each port, its provider's agreement, and the values and events of the module it stands in."""
    lines = [
        "# Ports",
        "",
        "What one service asks of another; all of it is in `leuit.contracts`.",
        "",
    ]
    for name, spec in PORTS.items():
        agreement = getattr(contracts, "".join(part.title() for part in name.split("_")))
        call = inspect.signature(agreement.__call__)
        given = [value for value in call.parameters.values() if value.name != "self"]
        plain = re.sub(
            r"\b[a-z_]+(?:\.[a-z_]+)*\.(?=[A-Z])", "", str(call.replace(parameters=given))
        )
        lines += [f"## {name}", "", f"{spec.title}: `{plain}`", "", inspect.getdoc(agreement) or ""]
        lines.append("")
    lines += ["## Values and events", ""]
    values = [getattr(contracts, name) for name in contracts.__all__]
    for value in [one for one in values if inspect.isclass(one) and attrs.has(one)]:
        if value is not PortSpec:
            fields = ", ".join(f"`{field.name}`" for field in attrs.fields(value))
            lines += [f"### {value.__name__}", "", fields, "", inspect.getdoc(value) or "", ""]
    return "\n".join(lines)


def _commands(host: Host) -> str:
    lines = ["# Commands", ""]
    verbs = {
        verb: inspect.getdoc(getattr(floor, "migrate_schema" if verb == "migrate" else verb))
        for verb in sorted(floor.VERBS)
        if not verb.startswith("-")
    }
    for verb, words in verbs.items():
        lines += [f"## leuit {verb}", "", words or "", ""]
    for name, (_owner, command) in sorted(host.merged.commands.items()):
        lines += [f"## leuit {name}", "", inspect.getdoc(command.function) or "", ""]
    return "\n".join(lines)


def _rights(host: Host) -> str:
    lines = ["# Permissions and roles", "", "| permission | what | plugin |", "|---|---|---|"]
    for name, (owner, permission) in sorted(host.merged.permissions.items()):
        lines.append(f"| `{name}` | {permission.title} | {owner} |")
    lines += ["", "| role | title | given to | permissions |", "|---|---|---|---|"]
    for name, (_owner, role) in sorted(host.merged.roles.items()):
        held = ", ".join(f"`{item}`" for item in sorted(role.permissions))
        lines.append(f"| `{name}` | {role.title} | {role.given_to or 'by grant'} | {held} |")
    return "\n".join([*lines, ""])


def _routes(host: Host) -> str:
    lines = ["# Routes", "", "| method | path | kind | permission |", "|---|---|---|---|"]
    rows = sorted(
        (mount_path(owner, route), " ".join(route.methods), route.kind, route.permission)
        for owner, route in host.merged.routes.values()
    )
    lines += [f"| {methods} | `{path}` | {kind} | `{need}` |" for path, methods, kind, need in rows]
    return "\n".join([*lines, ""])


def _settings(host: Host) -> str:
    lines = ["# Settings", "", "`leuit.toml` in the state folder; unknown keys are refused.", ""]
    tables: list[tuple[str, Any]] = [("region", Region), ("server", Server)]
    tables += [
        (f"plugins.{plugin.name}", plugin.settings)
        for plugin in host.plugins
        if plugin.settings is not None
    ]
    for name, kind in tables:
        lines += [f"## [{name}]", "", inspect.getdoc(kind) or "", "", "| key | default |"]
        lines.append("|---|---|")
        lines += [f"| `{field.name}` | `{field.default!r}` |" for field in attrs.fields(kind)]
        lines.append("")
    lines += [
        "## Others",
        "",
        "| key | meaning |",
        "|---|---|",
        "| `[database] url` | SQLAlchemy URL; a SQLite file in the state folder by default |",
        "| `[blobs] url` | `file://` folder or `s3://bucket/prefix`; a folder by default |",
        "| `[blobs]` others | options of the store: `endpoint`, `region`, … |",
        "| `[plugins] disabled` | names of plugins that are not loaded |",
        "| `[plugins] required` | names of plugins without which nothing starts |",
        "| `[plugins.providers]` | which plugin provides a port that two of them offer |",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Write every page."""
    REFERENCE.mkdir(exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(HEAD + text.rstrip() + "\n", encoding="utf-8")
        sys.stdout.write(f"{REFERENCE.name}/{name}\n")


if __name__ == "__main__":
    main()
