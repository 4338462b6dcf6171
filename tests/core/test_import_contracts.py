"""The import contracts of our own: each is kept by clean code and broken by one wrong import."""

from typing import Any

import pytest
from grimp import ImportGraph
from import_contracts import DoorsContract, OnlyContract, WithoutContract
from importlinter import Contract


def graph(*imports: tuple[str, str]) -> ImportGraph:
    """A graph of some rooms of ours and two libraries, with the given imports."""
    made = ImportGraph()
    for name in ("leuit", "leuit.work", "leuit.work.queue", "leuit.web", "leuit.web.pages"):
        made.add_module(name)
    for name in ("leuit.builtin", "leuit.builtin.inbox", "leuit.builtin.inbox.pages"):
        made.add_module(name)
    for name in ("starlette", "attrs", "json"):
        made.add_module(name, is_squashed=True)
    for importer, imported in imports:
        made.add_import(importer=importer, imported=imported)
    return made


def kept(contract: type[Contract], options: dict[str, Any], *imports: tuple[str, str]) -> bool:
    """Whether a contract holds for a graph with these imports."""
    session = {"root_packages": ["leuit"]}
    return contract("c", session, options).check(graph(*imports), verbose=False).kept


@pytest.mark.parametrize(
    "importer, imported, holds",
    [
        ("leuit.web.pages", "leuit.work", True),
        ("leuit.work", "leuit.work.queue", True),
        ("leuit.web.pages", "leuit.work.queue", False),
        ("leuit.web", "leuit.builtin.inbox", True),
        ("leuit.web", "leuit.builtin.inbox.pages", False),
    ],
)
def test_doors(importer: str, imported: str, holds: bool) -> None:
    """A room's inside is its own; parts of a container have doors too."""
    options = {"containers": ["leuit", "leuit.builtin"]}
    assert kept(DoorsContract, options, (importer, imported)) is holds


def test_a_side_door_is_open() -> None:
    """A module named as a side door may be imported past the door."""
    options = {"containers": ["leuit"], "side_doors": ["leuit.work.queue"]}
    assert kept(DoorsContract, options, ("leuit.web", "leuit.work.queue"))


@pytest.mark.parametrize(
    "imported, holds",
    [("json", True), ("attrs", True), ("starlette", False), ("leuit.web", False)],
)
def test_only(imported: str, holds: bool) -> None:
    """The standard library and what is named may be imported, anything else not."""
    options = {"source": "leuit.work", "allowed": ["attrs"]}
    assert kept(OnlyContract, options, ("leuit.work.queue", imported)) is holds


def test_without_sees_the_long_way() -> None:
    """An unwanted library is found behind a module of ours, and its absence is kept."""
    options = {"source": "leuit.work", "unwanted": ["starlette"]}
    assert kept(WithoutContract, options, ("leuit.work.queue", "attrs"))
    way = [("leuit.work.queue", "leuit.web"), ("leuit.web", "starlette")]
    assert not kept(WithoutContract, options, *way)
