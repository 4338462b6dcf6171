"""Bodies: one canonical form, a hash that moves with every figure, faults with their paths."""

import datetime as dt
from typing import Any

import attrs
import pytest

from leuit.builtin.regulations import RegulationKind, draft_edition, kinds
from leuit.builtin.regulations.body import differences, digest, parse
from leuit.builtin.regulations.figures import Words, figure_tables
from leuit.values import InvalidInputError, SetupError
from tests.core.regulations.office import BODY, KIND, Office, draft


def faults(office: Office, kind: str = KIND.name, **changes: Any) -> dict[str, str]:
    with pytest.raises(InvalidInputError) as refused, office.app.change(office.drafter) as work:
        draft_edition(work, kind, draft(**changes))
    return {fault.path: fault.code for fault in refused.value.fields}


@pytest.mark.parametrize(
    "change",
    [
        {"absent": "4"},
        {"free_days": 1},
        {"windows": BODY["windows"][:1]},
        {"windows": list(reversed(BODY["windows"]))},
    ],
)
def test_the_hash_moves_with_each_figure(change: dict[str, Any]) -> None:
    """Another figure, or another order of figures, is another hash."""
    assert digest({**BODY, **change}) != digest(BODY)


def test_the_hash_is_of_the_meaning_not_of_the_typing(office: Office) -> None:
    """Order of keys and figures left at their default make no difference to the stored hash."""
    typed = {"windows": BODY["windows"], "absent": "3"}
    with office.app.change(office.drafter) as work:
        first = draft_edition(work, KIND.name, draft())
        second = draft_edition(work, KIND.name, draft(body=typed))
        assert first.body_sha256 == second.body_sha256 == digest(BODY)


def test_an_unknown_kind_names_its_field(office: Office) -> None:
    """A kind that nobody registered is a fault of the field `kind`, beside all other faults."""
    assert faults(office, kind="sample.other", title="") == {
        "kind": "unknown_kind",
        "title": "required",
    }


def test_faults_of_the_body_name_their_paths(office: Office) -> None:
    """All faults of a body are told at once, each by the path of its figure."""
    body = {"windows": [{"name": "TL1", "percent": 5}, {"name": "TL2"}]}
    told = faults(office, body=body)
    assert {"body.absent", "body.windows[0].percent", "body.windows[1].percent"} <= set(told)


def test_unknown_figures_are_refused_by_name(office: Office) -> None:
    """A misspelt figure is not silently dropped."""
    assert set(faults(office, body={**BODY, "free_day": 2})) == {"body.free_day"}


def test_inexact_numbers_are_refused_by_path(office: Office) -> None:
    """A fraction written as a JSON number is refused, as no engine keeps it exactly."""
    body = {**BODY, "windows": [{"name": "TL1", "percent": 0.5}]}
    assert faults(office, body=body) == {"body.windows[0].percent": "inexact_number"}


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_text_that_no_engine_keeps_is_refused_by_path(office: Office, text: str) -> None:
    """NUL and lone surrogates are a fault of their field on both engines alike."""
    assert faults(office, title=text, legal_basis=text) == {
        "title": "unstorable",
        "legal_basis": "unstorable",
    }
    body = {**BODY, "windows": [{"name": text, "percent": "1"}]}
    assert faults(office, body=body) == {"body.windows[0].name": "unstorable"}


def test_all_other_fields_are_judged_together(office: Office) -> None:
    """Too long a title, a missing basis, a wrong mark and a reversed range come in one answer."""
    told = faults(
        office,
        title="x" * 201,
        legal_basis=" ",
        confidence="sure",
        effective_to=dt.date(2026, 1, 1),
    )
    assert told == {
        "title": "too_long",
        "legal_basis": "required",
        "confidence": "unknown_choice",
        "effective_to": "range",
    }


def test_problems_of_a_plain_value_error_keep_their_paths(office: Office) -> None:
    """A plugin whose rules know no error of ours tells its faults by `problems` all the same."""

    class ProblemsError(ValueError):
        problems = (("classes.late[2].to_minutes", "terlalu kecil"), ("", "tidak lengkap"))

    def refuse(_plain: Any) -> Any:
        raise ProblemsError

    words = office.app.vocabulary
    other = attrs.evolve(KIND, name="sample.plain", structure=refuse)
    office.app.vocabulary = attrs.evolve(
        words, extras={**words.extras, "leuit_regulations": (KIND, other)}
    )
    told = faults(office, kind="sample.plain")
    assert set(told) == {"body.classes.late[2].to_minutes", "body"}


@pytest.mark.parametrize(
    "text, code",
    [
        ('{"absent": }', "not_json"),
        ('{"absent": "3", "absent": "4"}', "repeated_key"),
        ("[" * 100_000, "too_deep"),
        ('{"absent": ' + "9" * 5000 + "}", "too_deep"),
    ],
)
def test_typed_bodies_that_cannot_be_read_are_refused(text: str, code: str) -> None:
    """Broken, ambiguous or monstrous JSON is a fault of the field, never a crash."""
    with pytest.raises(InvalidInputError) as refused:
        parse(text)
    assert [(fault.path, fault.code) for fault in refused.value.fields] == [("body", code)]


def test_differences_name_added_changed_and_removed_figures() -> None:
    """What differs between two bodies is listed by path, with both values."""
    before = {"a": "1", "rows": [{"n": "x"}], "gone": "2"}
    after = {"a": "3", "rows": [{"n": "x"}, {"n": "y"}]}
    assert differences(before, after) == [
        {"path": "a", "before": "1", "after": "3"},
        {"path": "gone", "before": "2", "after": None},
        {"path": "rows[1].n", "before": None, "after": "y"},
    ]


def test_a_kind_claimed_twice_stops_the_program(office: Office) -> None:
    """Two plugins cannot own one kind, and a hook cannot smuggle in something else."""
    words = office.app.vocabulary
    for values in ((KIND, KIND), (KIND, "table")):
        office.app.vocabulary = attrs.evolve(
            words, extras={**words.extras, "leuit_regulations": values}
        )
        with pytest.raises(SetupError):
            kinds(office.app)


def test_a_kind_without_a_plugin_in_its_name_is_refused() -> None:
    """The name of a kind says whose it is."""
    with pytest.raises(SetupError):
        RegulationKind("table", "Tabel", dict, dict, dict)


def test_figures_are_told_in_words() -> None:
    """Fields and the values of a field have words where the kind gives some; decimals a comma."""
    words = Words({"seconds": "Detik"}, {("seconds", "cut"): "dibuang"})
    body = {"seconds": "cut", "other": "", "percent": "1.25", "rows": [{"seconds": "cut"}]}
    plain, rows = figure_tables(body, words)
    assert plain.rows == (("Detik", "dibuang"), ("other", "–"), ("percent", "1,25"))
    assert (rows.columns, rows.rows) == (("Detik",), (("dibuang",),))
