"""Kinds of regulations: what plugins register so that their figures may become dated editions."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import attrs

from leuit.values import SetupError, _
from leuit.work import Leuit

HOOK = "leuit_regulations"
_SHAPE = re.compile(r"[a-z][a-z0-9]*(\.[a-z0-9_]+){1,3}")


def _silent(_value: Any) -> Sequence[str]:
    return ()


@attrs.frozen
class RegulationKind:
    """A kind of regulation; returned by a plugin's hook `leuit_regulations`.

    `name` is `<plugin>.<noun>`. `schema` is the frozen attrs class of its figures. `structure`
    reads the plain form (JSON types) and raises InvalidInputError, or any ValueError that carries
    `problems` as pairs of path and sentence; `unstructure` writes the plain form, in which figures
    that are not whole are decimal text. `labels` gives an Indonesian word for a field's name,
    `words` one for a value of a field, by (field, value).
    `shown_at` is the address of a page that shows what an edition holds, with `{id}` for the
    edition, for figures that are too long for a table.
    `example` is a value from which the first draft may start. `warnings` tells, in marked
    sentences, what a drafter should look at again in a value that is accepted all the same.
    """

    name: str
    title: str
    schema: type
    structure: Callable[[Any], Any]
    unstructure: Callable[[Any], Any]
    labels: Mapping[str, str] = attrs.field(factory=dict)
    words: Mapping[tuple[str, str], str] = attrs.field(factory=dict)
    example: Any = None
    warnings: Callable[[Any], Sequence[str]] = _silent
    shown_at: str = ""

    def __attrs_post_init__(self) -> None:
        if not _SHAPE.fullmatch(self.name):
            raise SetupError(
                _("Nama jenis peraturan “%(name)s” harus berbentuk layanan.benda."), name=self.name
            )


def kinds(app: Leuit) -> dict[str, RegulationKind]:
    """All registered kinds by name, in order of title.

    Raises SetupError when a plugin returned something else or two of them claim one name.
    """
    found: dict[str, RegulationKind] = {}
    for kind in app.vocabulary.extras.get(HOOK, ()):
        if not isinstance(kind, RegulationKind):
            raise SetupError(
                _("Hook %(hook)s mengembalikan %(value)s, bukan RegulationKind."),
                hook=HOOK,
                value=str(kind)[:100],
            )
        if kind.name in found:
            raise SetupError(_("Jenis peraturan “%(name)s” didaftarkan dua kali."), name=kind.name)
        found[kind.name] = kind
    return dict(sorted(found.items(), key=lambda pair: (pair[1].title, pair[0])))


def kind_named(app: Leuit, name: str) -> RegulationKind:
    """The registered kind; SetupError for a name that nobody registered."""
    try:
        return kinds(app)[name]
    except KeyError:
        raise SetupError(_("Jenis peraturan “%(name)s” tidak terdaftar."), name=name) from None
