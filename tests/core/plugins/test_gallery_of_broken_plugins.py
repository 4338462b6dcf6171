"""A gallery of broken plugins: each fails alone with its reason named, and the rest work."""

import sys
import threading
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, Table

from leuit.builtin import BUILTINS
from leuit.identity import Permission
from leuit.plugins import (
    PUBLIC,
    SIGNED_IN,
    Found,
    InboxSource,
    MenuItem,
    Plugin,
    Port,
    Route,
    hookimpl,
    load,
)
from leuit.settings import Settings
from leuit.storage import plugin_base
from leuit.values import SetupError
from leuit.work import JobKind, Schedule, UploadPurpose

GOOD = "good"


class Gallery:
    """Makes plugins out of modules that exist in memory only."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self._monkeypatch = monkeypatch
        self.found: list[Found] = []

    def module(self, name: str, **members: Any) -> None:
        made = types.ModuleType(name)
        for key, value in members.items():
            setattr(made, key, value)
        self._monkeypatch.setitem(sys.modules, name, made)

    def add(
        self,
        name: str,
        hooks: dict[str, Callable[..., Any]] | None = None,
        load_it: Callable[[], Any] | None = None,
        **options: Any,
    ) -> None:
        module = f"gallery_{name}"
        self.module(f"{module}_hooks", **(hooks or {}))
        options.setdefault("hooks", f"{module}_hooks")
        plugin = Plugin(name=name, title=name, version="1", module="leuit.values", **options)
        self.found.append(Found(name, f"leuit-{name}", "1", load_it or (lambda: plugin)))


@pytest.fixture
def gallery(monkeypatch: pytest.MonkeyPatch) -> Gallery:
    made = Gallery(monkeypatch)

    @hookimpl
    def leuit_permissions() -> list[Permission]:
        return [Permission("good.thing.read", "Membaca")]

    @hookimpl
    def leuit_routes() -> list[Route]:
        return [Route("/", print, "good.thing.read")]

    made.add(GOOD, {"leuit_permissions": leuit_permissions, "leuit_routes": leuit_routes})
    return made


def settings(**options: Any) -> Settings:
    return Settings(data=Path("unused"), **options)


def assert_alone(
    gallery: Gallery, broken: str, stage: str, *words: str, seconds: float = 5
) -> None:
    """The broken one is failed with its reason; the good one and the core are as ever."""
    host = load(settings(), BUILTINS, gallery.found, seconds)
    state = host.state(broken)
    assert (state.state, state.stage) == ("failed", stage), state
    for word in words:
        assert word in state.reason, state.reason
    assert host.state(GOOD).state == "active"
    assert "good.thing.read" in host.vocabulary.rights.permissions
    assert not any(owner == broken for owner, _value in host.merged.routes.values())
    assert not any(owner == broken for owner, _value in host.merged.permissions.values())


def test_an_import_error_is_told(gallery: Gallery) -> None:
    """A plugin that cannot be imported fails with the error's own words."""

    def explode() -> Any:
        raise ImportError("no module named rice")

    gallery.add("broken", load_it=explode)
    assert_alone(gallery, "broken", "impor", "ImportError", "no module named rice")


def test_an_import_that_exits_is_told(gallery: Gallery) -> None:
    """A plugin that calls sys.exit at import does not take the server down."""

    def leave() -> Any:
        raise SystemExit(3)

    gallery.add("broken", load_it=leave)
    assert_alone(gallery, "broken", "impor", "SystemExit")


def test_an_entry_point_to_something_else_is_told(gallery: Gallery) -> None:
    """An entry point must lead to a Plugin."""
    gallery.add("broken", load_it=object)
    assert_alone(gallery, "broken", "impor", "Plugin")


def test_a_wrong_hook_name_is_told(gallery: Gallery) -> None:
    """A hook that does not exist is a fault of its plugin, not a silent nothing."""

    @hookimpl
    def leuit_permision() -> list[Any]:
        return []

    gallery.add("broken", {"leuit_permision": leuit_permision})
    assert_alone(gallery, "broken", "pendaftaran", "leuit_permision")


def test_a_wrong_signature_is_told(gallery: Gallery) -> None:
    """An argument that the hook does not have is named."""

    @hookimpl
    def leuit_permissions(engine: Any) -> list[Any]:
        return [engine]

    gallery.add("broken", {"leuit_permissions": leuit_permissions})
    assert_alone(gallery, "broken", "pendaftaran", "engine")


@pytest.mark.parametrize(
    "cron, kind, told",
    [
        ("61 * * * *", "broken.sweep", "61 * * * *"),
        ("0 0 30 2 *", "broken.sweep", "0 0 30 2 *"),
        ("0 0 * * *", "broken.swep", "broken.swep"),
    ],
)
def test_a_schedule_that_never_fires_is_told(
    gallery: Gallery, cron: str, kind: str, told: str
) -> None:
    """A clock time that cannot be read or never comes, or a kind of job that nobody registered."""

    @hookimpl
    def leuit_jobs() -> list[Any]:
        return [JobKind("broken.sweep", print), Schedule("broken.nightly", cron, kind)]

    gallery.add("broken", {"leuit_jobs": leuit_jobs})
    assert_alone(gallery, "broken", "pendaftaran", told)


def test_a_duplicate_permission_names_both_owners(gallery: Gallery) -> None:
    """The same permission twice is refused with both plugins named."""

    @hookimpl
    def leuit_permissions() -> list[Permission]:
        return [Permission("twin.thing.read", "Membaca"), Permission("twin.thing.read", "Lagi")]

    gallery.add("twin", {"leuit_permissions": leuit_permissions})
    assert_alone(gallery, "twin", "pendaftaran", "twin.thing.read", "twin")


def test_a_foreign_permission_is_refused(gallery: Gallery) -> None:
    """A plugin declares names under its own prefix only."""

    @hookimpl
    def leuit_permissions() -> list[Permission]:
        return [Permission("good.thing.read", "Membaca")]

    gallery.add("thief", {"leuit_permissions": leuit_permissions})
    assert_alone(gallery, "thief", "pendaftaran", "leuit_permissions", "good.thing.read")


def test_a_missing_requirement_is_told(gallery: Gallery) -> None:
    """A plugin whose requirement is not installed is left out, and so is who requires it."""
    gallery.add("broken", requires=("absent",))
    gallery.add("second", requires=("broken",))
    assert_alone(gallery, "broken", "kebutuhan", "absent")
    assert_alone(gallery, "second", "kebutuhan", "broken")


def test_a_circle_of_requirements_is_told(gallery: Gallery) -> None:
    """Plugins that require each other all fail with that reason."""
    gallery.add("egg", requires=("hen",))
    gallery.add("hen", requires=("egg",))
    assert_alone(gallery, "egg", "kebutuhan", "berputar")
    assert_alone(gallery, "hen", "kebutuhan", "berputar")


def test_a_table_without_prefix_is_told(gallery: Gallery) -> None:
    """A table must start with the plugin's name, or two plugins would meet in one table."""
    base = plugin_base("broken")
    Table("orders", base.metadata, Column("id", Integer, primary_key=True))
    gallery.module("gallery_broken_models", Base=base)
    gallery.add("broken", models="gallery_broken_models:Base")
    assert_alone(gallery, "broken", "impor", "orders", "broken_")


def test_a_raising_hook_is_told(gallery: Gallery) -> None:
    """A hook that raises fails its plugin, with hook and error named."""

    @hookimpl
    def leuit_routes() -> list[Route]:
        raise ZeroDivisionError("boom")

    gallery.add("broken", {"leuit_routes": leuit_routes})
    assert_alone(gallery, "broken", "pendaftaran", "leuit_routes", "ZeroDivisionError", "boom")


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    made = threading.Event()
    yield made
    made.set()


def test_a_slow_hook_is_told(gallery: Gallery, gate: threading.Event) -> None:
    """A hook that does not come back is given up, and start-up goes on."""

    @hookimpl
    def leuit_routes() -> list[Route]:
        gate.wait()
        return []

    gallery.add("broken", {"leuit_routes": leuit_routes})
    assert_alone(gallery, "broken", "pendaftaran", "leuit_routes", "belum selesai", seconds=0.2)


def test_a_wrong_value_is_told(gallery: Gallery) -> None:
    """A value of a wrong class names plugin, hook and value."""

    @hookimpl
    def leuit_routes() -> list[Any]:
        return ["/orders"]

    gallery.add("broken", {"leuit_routes": leuit_routes})
    assert_alone(gallery, "broken", "pendaftaran", "broken", "leuit_routes", "/orders")


def test_an_undeclared_permission_is_told(gallery: Gallery) -> None:
    """A route that names a permission nobody declared does not exist."""

    @hookimpl
    def leuit_routes() -> list[Route]:
        return [Route("/x", print, "broken.thing.raed")]

    gallery.add("broken", {"leuit_routes": leuit_routes})
    assert_alone(gallery, "broken", "pendaftaran", "broken.thing.raed")


@pytest.mark.parametrize(
    "name, permission, told",
    [
        ("good.album", "core.job.read", "good.album"),
        ("broken.album", "broken.thing.raed", "broken.thing.raed"),
        ("broken.album", SIGNED_IN, SIGNED_IN),
    ],
)
def test_a_wrong_purpose_of_uploads_is_told(
    gallery: Gallery, name: str, permission: str, told: str
) -> None:
    """Another's name, a permission that nobody declared, and an open word, which guards nothing."""

    @hookimpl
    def leuit_uploads() -> list[UploadPurpose]:
        return [UploadPurpose(name, "Album", permission, 1_000)]

    gallery.add("broken", {"leuit_uploads": leuit_uploads})
    assert_alone(gallery, "broken", "pendaftaran", told)


@pytest.mark.parametrize(
    "name, permission, counted, told",
    [
        ("good.tasks", SIGNED_IN, "", "good.tasks"),
        ("broken.tasks", "broken.thing.raed", "", "broken.thing.raed"),
        ("broken.tasks", SIGNED_IN, "broken.task", "broken.task"),
        ("broken.tasks", SIGNED_IN, "*", "*"),
    ],
)
def test_wrong_sources_of_tasks_are_told(
    gallery: Gallery, name: str, permission: str, counted: str, told: str
) -> None:
    """A foreign name, an unknown permission, or a menu entry that counts what is not there."""
    parts: dict[str, Any] = dict.fromkeys(("mine", "others", "done"), lambda _view, _limit: [])
    parts |= dict.fromkeys(("count", "count_others"), lambda _view: 0)

    @hookimpl
    def leuit_inbox() -> list[InboxSource]:
        return [InboxSource(name, "Tugas", "inbox", permission, **parts)]

    @hookimpl
    def leuit_menu() -> list[MenuItem]:
        return [MenuItem("broken", "Uji", "inbox", "/broken", SIGNED_IN, tasks=counted)]

    gallery.add("broken", {"leuit_inbox": leuit_inbox, "leuit_menu": leuit_menu})
    assert_alone(gallery, "broken", "pendaftaran", told)


@pytest.mark.parametrize(
    "prefixes, path, options, told",
    [
        ((), "/periksa", {"at_root": True}, "/periksa"),
        (("/periksa",), "/periksakan", {"at_root": True}, "/periksakan"),
        (("/periksa",), "/{anything}", {"at_root": True}, "/{anything}"),
        (("/{anything}",), "/{anything}", {"at_root": True}, "/{anything}"),
        (("/periksa",), "/periksa", {"at_root": True, "kind": "api"}, "/periksa"),
        (("/api",), "/api/x", {"at_root": True}, "/api"),
        (("/static",), "/static/x", {"at_root": True}, "/static"),
        (("/health",), "/health/x", {"at_root": True}, "core"),
        (("/good",), "/good/x", {"at_root": True}, "good"),
        ((), "/iclock/x", {"kind": "device"}, "/iclock/x"),
    ],
)
def test_an_address_at_the_root_is_taken_by_who_declared_it(
    gallery: Gallery, prefixes: tuple[str, ...], path: str, options: dict[str, Any], told: str
) -> None:
    """Outside its own folder a plugin has what it declares, and never what is somebody else's."""

    @hookimpl
    def leuit_routes() -> list[Route]:
        return [Route(path, print, PUBLIC, **options)]

    gallery.add("rooted", {"leuit_routes": leuit_routes}, root_prefixes=prefixes)
    assert_alone(gallery, "rooted", "pendaftaran", told)


def test_two_plugins_cannot_share_a_prefix(gallery: Gallery) -> None:
    """The second one fails with both named, though no address of theirs is the same."""

    def pages(path: str) -> dict[str, Callable[..., Any]]:
        @hookimpl
        def leuit_routes() -> list[Route]:
            return [Route(path, print, PUBLIC, at_root=True)]

        return {"leuit_routes": leuit_routes}

    gallery.add("first", pages("/periksa"), root_prefixes=("/periksa",))
    gallery.add("second", pages("/periksa/lagi"), root_prefixes=("/periksa",))
    assert_alone(gallery, "second", "pendaftaran", "/periksa", "first", "second")


def test_two_providers_of_one_port_are_refused_unless_one_is_chosen(gallery: Gallery) -> None:
    """The second provider fails naming both; the settings may choose, and then both work."""

    def provider(name: str) -> dict[str, Callable[..., Any]]:
        @hookimpl
        def leuit_ports() -> list[Port]:
            return [Port("describe_record", lambda _ref: name)]

        return {"leuit_ports": leuit_ports}

    gallery.add("first", provider("first"))
    gallery.add("second", provider("second"))
    assert_alone(gallery, "second", "pendaftaran", "describe_record", "first", "second")
    chosen = settings(providers={"describe_record": "second"})
    host = load(chosen, BUILTINS, gallery.found)
    assert host.failed == ()
    assert host.vocabulary.ports["describe_record"](None) == "second"


def test_one_name_twice_is_refused(gallery: Gallery) -> None:
    """Two distributions under one name are both left out: neither may win by accident."""
    gallery.add("twice")
    plugin = Plugin(name="twice", title="", version="2", module="leuit.values")
    gallery.found.append(Found("twice", "leuit-twice-too", "2", lambda: plugin))
    assert_alone(gallery, "twice", "penemuan", "leuit-twice, leuit-twice-too")


def test_wrong_settings_are_told(gallery: Gallery) -> None:
    """A setting the plugin does not know fails that plugin with its path."""
    gallery.add("broken")
    host = load(settings(plugins={"broken": {"colour": 1}}), BUILTINS, gallery.found)
    assert host.state("broken").state == "failed"
    assert host.state(GOOD).state == "active"


def test_a_disabled_plugin_is_not_imported(gallery: Gallery) -> None:
    """Disabling needs no import, so it cures even a plugin that breaks when imported."""

    def explode() -> Any:
        raise AssertionError("imported")

    gallery.add("broken", load_it=explode)
    host = load(settings(disabled=frozenset({"broken"})), BUILTINS, gallery.found)
    assert host.state("broken").state == "disabled"
    assert host.state("nowhere").state == "absent"


def test_a_required_plugin_that_fails_stops_the_start(gallery: Gallery) -> None:
    """What the settings call required must be active, or nothing starts."""
    gallery.add("broken", requires=("absent",))
    with pytest.raises(SetupError, match="broken"):
        load(settings(required=frozenset({"broken"})), BUILTINS, gallery.found)


def test_the_order_of_discovery_does_not_matter(gallery: Gallery) -> None:
    """Requirements first, then names: any order of finding gives the same host."""
    gallery.add("a", requires=("z",))
    gallery.add("z")
    forwards = load(settings(), BUILTINS, gallery.found)
    backwards = load(settings(), BUILTINS, gallery.found[::-1])
    names = [plugin.name for plugin in forwards.plugins]
    assert names == [plugin.name for plugin in backwards.plugins]
    assert names.index("z") < names.index("a")
    assert forwards.states == backwards.states
