"""The frozen values that registration hooks return: routes, menu, cards, commands, health, ports.

They name endpoints and permissions but import no web framework, so that they can be read by any
tool. What a plugin declares is checked by the host before anything is served.
"""

from collections.abc import Callable
from typing import Any, Literal

import attrs

PUBLIC, SIGNED_IN, ANY_ACCOUNT, DEVICE = "public", "signed_in", "any_account", "device"
OPEN_TO: frozenset[str] = frozenset({PUBLIC, SIGNED_IN, ANY_ACCOUNT, DEVICE})
"""Words a route may name in place of a permission: anybody; anybody of the region's own who is
signed in; he or somebody with an account from outside (a vendor); a device."""

ALL_TASKS = "*"
"""At a menu entry of the core: the tasks of every source together."""

MEGABYTE = 1024 * 1024


@attrs.frozen
class Route:
    """One path of a plugin, relative to its mount.

    `kind` says where it is mounted: `page` under `/<plugin>`, `api` under `/api/<plugin>/v1`,
    `device` at the root. A page with `at_root` stands at the root too, for an address that people
    type or scan from paper. What stands at the root has the prefix that its plugin claims in
    `root_prefixes`.
    `permission` is a registered permission, which the caller must hold on at least one unit or for
    himself, or one of the open words; there is no default. The endpoint checks the row itself.
    `body`, `answer` and `query` are attrs classes from which OpenAPI is written: a body with a
    field of `leuit.web.Upload` comes as multipart/form-data, the answer `bytes` is a file of
    `media_type`, the answer `NoneType` is nothing. `max_body` is in bytes: more is refused with
    413, but for devices, whose endpoint gets the first `max_body`. `headers` stand in every answer,
    also in refusals that come before the endpoint. Of a GET that strangers see, answers that the
    endpoint calls public (`leuit.web.public_answer`) are kept in memory for `kept` seconds.
    """

    path: str
    endpoint: Callable[..., Any]
    permission: str
    methods: tuple[str, ...] = ("GET",)
    kind: Literal["page", "api", "device"] = "page"
    name: str = ""
    summary: str = ""
    body: type | None = None
    answer: type | None = None
    query: type | None = None
    media_type: str = "application/json"
    max_body: int = MEGABYTE
    at_root: bool = False
    headers: tuple[tuple[str, str], ...] = ()
    kept: float = 0

    @property
    def is_rooted(self) -> bool:
        """Whether its path is the whole address."""
        return self.at_root or self.kind == "device"


@attrs.frozen
class MenuItem:
    """An entry of the side menu; the core decides where it stands.

    `tasks` names an inbox source of the same plugin, whose tasks are counted at the entry. One of
    the section `entrance` is for strangers: it stands at the page where one signs in, and needs the
    open word `public`.
    """

    id: str
    label: str
    icon: str
    path: str
    permission: str
    order: int = 100
    section: Literal["service", "administration", "entrance"] = "service"
    tasks: str = ""


@attrs.frozen
class WeekCell:
    """One day of a card's week strip: short weekday, day of month, two lines, whether it is now."""

    weekday: str
    day: int
    lines: tuple[str, ...] = ()
    current: bool = False
    tone: str = ""


@attrs.frozen
class CardContent:
    """What a home card says: one fact, at most one action, no HTML."""

    fact: str = ""
    meta: str = ""
    chip: str = ""
    chip_tone: str = "abu"
    action_label: str = ""
    action_path: str = ""
    cells: tuple[WeekCell, ...] = ()


@attrs.frozen
class HomeCard:
    """A card of the home page; `render(view)` gives its content or None to leave it out.

    A card that raises or takes longer than 150 ms is left out, and the page stays.
    """

    id: str
    title: str
    render: Callable[[Any], CardContent | None]
    permission: str
    priority: int = 100
    hero: bool = False


@attrs.frozen
class Command:
    """A command line verb: `leuit <path…>`; the function takes a CommandContext first.

    `writes` says that it changes the database: on SQLite it is handed to the running server, or
    takes the writer's lock when none runs. `secrets` names options, such as `passphrase`, that are
    never typed on the command line, where every process may read them: they are taken from the
    variable `LEUIT_PASSPHRASE`, or asked for.
    """

    path: tuple[str, ...]
    function: Callable[..., int | None]
    writes: bool = False
    secrets: tuple[str, ...] = ()


@attrs.frozen
class HealthCheck:
    """One line of the health page: `check(view)` returns a HealthAnswer quickly."""

    name: str
    title: str
    check: Callable[[Any], "HealthAnswer"]


@attrs.frozen
class HealthAnswer:
    """`ok`, or a sentence about what is wrong; `figures` are for machines."""

    ok: bool
    sentence: str = ""
    figures: dict[str, int | str] = attrs.field(factory=dict)


@attrs.frozen
class Port:
    """This plugin provides the port `name` by `provider`."""

    name: str
    provider: Callable[..., Any]


@attrs.frozen
class DemoPlan:
    """How large a demonstration shall be: people, weeks of records before today, and the seed of
    everything invented.
    """

    people: int = 400
    weeks: int = 2
    seed: int = 3602


@attrs.frozen
class DemoAccount:
    """An account that a demonstration made: who it is, and how to sign in with it."""

    title: str
    login: str
    password: str
