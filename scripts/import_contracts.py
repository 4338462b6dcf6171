"""Contracts that import-linter does not bring.

It knows neither an allow list (a library nobody thought to forbid would slip in) nor doors, and its
`forbidden` stops at a package that does not exist yet.
"""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
    """A package imports the standard library, itself and what is named, and nothing else.

    Only direct imports count: what an allowed module imports is its own contract's concern.
    """

    # import-linter puts the parsed values in place of these fields, which no type can say.
    source: Any = fields.ModuleField()
    allowed: Any = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        root = str(self.source.name)
        if root not in graph.modules:
            return ContractCheck(kept=True, warnings=[f"{root} does not exist yet"])
        inside = {root, *graph.find_descendants(root)}
        wrong = [
            (module, imported)
            for module in sorted(inside)
            for imported in sorted(graph.find_modules_directly_imported_by(module) - inside)
            if not self._is_allowed(imported)
        ]
        output.verbose_print(verbose, f"{len(inside)} modules of {root} looked at")
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for module, imported in check.metadata["wrong"]:
            output.print_error(f"{module} may not import {imported}", bold=False)

    def _is_allowed(self, imported: str) -> bool:
        if imported.split(".", 1)[0] in sys.stdlib_module_names:
            return True
        return any(imported == name or imported.startswith(f"{name}.") for name in self.allowed)


class DoorsContract(Contract):
    """From outside a room only its door, `__init__`, is imported; everything deeper is private.

    A container inside another holds rooms of its own. `side_doors` are modules that a door must not
    import itself, since they are slow to load.
    """

    containers: Any = fields.SetField(subfield=fields.StringField())
    side_doors: Any = fields.SetField(subfield=fields.StringField(), required=False, default=set())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        wrong = [
            (importer, imported)
            for container in sorted(self.containers)
            for room in sorted(graph.find_children(container) - set(self.containers))
            for imported in sorted(graph.find_descendants(room) - set(self.side_doors))
            for importer in sorted(graph.find_modules_that_directly_import(imported))
            if importer != room and not importer.startswith(f"{room}.")
        ]
        output.verbose_print(verbose, f"doors of {', '.join(sorted(self.containers))} looked at")
        return ContractCheck(kept=not wrong, metadata={"wrong": wrong})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for importer, imported in check.metadata["wrong"]:
            output.print_error(f"{importer} goes past the door of {imported}", bold=False)


class WithoutContract(Contract):
    """A package reaches none of the named modules, by whatever way."""

    source: Any = fields.ModuleField()
    unwanted: Any = fields.SetField(subfield=fields.StringField())

    def check(self, graph: ImportGraph, verbose: bool) -> ContractCheck:
        root = str(self.source.name)
        if root not in graph.modules:
            return ContractCheck(kept=True, warnings=[f"{root} does not exist yet"])
        chains = [
            chain
            for unwanted in sorted(self.unwanted)
            if unwanted in graph.modules
            for chain in sorted(graph.find_shortest_chains(root, unwanted))
        ]
        output.verbose_print(verbose, f"{len(chains)} ways from {root}")
        return ContractCheck(kept=not chains, metadata={"chains": chains})

    def render_broken_contract(self, check: ContractCheck) -> None:
        for chain in check.metadata["chains"]:
            output.print_error(" -> ".join(chain), bold=False)
