"""Four stages from installed distributions to a frozen set of working plugins.

1. Read metadata, importing nothing. 2. Import each and read its `Plugin`. 3. Order by `requires`,
then by name; register each with pluggy alone, so that a wrong hook name or signature is its own
fault. 4. Call the hooks plugin by plugin, check what they return, merge, freeze.

A plugin that fails at any stage is left out with its reason, and so are those that require it; the
rest work. pluggy's own loader stops at the first bad import, and one raising implementation stops
a call for all: hence the own loop.
"""

import functools
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any, Literal

import attrs
import cattrs
import pluggy

from leuit.settings import Settings
from leuit.storage import CoreBase, Database, History, owners
from leuit.values import LeuitError, SetupError, _, catalogue
from leuit.work import Vocabulary

from . import hookspecs
from .contribution import EXPECTED, Contribution, check, collect
from .discovery import Found, discover, sort
from .limits import Bulkheads, within
from .merge import Merged, merge
from .plugin import PROJECT, Context, Plugin

State = Literal["active", "disabled", "failed", "absent"]
HOOK_SECONDS = 30.0
"""For one import or hook: a machine that has just started, with much to do, is slow."""


@attrs.frozen
class PluginState:
    """How a plugin stands after start-up; `stage` and `reason` tell where and why it failed."""

    name: str
    state: State
    title: str = ""
    version: str = ""
    distribution: str = ""
    stage: str = ""
    reason: str = ""
    error: BaseException | None = attrs.field(default=None, eq=False, repr=False)
    requires: tuple[str, ...] = ()
    uses: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Host:
    """The outcome: states of all plugins, and what the active ones bring together.

    Two hosts are never the same one, so that what is made for a host can be kept by it. `parts` are
    the threads in which cards, tasks and counts of plugins are made.
    """

    states: tuple[PluginState, ...]
    plugins: tuple[Plugin, ...]
    merged: Merged
    vocabulary: Vocabulary
    histories: tuple[History, ...] = ()
    parts: Bulkheads = attrs.field(factory=Bulkheads, repr=False)

    def state(self, name: str) -> PluginState:
        """The state of a plugin; `absent` for one that is not installed."""
        for state in self.states:
            if state.name == name:
                return state
        return PluginState(name, "absent")

    @property
    def failed(self) -> tuple[PluginState, ...]:
        return tuple(state for state in self.states if state.state == "failed")

    def left_behind(self, database: Database) -> list[str]:
        """Names of plugins whose tables are kept there and that are not installed."""
        return [
            name
            for name in owners(database)
            if name != "core" and self.state(name).state == "absent"
        ]

    def require_required(self, required: Iterable[str]) -> None:
        """Raise SetupError when a plugin that the settings call required is not active."""
        for name in sorted(required):
            state = self.state(name)
            if state.state != "active":
                raise SetupError(
                    _("Plugin wajib “%(name)s” tidak aktif: %(reason)s."),
                    advice=_("Jalankan leuit plugins untuk melihat keadaannya."),
                    name=name,
                    reason=state.reason or "-",
                )


@attrs.define
class _Candidate:
    found: Found
    plugin: Plugin | None = None
    history: History | None = None
    hookspecs: ModuleType | None = None
    stage: str = ""
    reason: str = ""
    error: BaseException | None = None
    disabled: bool = False


def load(
    settings: Settings,
    builtins: Iterable[Plugin] = (),
    found: Iterable[Found] | None = None,
    seconds: float = HOOK_SECONDS,
) -> Host:
    """Load the builtins (whose faults are raised) and every installed plugin (alone in its fault).

    `found` replaces discovery in tests. Raises SetupError for a required plugin that is not active.
    """
    merged = Merged()
    active: list[Plugin] = []
    for plugin in builtins:
        contribution = _contribute(plugin, settings, frozenset(merged.permissions), (), seconds)
        merged = merge(merged, contribution, settings.providers)
        active.append(plugin)
    candidates = [_Candidate(item) for item in sort(discover() if found is None else found)]
    _refuse_name_twice(candidates, {plugin.name for plugin in active})
    for candidate in candidates:
        if candidate.found.name in settings.disabled:
            candidate.disabled = True
        elif not candidate.reason:
            _guard(candidate, "impor", functools.partial(_import, candidate, seconds))
    # Known before anybody is called, so that the order of plugins does not matter.
    specs = tuple(one.hookspecs for one in candidates if one.hookspecs and not one.reason)
    histories: list[History] = []
    states: list[PluginState] = []
    for candidate in _ordered(candidates):
        plugin_or_none = candidate.plugin
        if plugin_or_none is not None and not candidate.reason:
            merged = _activate(candidate, plugin_or_none, merged, settings, active, specs, seconds)
        if candidate.history is not None and not candidate.reason:
            histories.append(candidate.history)
        states.append(_state(candidate))
    folders = (plugin.folder("locale") for plugin in active)
    catalogue.load(folder for folder in folders if folder is not None)
    host = Host(
        states=tuple(sorted(states, key=lambda state: state.name)),
        plugins=tuple(active),
        merged=merged,
        vocabulary=merged.vocabulary(active),
        histories=tuple(histories),
    )
    host.require_required(settings.required)
    return host


def _activate(
    candidate: _Candidate,
    plugin: Plugin,
    merged: Merged,
    settings: Settings,
    active: list[Plugin],
    specs: tuple[ModuleType, ...],
    seconds: float,
) -> Merged:
    names = {other.name for other in active}
    if missing := [name for name in plugin.requires if name not in names]:
        candidate.stage = "kebutuhan"
        candidate.reason = _("memerlukan “%s”, yang tidak aktif") % missing[0]
        return merged
    outcome = [merged]

    def act() -> None:
        known = frozenset(merged.permissions)
        contribution = _contribute(plugin, settings, known, specs, seconds)
        outcome[0] = merge(merged, contribution, settings.providers)

    if _guard(candidate, "pendaftaran", act):
        active.append(plugin)
    return outcome[0]


def _guard(candidate: _Candidate, stage: str, function: Callable[[], None]) -> bool:
    """Run one plugin's part; whatever it raises becomes its reason, as it must harm nobody else."""
    try:
        function()
    except (Exception, SystemExit) as error:  # noqa: BLE001 -- a plugin may raise anything; told
        candidate.stage, candidate.reason, candidate.error = stage, _reason(error), error
    else:
        return True
    return False


def _reason(error: BaseException) -> str:
    return str(error) if isinstance(error, LeuitError) else f"{type(error).__name__}: {error}"


def _import(candidate: _Candidate, seconds: float) -> None:
    plugin = within(seconds, candidate.found.load)
    if not isinstance(plugin, Plugin):
        raise SetupError(_("entry point tidak menunjuk ke sebuah Plugin"))
    if plugin.name != candidate.found.name:
        raise SetupError(
            _("nama plugin “%(name)s” tidak sama dengan entry point"), name=plugin.name
        )
    candidate.history = within(seconds, lambda: history_of(plugin))
    if plugin.hookspecs:
        candidate.hookspecs = within(seconds, lambda: import_module(plugin.hookspecs))
        for name in hook_names(candidate.hookspecs):
            if not name.startswith(f"{plugin.name}_"):
                raise SetupError(
                    _("hook “%(hook)s” tidak berawalan “%(prefix)s_”"),
                    hook=name,
                    prefix=plugin.name,
                )
    candidate.plugin = plugin


def hook_names(module: ModuleType) -> list[str]:
    """The hooks that a module specifies, in order of their names."""
    return sorted(name for name in vars(module) if hasattr(vars(module)[name], f"{PROJECT}_spec"))


def history_of(plugin: Plugin) -> History | None:
    """Import the models of a plugin and check its tables; None for a plugin without tables."""
    if not plugin.models:
        return None
    module, _colon, attribute = plugin.models.partition(":")
    base = getattr(import_module(module), attribute)
    if base.metadata is CoreBase.metadata:
        raise SetupError(_("tabel plugin harus berada pada Base miliknya sendiri"))
    for table in base.metadata.tables:
        if not table.startswith(plugin.name + "_"):
            raise SetupError(
                _("tabel “%(table)s” tidak berawalan “%(prefix)s_”"),
                table=table,
                prefix=plugin.name,
            )
    base.registry.configure()
    folder = plugin.folder(plugin.migrations)
    if folder is None:
        raise SetupError(
            _("folder migrasi tidak ada; buat dengan python -m leuit.testing.new_revision")
        )
    return History(plugin.name, folder, base.metadata)


def _contribute(
    plugin: Plugin,
    settings: Settings,
    known: frozenset[str],
    specs: tuple[ModuleType, ...],
    seconds: float,
) -> Contribution:
    own = _settings_of(plugin, settings)
    if not plugin.hooks:
        return Contribution(plugin, {}, own)
    module = within(seconds, lambda: import_module(plugin.hooks))
    manager = pluggy.PluginManager(PROJECT)
    for specifications in (hookspecs, *specs):
        manager.add_hookspecs(specifications)
    manager.register(module, plugin.name)
    manager.check_pending()
    context = Context(settings=own, zone=settings.region.zone)
    values: dict[str, tuple[Any, ...]] = {}
    for hook in (*EXPECTED, *(name for module in specs for name in hook_names(module))):
        caller = manager.subset_hook_caller(hook, remove_plugins=[])
        if not caller.get_hookimpls():
            continue
        call = functools.partial(caller, context=context)
        returned = _called(plugin, hook, call, seconds)
        values[hook] = tuple(value for part in returned for value in collect(plugin, hook, part))
    contribution = Contribution(plugin, values, own)
    check(contribution, known)
    return contribution


def _called(
    plugin: Plugin, hook: str, function: Callable[[], list[Any]], seconds: float
) -> list[Any]:
    try:
        return within(seconds, function)
    except Exception as error:
        raise SetupError(
            _("Plugin %(plugin)s, hook %(hook)s: %(reason)s."),
            plugin=plugin.name,
            hook=hook,
            reason=_reason(error),
        ) from error


def _settings_of(plugin: Plugin, settings: Settings) -> Any:
    table: Mapping[str, Any] = settings.plugins.get(plugin.name, {})
    if plugin.settings is None:
        if table:
            raise SetupError(_("plugin ini tidak mengenal pengaturan"))
        return None
    try:
        return cattrs.Converter(forbid_extra_keys=True).structure(dict(table), plugin.settings)
    except Exception as error:
        lines = "; ".join(cattrs.transform_error(error))
        raise SetupError(
            _("pengaturan [plugins.%(name)s] keliru: %(lines)s"), name=plugin.name, lines=lines
        ) from error


def _ordered(candidates: list[_Candidate]) -> list[_Candidate]:
    """Requirements first, then by name; members of a cycle fail with that reason."""
    by_name = {item.found.name: item for item in candidates if item.plugin and not item.disabled}
    done: list[_Candidate] = []
    waiting = sorted(by_name.values(), key=lambda item: item.found.name)
    while waiting:
        names = {item.found.name for item in waiting}
        ready = [item for item in waiting if not names & set(_requires(item))]
        if not ready:
            for item in waiting:
                item.stage, item.reason = "kebutuhan", _("kebutuhan antar-plugin berputar")
            done.extend(waiting)
            break
        done.extend(ready)
        waiting = [item for item in waiting if item not in ready]
    return done + [item for item in candidates if item not in done]


def _requires(candidate: _Candidate) -> tuple[str, ...]:
    return candidate.plugin.requires if candidate.plugin else ()


def _refuse_name_twice(candidates: list[_Candidate], taken: set[str]) -> None:
    owners: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        owners.setdefault(candidate.found.name, []).append(candidate)
    for name, group in owners.items():
        if len(group) > 1 or name in taken:
            together = ", ".join(item.found.distribution for item in group)
            for candidate in group:
                candidate.stage = "penemuan"
                candidate.reason = _("nama “%(name)s” dipakai lebih dari satu: %(owners)s") % {
                    "name": name,
                    "owners": together,
                }


def _state(candidate: _Candidate) -> PluginState:
    plugin = candidate.plugin
    state: State = "disabled" if candidate.disabled else "failed" if candidate.reason else "active"
    return PluginState(
        name=candidate.found.name,
        state=state,
        title=plugin.title if plugin else "",
        version=plugin.version if plugin else candidate.found.version,
        distribution=candidate.found.distribution,
        stage=candidate.stage,
        reason=candidate.reason,
        error=candidate.error,
        requires=plugin.requires if plugin else (),
        uses=plugin.uses if plugin else (),
    )
