"""Seeded defects: one text of a module replaced by another while a fixed course runs.

The changed module is compiled aside, and the code of its functions, methods and properties takes
the place of the real ones; so whoever imported a function by name has the changed one too. The text
must occur just once, so a change of the service that moves it is told rather than passed over.
"""

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FunctionType, ModuleType

from attrs import frozen


@frozen
class Mutant:
    """One change: `name` says what breaks, `old` in the module's source becomes `new`.

    `module` is named inside the package that `planted` is told.
    """

    name: str
    module: str
    old: str
    new: str


@contextmanager
def planted(mutant: Mutant, package: str) -> Iterator[None]:
    """The package with that change; afterwards it is whole again."""
    module = importlib.import_module(f"{package}.{mutant.module}")
    changed = _changed(module, mutant)
    swapped = []
    others = dict(_functions(changed, changed.__name__))
    for name, function in _functions(module, module.__name__):
        swapped.append((function, function.__code__))
        function.__code__ = others[name].__code__
    try:
        yield
    finally:
        for function, code in swapped:
            function.__code__ = code


def _functions(module: ModuleType, name: str) -> Iterator[tuple[str, FunctionType]]:
    """The functions written in a module, and the methods and properties of its classes."""
    for label, found in vars(module).items():
        if getattr(found, "__module__", "") != name:
            continue
        if isinstance(found, FunctionType):
            yield label, found
        elif isinstance(found, type):
            for of_class, one in vars(found).items():
                inner = one.fget if isinstance(one, property) else one
                if isinstance(inner, FunctionType) and not _is_generated(inner):
                    yield f"{label}.{of_class}", inner


def _is_generated(function: FunctionType) -> bool:
    """Whether attrs wrote it, so that it stands in no source."""
    return function.__code__.co_filename.startswith("<attrs generated")


def _changed(module: ModuleType, mutant: Mutant) -> ModuleType:
    source = Path(str(module.__file__)).read_text(encoding="utf-8")
    if source.count(mutant.old) != 1:
        raise LookupError(
            f"{mutant.name}: {module.__name__} must hold {mutant.old!r} exactly once."
        )
    changed = ModuleType(module.__name__)
    changed.__package__ = module.__package__
    text = source.replace(mutant.old, mutant.new)
    exec(compile(text, f"<mutant {mutant.name}>", "exec", dont_inherit=True), changed.__dict__)
    return changed
