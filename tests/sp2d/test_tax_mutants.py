"""Seeded mistakes in the engine of taxes: the oracle's comparison catches each of them.

A mutant is one text of one module replaced by another, compiled as a module of its own that nobody
imports. The text must occur just once, so a change of the engine that moves it is told rather than
passed over.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from leuit.values import InvalidInputError
from leuit_sp2d.rules import tax_amounts, tax_rules, taxable, taxes
from leuit_sp2d.rules.taxable import Taxable
from leuit_sp2d.rules.taxes import Proposal
from tests.sp2d.test_tax_oracle import DAYS, Due, edition_on, fixed_claims, law, told

pytestmark = pytest.mark.ci

SOURCES = {"taxes": taxes, "tax_amounts": tax_amounts, "taxable": taxable, "tax_rules": tax_rules}


@attrs.frozen
class Mutant:
    """One change: `name` says what breaks, `old` in the module becomes `new`."""

    name: str
    module: str
    old: str
    new: str


MUTANTS = (
    Mutant("the threshold is off by one", "taxes", "judged <= tax.thr", "judged < tax.thr"),
    Mutant("a part is judged alone", "taxes", "taxable.judged <= tax", "taxable.price <= tax"),
    Mutant(
        "one threshold for all taxes",
        "taxes",
        "tax.kap_kjs, tax.threshold, tax.exempt)",
        "tax.kap_kjs, rules.ppn.threshold, tax.exempt)",
    ),
    Mutant(
        "the threshold is forgotten", "taxes", "if taxable.judged <= tax.threshold:", "if False:"
    ),
    Mutant(
        "the taxed part is rounded first",
        "tax_amounts",
        "base * share * Fraction(rate)",
        "floor(base * share) * Fraction(rate)",
    ),
    Mutant("rounding is swapped", "tax_amounts", 'rounding == "down"', 'rounding != "down"'),
    Mutant(
        "half a rupiah goes down",
        "tax_amounts",
        "amount + Fraction(1, 2)",
        "amount + Fraction(49, 100)",
    ),
    Mutant(
        "nobody lacks an NPWP",
        "taxes",
        "tax.rate if taxable.has_npwp else tax.rate_without_npwp",
        "tax.rate",
    ),
    Mutant(
        "the NPWP is turned round",
        "taxes",
        "if taxable.has_npwp else",
        "if not taxable.has_npwp else",
    ),
    Mutant(
        "income tax is taken from the gross",
        "taxes",
        "tax_of(taxable.price, tax.rate, rounding, tax.share)",
        "tax_of(taxable.price if tax.code == 'PPN' or not taxable.charges_ppn"
        " else taxable.price * 111 // 100, tax.rate, rounding, tax.share)",
    ),
    Mutant(
        "income tax is taken from the part that PPN is",
        "taxes",
        "tax_of(taxable.price, tax.rate, rounding, tax.share)",
        "tax_of(taxable.price, tax.rate, rounding, Fraction(11, 12))",
    ),
    Mutant(
        "luxury goods are like others",
        "tax_rules",
        "        if luxury:\n",
        "        if False:\n",
    ),
    Mutant(
        "all goods are luxury",
        "tax_rules",
        "        if luxury:\n",
        "        if True:\n",
    ),
    Mutant(
        "luxury counts in the gross alone",
        "taxes",
        "_taken(_ppn(rules, luxury=taxable.luxury)",
        "_taken(_ppn(rules, luxury=False)",
    ),
    Mutant("exemptions are ignored", "taxes", "if word in taxable.exempt:", "if False:"),
    Mutant(
        "any exemption is of every tax", "taxes", "if word in taxable.exempt:", "if taxable.exempt:"
    ),
    Mutant(
        "a facility is no exemption",
        "taxes",
        "exempt = (*ppn.exempt, *ppn.free)",
        "exempt = ppn.exempt",
    ),
    Mutant(
        "PPN under a facility is in the gross",
        "taxes",
        "if not taxable.exempt.intersection(rules.ppn.free):",
        "if True:",
    ),
    Mutant(
        "PPN that is not collected is not in the gross",
        "taxes",
        "if not taxable.exempt.intersection(rules.ppn.free):",
        "if isinstance(found[-1], Deduction):",
    ),
    Mutant(
        "PPN is collected from who charges none",
        "taxes",
        "    if taxable.charges_ppn:\n",
        "    if taxable.object not in WITHOUT_PPN:\n",
    ),
    Mutant("small businesses are like others", "taxes", "if taxable.umkm and", "if False and"),
    Mutant(
        "the certificate counts for every object",
        "taxes",
        " and taxable.object in rules.umkm.objects:",
        ":",
    ),
    Mutant(
        "services are taxed like goods",
        "taxes",
        'tax = rules.pph22 if taxable.object == "barang" else rules.pph23',
        "tax = rules.pph22",
    ),
    Mutant(
        "the qualification is not asked for",
        "taxes",
        "if (one.object, one.qualification) == wanted",
        "if one.object == wanted[0]",
    ),
    Mutant(
        "the work is not asked for",
        "taxes",
        "if (one.object, one.qualification) == wanted",
        "if one.qualification == wanted[1]",
    ),
    Mutant("the golongan is not asked for", "taxes", "if group in row.golongan)", "if row.rate)"),
    Mutant("the letter of a golongan stays", "taxable", '.partition("/")[0]', ""),
    Mutant("a tax of nothing is a deduction", "taxes", "    if not amount:\n", "    if False:\n"),
    Mutant("the net is the gross", "taxes", "if one.reduces", "if not one.reduces"),
    Mutant(
        "the net is of the price",
        "taxes",
        "net_of(gross, deductions))",
        "net_of(taxable.price, deductions))",
    ),
    Mutant(
        "what bears no tax is taxed",
        "taxes",
        'if taxable.object == "tanpa_pajak":',
        'if taxable.object == "honorarium":',
    ),
)


class Mutated:
    """The engine with one change; the real modules stay untouched."""

    def __init__(self, mutant: Mutant) -> None:
        source = Path(str(SOURCES[mutant.module].__file__)).read_text(encoding="utf-8")
        if source.count(mutant.old) != 1:
            raise LookupError(
                f"{mutant.name}: {mutant.module} must hold {mutant.old!r} exactly once."
            )
        self.changed = compiled(mutant.module, source.replace(mutant.old, mutant.new))
        self.taxes = self.changed
        if mutant.module != "taxes":
            self.taxes = compiled("taxes", Path(str(taxes.__file__)).read_text(encoding="utf-8"))
            self._hand_over()

    def _hand_over(self) -> None:
        """Let the copy of the engine use what the changed module defines."""
        own = {
            name: value
            for name, value in vars(self.changed).items()
            if getattr(value, "__module__", "") == self.changed.__name__
        }
        vars(self.taxes).update(
            {name: value for name, value in own.items() if name in vars(self.taxes)}
        )

    def propose(self, claim: Taxable, day: dt.date) -> Proposal:
        """The changed engine's answer under the edition of a day."""
        rules: Any = edition_on(day)
        if hasattr(self.changed, "PpnRules") and self.changed is not self.taxes:
            ppn = self.changed.PpnRules(**attrs.asdict(rules.ppn, recurse=False))
            rules = attrs.evolve(rules, ppn=ppn)
        kind = getattr(self.taxes, "Taxable", Taxable)
        claim = kind(**attrs.asdict(claim, recurse=False))
        answer: Proposal = self.taxes.propose(claim, rules)
        return answer


def compiled(name: str, text: str) -> ModuleType:
    module = ModuleType(f"mutated_{name}")
    module.__package__ = taxes.__package__  # so that it takes its values from the real package
    exec(compile(text, f"<mutant {name}>", "exec", dont_inherit=True), module.__dict__)
    return module


@cache
def expected() -> list[tuple[Taxable, dt.date, Due]]:
    """The fixed claims on the first day of each edition, worked out once for all mutants."""
    return [(claim, day, law(day, claim)) for claim in fixed_claims() for day, _last in DAYS]


def difference(engine: Mutated) -> str:
    """The first claim whose answer is not the oracle's, or that the engine cannot bear."""
    for claim, day, due in expected():
        try:
            answer = told(engine.propose(claim, day))
        except (ValueError, LookupError, StopIteration, InvalidInputError) as error:
            return f"{day}, {claim}: {error!r}"
        if answer != due:
            return f"{day}, {claim}: {answer} where the law says {due}"
    return ""


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_the_mutant_is_killed(mutant: Mutant) -> None:
    """The changed place gives some claim another answer than the law's."""
    assert difference(Mutated(mutant)), f"{mutant.name} survives {len(expected())} claims"


@pytest.mark.parametrize("module", SOURCES)
def test_the_unchanged_copy_survives(module: str) -> None:
    """A copy without any change agrees on every claim, so it is the change that kills."""
    first = Path(str(SOURCES[module].__file__)).read_text(encoding="utf-8").partition("\n")[0]
    assert difference(Mutated(Mutant("nothing", module, first, first))) == ""


def test_a_mutant_whose_place_is_gone_is_told() -> None:
    """A text that the source does not hold, or holds twice, is an error and no quiet success."""
    for old in ("no such text", "taxable"):
        with pytest.raises(LookupError, match="exactly once"):
            Mutated(Mutant("lost", "taxes", old, ""))


def test_there_are_enough_mutants() -> None:
    """At least a dozen, no two alike, over some thousands of claims."""
    assert len({mutant.name for mutant in MUTANTS}) == len(MUTANTS) >= 12
    assert len({(mutant.module, mutant.old, mutant.new) for mutant in MUTANTS}) == len(MUTANTS)
    assert len(expected()) > 5000
