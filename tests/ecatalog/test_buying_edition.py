"""The figures of buying as a kind of regulation: plain values and back, nothing guessed."""

from typing import Any

import attrs
import cattrs
import pytest

from leuit.builtin.regulations import kinds
from leuit.identity import SYSTEM
from leuit.values import ConflictError, InvalidInputError
from leuit.work import Leuit
from leuit_ecatalog.rules.buying_example import BEFORE_2025, EXAMPLE
from leuit_ecatalog.service.buying_edition import (
    BUYING,
    buying_kind,
    buying_on,
    structure,
    warnings,
)

KIND = buying_kind()


def plain(**changes: Any) -> dict[str, Any]:
    """The example as plain values, changed."""
    return {**KIND.unstructure(EXAMPLE), **changes}


@pytest.mark.parametrize("rules", [EXAMPLE, BEFORE_2025])
def test_figures_come_back_as_they_went(rules: Any) -> None:
    """Through plain values and back nothing is lost."""
    assert structure(KIND.unstructure(rules)) == rules


@pytest.mark.parametrize(
    "wrong",
    [
        {"pp_most": "200000000"},
        {"pp_most": True},
        {"pp_most": 2.0},
        {"contracts": "spk"},
        {"contracts": [{"form": "spk", "kinds": "barang", "most": None, "basis": ""}]},
        {"rounding": "up"},
        {"pp_basis": None},
        {"extra": 1},
    ],
)
def test_one_kind_of_value_is_not_taken_for_another(wrong: dict[str, Any]) -> None:
    """A number is no text, a text no list, and an unknown figure none of ours."""
    with pytest.raises(cattrs.BaseValidationError):
        structure(plain(**wrong))


def test_figures_out_of_range_are_told_by_their_paths() -> None:
    """In words, at each figure at once."""
    with pytest.raises(InvalidInputError) as refused:
        structure(plain(pp_most=-1, price_papers=[], number_prefix="x-1"))
    assert {fault.path for fault in refused.value.fields} == {
        "pp_most",
        "price_papers",
        "number_prefix",
    }


def test_what_is_unlike_any_edition_so_far_is_told() -> None:
    """The example is usual; each strange figure has its own sentence."""
    assert warnings(EXAMPLE) == []
    strange = attrs.evolve(
        EXAMPLE,
        sum_least=3_000,
        approval_above=1,
        negotiation_above=300_000_000,
        answer_days=0,
        ppn_percent=0,
    )
    assert len(warnings(strange)) == 5


def test_every_figure_and_word_has_a_label(app: Leuit) -> None:
    """What a drafter sees is in words: each field, and each code that a field may hold."""
    kind = kinds(app)[BUYING]
    names = {field.name for field in attrs.fields(type(EXAMPLE))}
    inner = {
        field.name
        for part in (EXAMPLE.contracts[0], EXAMPLE.price_papers[0])
        for field in attrs.fields(type(part))
    }
    assert names | inner <= set(kind.labels)
    for band in EXAMPLE.contracts:
        assert ("form", band.form) in kind.words


def test_without_an_edition_nothing_is_proposed(app: Leuit) -> None:
    """The gap is named, not filled with a guess."""
    with app.read(SYSTEM) as view, pytest.raises(ConflictError, match="Pembelian lewat katalog"):
        buying_on(view, view.today)
