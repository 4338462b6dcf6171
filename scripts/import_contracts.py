"""An import-linter contract by allow list.

The source package may import the standard library, itself and what is named. import-linter's own
`forbidden` needs every library listed that must stay out, so a new one would slip in. Only direct
imports count; what an allowed module imports is its own contract's concern.
"""

import sys
from typing import Any

from grimp import ImportGraph
from importlinter import Contract, ContractCheck, fields, output


class OnlyContract(Contract):
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
