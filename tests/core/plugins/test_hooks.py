"""Every hook, each by a test named after it: a plugin that returns values sees them at work.

`test_every_hook_has_its_test_and_its_words` fails the build when a hook lacks either.
"""

import inspect
import sys
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from leuit.audit import AuditAction
from leuit.builtin import BUILTINS
from leuit.identity import Permission, Role
from leuit.plugins import (
    PUBLIC,
    SIGNED_IN,
    ApiPath,
    Command,
    CommandContext,
    Context,
    Found,
    HealthAnswer,
    HealthCheck,
    HomeCard,
    Host,
    InboxSource,
    MenuItem,
    PersonalData,
    Plugin,
    Port,
    Route,
    hookimpl,
    hookspecs,
    load,
)
from leuit.settings import Settings
from leuit.web import Request, Response, text_answer
from leuit.work import JobContext, JobKind, Leuit, Listener, Schedule, UploadPurpose
from tests.support.client import Client

HOOKS = [name for name in vars(hookspecs) if name.startswith("leuit_")]


@attrs.frozen
class GreeterSettings:
    """Settings of the example plugin."""

    greeting: str = "Wilujeng"


@attrs.frozen
class Greeted:
    """The example event."""

    event_name: ClassVar[str] = "greeter.greeted"
    version: ClassVar[int] = 1
    name: str


@pytest.fixture
def engine() -> str:
    """One engine: nothing here depends on the database."""
    return "sqlite"


@pytest.fixture
def greet(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Host]:
    """Loads a plugin `greeter` whose hooks are the functions given."""

    def loaded(**hooks: Callable[..., Any]) -> Host:
        module = types.ModuleType("greeter_hooks")
        for name, function in hooks.items():
            setattr(module, name, hookimpl(function))
        monkeypatch.setitem(sys.modules, "greeter_hooks", module)
        plugin = Plugin(
            name="greeter",
            title="Penyapa",
            version="1",
            module="leuit.values",
            hooks="greeter_hooks",
            settings=GreeterSettings,
        )
        settings = Settings(data=Path("unused"), plugins={"greeter": {"greeting": "Sampurasun"}})
        host = load(settings, BUILTINS, [Found("greeter", "leuit-greeter", "1", lambda: plugin)])
        assert host.failed == ()
        return host

    return loaded


def test_every_hook_has_its_test_and_its_words() -> None:
    """A hook without a docstring of its own or without a test named after it fails here."""
    assert HOOKS
    for name in HOOKS:
        assert inspect.getdoc(getattr(hookspecs, name)), name
        assert f"test_{name}" in globals(), name


def test_leuit_permissions(greet: Callable[..., Host]) -> None:
    """Permissions and roles become part of the rights; the administrator holds them too."""
    host = greet(
        leuit_permissions=lambda: [
            Permission("greeter.guest.greet", "Menyapa tamu"),
            Role("greeter.host", "Tuan rumah", {"greeter.guest.greet"}, given_to="head"),
        ]
    )
    rights = host.vocabulary.rights
    assert rights.roles_with("greeter.guest.greet", "head") == ("greeter.host",)
    assert rights.roles_with("greeter.guest.greet") == ("core.administrator",)


def test_leuit_routes(greet: Callable[..., Host]) -> None:
    """Routes are kept with their owner, by method and whole path."""
    host = greet(
        leuit_routes=lambda: [Route("/", print, PUBLIC), Route("/x", print, PUBLIC, kind="api")]
    )
    assert host.merged.routes["GET /greeter"][0] == "greeter"
    assert host.merged.routes["GET /api/greeter/v1/x"][0] == "greeter"


def test_an_address_of_an_api_makes_its_routes() -> None:
    """They share its path and answer; each may say otherwise, and is what a `Route` would be."""
    visits = ApiPath("/visits", int)
    one = visits / "{visit_id:uuid}"
    common: dict[str, Any] = {"kind": "api", "name": "n", "summary": "s"}
    assert visits.get(print, PUBLIC, "n", "s", query=str, answer=list) == Route(
        "/visits", print, PUBLIC, query=str, answer=list, **common
    )
    assert visits.post(print, PUBLIC, "n", "s", str, max_body=9) == Route(
        "/visits", print, PUBLIC, ("POST",), body=str, answer=int, max_body=9, **common
    )
    assert one.put(print, PUBLIC, "n", "s", str) == Route(
        "/visits/{visit_id:uuid}", print, PUBLIC, ("PUT",), body=str, answer=int, **common
    )
    assert one.delete(print, PUBLIC, "n", "s", query=str) == Route(
        "/visits/{visit_id:uuid}", print, PUBLIC, ("DELETE",), query=str, answer=int, **common
    )
    assert (one / "photo").get(
        print, PUBLIC, "n", "s", answer=bytes, media_type="image/png"
    ) == Route(
        "/visits/{visit_id:uuid}/photo",
        print,
        PUBLIC,
        answer=bytes,
        media_type="image/png",
        **common,
    )


def test_a_page_at_the_root(app: Leuit, monkeypatch: pytest.MonkeyPatch) -> None:
    """A page with `at_root` is served outside its plugin's folder, its other pages inside."""

    def place(request: Request) -> Response:
        return text_answer(request.path)

    def leuit_routes() -> list[Route]:
        return [
            Route("/wilujeng", place, PUBLIC, at_root=True),
            Route("/wilujeng/{name}", place, PUBLIC, at_root=True),
            Route("/own", place, PUBLIC),
        ]

    module = types.ModuleType("greeter_hooks")
    module.leuit_routes = hookimpl(leuit_routes)  # type: ignore[attr-defined]  # made here
    monkeypatch.setitem(sys.modules, "greeter_hooks", module)
    plugin = Plugin(
        name="greeter",
        title="Penyapa",
        version="1",
        module="leuit.values",
        hooks="greeter_hooks",
        root_prefixes=("/wilujeng",),
    )
    found = [Found("greeter", "leuit-greeter", "1", lambda: plugin)]
    with Client(app, load(Settings(data=Path("unused")), BUILTINS, found)) as client:
        for path in ("/wilujeng", "/wilujeng/sumping", "/greeter/own"):
            assert client.get(path).text == path
        assert client.get("/greeter/wilujeng").status_code == 404


def test_leuit_menu(greet: Callable[..., Host]) -> None:
    """Menu entries and home cards are kept by their ids."""
    host = greet(
        leuit_menu=lambda: [
            MenuItem("greeter", "Sapaan", "house", "/greeter", SIGNED_IN),
            HomeCard("greeter", "Sapaan", lambda _view: None, SIGNED_IN),
        ]
    )
    assert host.merged.menu["greeter"][1].label == "Sapaan"
    assert host.merged.cards["greeter"][1].title == "Sapaan"


def test_leuit_inbox(greet: Callable[..., Host]) -> None:
    """Sources of tasks are kept by their names, with the entry of the menu that counts them."""
    source = InboxSource(
        "greeter.guests",
        "Tamu",
        "users-round",
        SIGNED_IN,
        mine=lambda _view, _limit: [],
        others=lambda _view, _limit: [],
        done=lambda _view, _limit: [],
        count=lambda _view: 0,
        count_others=lambda _view: 0,
    )
    entry = MenuItem("greeter", "Sapaan", "house", "/greeter", SIGNED_IN, tasks="greeter.guests")
    host = greet(leuit_inbox=lambda: [source], leuit_menu=lambda: [entry])
    assert host.merged.inbox["greeter.guests"] == ("greeter", source)
    assert host.merged.menu["greeter"][1].tasks == source.id


def test_leuit_events(greet: Callable[..., Host]) -> None:
    """A listener is called by a job of its own kind, once for each event."""

    def hear(_context: JobContext, _event: Greeted) -> None:
        """Hear a greeting."""

    host = greet(leuit_events=lambda: [Listener(Greeted, "greeter.hear", hear)])
    assert [item.name for item in host.vocabulary.listeners[Greeted]] == ["greeter.hear"]
    assert "event.greeter.hear" in host.vocabulary.kinds


def test_leuit_jobs(greet: Callable[..., Host]) -> None:
    """Kinds of jobs can be enqueued, schedules fire."""
    host = greet(
        leuit_jobs=lambda: [
            JobKind("greeter.wave", print),
            Schedule("greeter.morning", "0 7 * * 1-5", "greeter.wave"),
        ]
    )
    assert "greeter.wave" in host.vocabulary.kinds
    assert "greeter.morning" in {schedule.name for schedule in host.vocabulary.schedules}


def test_leuit_commands(greet: Callable[..., Host]) -> None:
    """Commands are kept by their words."""

    def say(context: CommandContext, name: str) -> int:
        """Greet NAME."""
        context.print(name)
        return 0

    host = greet(leuit_commands=lambda: [Command(("greeter", "say"), say)])
    assert host.merged.commands["greeter say"][1].function is say


def test_leuit_audit_actions(greet: Callable[..., Host]) -> None:
    """A declared action may be written to the log."""
    host = greet(leuit_audit_actions=lambda: [AuditAction("greeter.guest.greeted", "Tamu disapa")])
    assert host.vocabulary.action("greeter.guest.greeted").title == "Tamu disapa"


def test_leuit_health(greet: Callable[..., Host]) -> None:
    """Checks are kept by their names."""
    check = HealthCheck("greeter.voice", "Suara", lambda _view: HealthAnswer(True))
    host = greet(leuit_health=lambda: [check])
    assert host.merged.health["greeter.voice"][1] is check


def test_leuit_ports(greet: Callable[..., Host]) -> None:
    """A provider is found by the name of its port."""
    host = greet(leuit_ports=lambda: [Port("describe_record", lambda ref: ref)])
    assert host.vocabulary.ports["describe_record"]("x") == "x"


def test_leuit_uploads(greet: Callable[..., Host]) -> None:
    """What is declared may be sent; the permission is one that is registered."""
    purpose = UploadPurpose("greeter.album", "Album tamu", "core.job.read", 1_000, (".zip",))
    host = greet(leuit_uploads=lambda: [purpose])
    assert host.vocabulary.uploads["greeter.album"] == purpose


def test_leuit_regulations(greet: Callable[..., Host]) -> None:
    """Kinds of regulations reach the register of editions."""
    host = greet(leuit_regulations=lambda: ["kind"])
    assert "kind" in host.vocabulary.extras["leuit_regulations"]


def test_leuit_personal_data(greet: Callable[..., Host]) -> None:
    """The register of personal data is kept with its owner."""
    entry = PersonalData("greeter_guest", ("name",), "Menyapa", "Persetujuan", "Sehari", "row")
    host = greet(leuit_personal_data=lambda: [entry])
    assert host.merged.extras["leuit_personal_data"][-1] == ("greeter", entry)


def test_leuit_demo(greet: Callable[..., Host]) -> None:
    """Demonstration functions are kept in the order of the plugins."""
    host = greet(leuit_demo=lambda: [print])
    assert host.vocabulary.extras["leuit_demo"][-1] is print


def test_a_hook_sees_its_own_settings(greet: Callable[..., Host]) -> None:
    """The context carries the plugin's structured settings and the zone, and nothing else."""
    seen: list[Context] = []

    def leuit_health(context: Context) -> list[HealthCheck]:
        seen.append(context)
        return []

    greet(leuit_health=leuit_health)
    assert seen == [Context(settings=GreeterSettings("Sampurasun"), zone="Asia/Jakarta")]
