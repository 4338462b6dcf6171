"""The conformance kit: what every plugin must hold, checked by one call from its own test.

`check_plugin(folder, plugin)` raises AssertionError with everything that does not hold:

- it loads alone, its migrations make exactly the tables of its models, and removing and adding it
  again works on the same database;
- every permission, role, audit action, job and menu entry has a title in words;
- every page without parameters refuses strangers, answers the administrator below 500, has
  `lang="id"`, one h1 and no inline style or handler, and stays within the weights of the design;
- every API route is described with its answer's class.
"""

import gzip
import re
from pathlib import Path

from leuit.plugins import OPEN_TO, Plugin, Route, history_of, load, mount_path
from leuit.settings import Settings
from leuit.storage import core_history, migrate, states

from .installation import Installation, installation
from .people import cast

MAX_PAGE = 15 * 1024
INLINE = re.compile(r"""\s(style|on[a-z]+)\s*=\s*["']""")


def check_plugin(folder: Path, plugin: Plugin) -> None:
    """Check one plugin in an empty folder; all faults are told at once."""
    with installation(folder, plugin) as made:
        faults = [*_words(made, plugin), *_tables(made, plugin), *_pages(made, plugin)]
    assert not faults, "\n".join(faults)


def _words(made: Installation, plugin: Plugin) -> list[str]:
    merged = made.host.merged
    tables = (merged.permissions, merged.roles, merged.actions, merged.menu, merged.cards)
    faults = []
    for table in tables:
        for name, (owner, value) in table.items():
            words = getattr(value, "title", "") or getattr(value, "label", "")
            if owner == plugin.name and not words.strip():
                faults.append(f"{name}: no title in words")
    return faults


def _tables(made: Installation, plugin: Plugin) -> list[str]:
    history = history_of(plugin)
    if history is None:
        return []
    faults = []
    from .new_revision import write_revision  # late: it is a program of its own, too

    before = set(history.folder.rglob("*.py"))
    written = write_revision(history, "conformance check")
    if written is not None:
        written.unlink()
        faults.append("migrations do not make the tables of the models: write a revision")
    assert set(history.folder.rglob("*.py")) == before
    without = load(Settings(data=Path("unused")), found=[])
    assert plugin.name not in {other.name for other in without.plugins}
    migrate(made.app.database, [core_history()])
    migrate(made.app.database, [core_history(), history])
    faults += [
        f"{state.owner}: schema at {state.current}, not {state.head}"
        for state in states(made.app.database, [core_history(), history])
        if not state.is_current
    ]
    return faults


def _pages(made: Installation, plugin: Plugin) -> list[str]:
    people = cast(made.app)
    faults = []
    for owner, route in made.host.merged.routes.values():
        if owner != plugin.name:
            continue
        path = mount_path(owner, route)
        if route.kind == "api" and route.answer is None:
            faults.append(f"{path}: the API route does not name the class of its answer")
        if "{" in path or "GET" not in route.methods or route.kind == "device":
            continue
        made.client.cookies.clear()
        status = made.client.get(path).status_code
        if route.permission != "public" and status not in (303, 401, 403):
            faults.append(f"{path}: a stranger is answered {status}")
        made.sign_in(people.administrator)
        faults += _page(made, path, route)
    return faults


def _page(made: Installation, path: str, route: Route) -> list[str]:
    answer = made.client.get(path)
    if answer.status_code >= 500 or (answer.status_code == 403 and route.permission not in OPEN_TO):
        return [f"{path}: the administrator is answered {answer.status_code}"]
    if not answer.headers.get("content-type", "").startswith("text/html"):
        return []
    faults = []
    if '<html lang="id"' not in answer.text:
        faults.append(f"{path}: no lang=id")
    if answer.text.count("<h1") != 1:
        faults.append(f"{path}: {answer.text.count('<h1')} h1")
    if found := INLINE.search(answer.text):
        faults.append(f"{path}: inline {found[1]}, which the policy of content forbids")
    if (size := len(gzip.compress(answer.text.encode()))) > MAX_PAGE:
        faults.append(f"{path}: {size} bytes packed, more than {MAX_PAGE}")
    return faults
