"""Editions of taxes: their plain form, what they refuse, and that each figure counts."""

import datetime as dt
import json
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from typing import Any, get_args

import attrs
import pytest

from leuit.builtin.regulations.body import digest, flatten, read_body
from leuit.values import InvalidInputError
from leuit_sp2d.rules.tax_codes import last_day_of_billing
from leuit_sp2d.rules.tax_example import EXAMPLE
from leuit_sp2d.rules.tax_rules import OBJECTS, FinalObject, TaxRules, UmkmObject
from leuit_sp2d.rules.tax_splitting import Purchase, split_suspects
from leuit_sp2d.rules.tax_words import WORDS, spoken
from leuit_sp2d.rules.taxes import propose
from leuit_sp2d.service.tax_edition import TAXES, tax_kind
from tests.sp2d.tax_history import EDITIONS_IN_HISTORY
from tests.sp2d.test_tax_oracle import fixed_claims

KIND = tax_kind()


def plain(rules: TaxRules = EXAMPLE) -> Any:
    """An edition as it is stored."""
    return json.loads(json.dumps(KIND.unstructure(rules)))


@pytest.mark.parametrize("past", EDITIONS_IN_HISTORY, ids=lambda past: str(past.effective_from))
def test_an_edition_comes_back_out_of_its_plain_form(past: Any) -> None:
    """Every edition of the history survives being stored, and no two have one hash."""
    stored, faults = read_body(KIND, plain(past.rules))
    assert (faults, KIND.structure(stored)) == ([], past.rules)
    assert stored["ppn"]["rate"] == str(past.rules.ppn.rate)
    assert [digest(plain(other.rules)) for other in EDITIONS_IN_HISTORY].count(digest(stored)) == 1


def test_every_figure_and_word_is_named_for_people() -> None:
    """Each field has an Indonesian label, each word of the example and of the schema its own."""
    assert KIND.name == TAXES
    for path, value in flatten(plain()):
        names = [part.partition("[")[0] for part in path.split(".")]
        assert [name for name in names if name not in KIND.labels] == []
        if (
            names[-1] in ("exempt", "free", "objects", "object", "qualification", "golongan")
            and value
        ):
            assert (names[-1], value) in KIND.words
    assert {*OBJECTS, *get_args(FinalObject), *get_args(UmkmObject)} <= set(WORDS)
    assert spoken("hibah_luar_negeri") == "hibah luar negeri"


@pytest.mark.parametrize(
    "path, value",
    [
        ("ppn.rate", 12),
        ("ppn.rate", "12,5"),
        ("ppn.rate", "100.01"),
        ("ppn.rate", "-1"),
        ("ppn.rate", "NaN"),
        ("pph22.rate", "1.55555"),
        ("pph22.threshold", "2000000"),
        ("pph22.threshold", True),
        ("ppn.exempt", "bos"),
        ("pph42.rates[0].object", "kopi"),
        ("umkm.objects[0]", "honorarium"),
        ("rounding", "up"),
        ("pph23.kap_kjs", 411124),
    ],
)
def test_a_figure_of_another_form_is_refused_at_its_path(path: str, value: Any) -> None:
    """Numbers as text, text as numbers, lists as text and unknown words name their figure."""
    assert [fault.path for fault in read_body(KIND, put(path, value))[1]] == [f"body.{path}"]


@pytest.mark.parametrize(
    "path, value, at",
    [
        ("ppn.base_denominator", 0, "ppn"),
        ("ppn.luxury_numerator", -1, "ppn"),
        ("pph23.threshold", -1, "pph23"),
        ("pph23.kap_kjs", "411124104", "pph23"),
        ("ppn.exempt[1]", "kartu_kredit_pemerintah", "ppn"),
        ("ppn.free[0]", "tanah", "ppn"),
        ("ppn.exempt[0]", "Bukan kata", "ppn"),
        ("pph42.rates[1].qualification", "kecil", "pph42"),
        ("pph42.rates[1].qualification", "", "pph42"),
        ("pph42.rates[1].qualification", "Dua Kata", "pph42.rates[1]"),
        ("pph21_honorarium.rates[1].golongan[0]", "II", "pph21_honorarium"),
        ("split_days", -1, ""),
        ("billing_days", 367, ""),
    ],
)
def test_a_figure_out_of_bounds_is_refused(path: str, value: Any, at: str) -> None:
    """Bounds, shapes and repeats are refused with a sentence at the group that holds them."""
    (fault,) = read_body(KIND, put(path, value))[1]
    assert fault.path == (f"body.{at}" if at else "body")
    assert fault.sentence() != "Nilai ini tidak dapat dipakai."


def test_rates_are_bounded_wherever_they_are_made() -> None:
    """A rate made by a program is held to the same bounds as one that is read."""
    for rate in ("-1", "100.01", "NaN", "Infinity", "1.00001"):
        with pytest.raises(ValueError, match=r"Tarif"):
            attrs.evolve(EXAMPLE.pph22, rate=Decimal(rate))


@pytest.mark.parametrize(
    "changes, said",
    [
        ({}, []),
        ({"ppn.base_numerator": 13}, ["Dasar PPN lebih besar", "Barang mewah dikenai"]),
        ({"ppn.luxury_numerator": 1, "ppn.luxury_denominator": 2}, ["Barang mewah dikenai"]),
        ({"pph22.threshold": 1_000_000}, ["Batas PPN dan batas PPh Pasal 22 berbeda"]),
        ({"pph22.rate": "4"}, ["PPh Pasal 22: tarif tanpa NPWP lebih rendah"]),
        ({"pph23.rate": "5"}, ["PPh Pasal 23: tarif tanpa NPWP lebih rendah"]),
        ({"pph42.rates": []}, ["Belum ada tarif untuk"] * 4),
        ({"billing_days": 0}, ["ID billing hanya dapat dibayar"]),
    ],
)
def test_what_is_unlike_other_editions_is_told(changes: dict[str, Any], said: list[str]) -> None:
    """A drafter is warned of figures that are allowed and odd, and of nothing in the example."""
    body = plain()
    for path, value in changes.items():
        body = put(path, value, body)
    told = KIND.warnings(KIND.structure(body))
    assert len(told) == len(said)
    assert all(sentence.startswith(start) for sentence, start in zip(told, said, strict=True))


def put(path: str, value: Any, body: Any = None) -> Any:
    """A body, the example's if none is given, with one figure changed."""
    body = plain() if body is None else body
    *parents, last = steps(path)
    inner = body
    for step in parents:
        inner = inner[step]
    inner[last] = value
    return body


def steps(path: str) -> list[str | int]:
    """`rates[1].rate` as keys and indexes."""
    found = path.replace("]", "").replace("[", ".").split(".")
    return [int(step) if step.isdigit() else step for step in found]


def moved(path: str, value: Any) -> Any:
    """Another figure in the same place."""
    if path == "rounding":
        return "down"
    if path.endswith("kap_kjs"):
        return "411999-999"
    if path.endswith((".object", "objects[0]")):
        return "sewa_harta" if path.startswith("umkm") else "konsultansi_konstruksi"
    if path.endswith(("rate", "rate_without_npwp")):
        return str(Decimal(value) + Decimal("0.5"))
    return value + 1 if isinstance(value, int) else "kata_lain"


BOUGHT = [
    Purchase(str(after), dt.date(2026, 10, 5 + after), "A", "1.01", "5.1", 1_500_000)
    for after in (0, 8)
]


def results(rules: TaxRules) -> Iterator[Any]:
    """Everything that the engine makes of an edition: last days, suspicions, proposals."""
    yield last_day_of_billing(BOUGHT[0].day, rules.billing_days)
    yield split_suspects(BOUGHT, rules)
    for claim in fixed_claims():
        yield answer(claim, rules)


@cache
def before() -> list[Any]:
    """What the example makes, worked out once."""
    return list(results(EXAMPLE))


def moves(changed: Any) -> bool:
    """Whether an edition of that plain form makes anything else than the example."""
    rules = KIND.structure(changed)
    return any(new != old for new, old in zip(results(rules), before(), strict=True))


def answer(claim: Any, rules: TaxRules) -> Any:
    """The proposal, or the fields that the edition refuses."""
    try:
        return propose(claim, rules)
    except InvalidInputError as error:
        return tuple(fault.path for fault in error.fields)


def test_the_example_moves_nothing() -> None:
    """The example read from its plain form makes what the example makes."""
    assert not moves(plain())


@pytest.mark.parametrize("path", [path for path, _value in flatten(plain())])
def test_each_figure_moves_some_result(path: str) -> None:
    """No figure of an edition is for show: another one in its place changes what is told."""
    changed = put(path, moved(path, dict(flatten(plain()))[path]))
    if path.endswith(".object"):  # its old qualification may be taken there
        changed = put(path.replace(".object", ".qualification"), "kata_lain", changed)
    assert moves(changed)


@pytest.mark.parametrize(
    "path", ["ppn.exempt", "ppn.free", "pph22.exempt", "umkm.exempt", "umkm.objects", "pph42.rates"]
)
def test_each_row_that_is_gone_moves_some_result(path: str) -> None:
    """Leaving out any one row of a list changes what is told."""
    *parents, last = steps(path)
    rows = plain()
    for step in [*parents, last]:
        rows = rows[step]
    for number in range(len(rows)):
        changed = put(path, rows[:number] + rows[number + 1 :])
        assert moves(changed), (path, number)
