"""Hooks of a plugin's own: others implement them, the owner finds what they return."""

import inspect
import sys
import types
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from leuit.builtin import BUILTINS
from leuit.plugins import Context, Found, Host, Plugin, hook_names, hookimpl, hookspec, load
from leuit.settings import Settings

Make = Callable[..., Found]


@pytest.fixture
def plugin(monkeypatch: pytest.MonkeyPatch) -> Make:
    """Makes a plugin out of hook implementations and specifications."""

    def made(name: str, specs: dict[str, Any] | None = None, **hooks: Callable[..., Any]) -> Found:
        for kind, members in (("hooks", hooks), ("specs", specs or {})):
            module = types.ModuleType(f"{name}_{kind}")
            vars(module).update(members)
            monkeypatch.setitem(sys.modules, f"{name}_{kind}", module)
        declared = Plugin(
            name=name,
            title=name,
            version="1",
            module="leuit.values",
            hooks=f"{name}_hooks",
            hookspecs=f"{name}_specs" if specs else "",
        )
        return Found(name, f"leuit-{name}", "1", lambda: declared)

    return made


@hookspec
def barn_register_rice(context: Context) -> Any:
    """Kinds of rice."""


def rice(*names: str, **marks: Any) -> Callable[..., Any]:
    """An implementation of the barn's hook."""

    def barn_register_rice(context: Context) -> list[str]:
        return [f"{name} {context.zone}" for name in names]

    return hookimpl(barn_register_rice, **marks)


def loaded(*found: Found, disabled: frozenset[str] = frozenset()) -> Host:
    """The host of some plugins."""
    return load(Settings(data=Path("unused"), disabled=disabled), BUILTINS, found)


def test_what_others_return_stands_in_the_extras(plugin: Make) -> None:
    """Implementations of the owner and of others are found under the hook's name."""
    barn = plugin(
        "barn", {"barn_register_rice": barn_register_rice}, barn_register_rice=rice("ketan")
    )
    field = plugin("field", barn_register_rice=rice("pandanwangi"))
    host = loaded(field, barn)
    assert host.failed == ()
    assert host.vocabulary.extras["barn_register_rice"] == (
        "ketan Asia/Jakarta",
        "pandanwangi Asia/Jakarta",
    )


@pytest.mark.parametrize("disabled", [frozenset(), frozenset({"barn"})])
def test_an_optional_implementation_works_without_the_owner(
    plugin: Make, disabled: frozenset[str]
) -> None:
    """Marked optional, it does no harm where the owner is absent or disabled."""
    field = plugin("field", barn_register_rice=rice("pandanwangi", optionalhook=True))
    barn = plugin("barn", {"barn_register_rice": barn_register_rice})
    host = loaded(field, *([barn] if disabled else []), disabled=disabled)
    assert host.state("field").state == "active"
    assert "barn_register_rice" not in host.vocabulary.extras


def test_an_unmarked_implementation_without_the_owner_is_told(plugin: Make) -> None:
    """Unmarked, it is an unknown hook, and its plugin fails alone with the hook's name."""
    host = loaded(plugin("field", barn_register_rice=rice("pandanwangi")), plugin("other"))
    assert "barn_register_rice" in host.state("field").reason
    assert host.state("other").state == "active"


def test_a_hook_without_its_owners_prefix_is_told(plugin: Make) -> None:
    """Nobody may specify a hook in the name of another plugin or of the core."""
    host = loaded(plugin("field", {"barn_register_rice": barn_register_rice}), plugin("other"))
    state = host.state("field")
    assert (state.state, state.stage) == ("failed", "impor")
    assert "barn_register_rice" in state.reason
    assert "field_" in state.reason
    assert host.state("other").state == "active"


def test_two_hosts_are_never_the_same(plugin: Make) -> None:
    """What is kept for a host is not found by another one that was loaded alike."""
    assert loaded(plugin("barn")) != loaded(plugin("barn"))


def test_every_hook_of_an_installed_plugin_has_words(host: Host) -> None:
    """A hook that a plugin of this tree specifies says what it is for."""
    specified = [import_module(one.hookspecs) for one in host.plugins if one.hookspecs]
    found = [vars(module)[name] for module in specified for name in hook_names(module)]
    assert found
    assert all(inspect.getdoc(function) for function in found)
