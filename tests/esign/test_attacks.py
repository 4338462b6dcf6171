"""The corpus of attacks: none is VALID, and each is answered with the word of the house rule.

The expected words follow from the house rule (esign.md 3.7), not from what the program answers.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from leuit_esign.judging.examiner import Examiner
from leuit_esign.judging.instructions import Instructions
from leuit_esign.rules import OPEN, VALID, judge
from tests.esign import (
    attacks_cms,
    attacks_content,
    attacks_coverage,
    attacks_fields,
    attacks_forms,
    attacks_structure,
    controls,
)
from tests.esign.attacks import Attack, signed
from tests.esign.conftest import Judge
from tests.esign.letters import Pen

CORPORA = [
    module.CORPUS
    for module in (
        attacks_content,
        attacks_forms,
        attacks_coverage,
        attacks_cms,
        attacks_fields,
        attacks_structure,
    )
]
ATTACKS = [attack for corpus in CORPORA for attack in corpus.attacks]
PATIENCE = 6.0
"""The limit of the examiner for files that only a limit ends."""


def named(attacks: list[Attack]) -> list[object]:
    """Attacks as parameters with their names; what rewrites a letter is tried in every run."""
    groups = (attacks_content.CORPUS, attacks_coverage.CORPUS, controls.GOOD, controls.ALLOWED)
    always = {one for group in groups for one in group.attacks}
    return [
        pytest.param(one, id=one.name, marks=[] if one in always else [pytest.mark.ci])
        for one in attacks
    ]


@pytest.fixture(scope="module")
def impatient() -> Iterator[Examiner]:
    """An examiner whose time is up soon."""
    with Examiner(PATIENCE) as made:
        yield made


def test_every_attack_is_named_once() -> None:
    """A name tells which attack failed, so no two may share it, and none may hope for VALID."""
    names = [one.name for one in ATTACKS]
    assert len(names) == len(set(names))
    assert not [one.name for one in ATTACKS if VALID in one.words]


@pytest.mark.parametrize("attack", named([one for one in ATTACKS if not one.heavy]))
def test_no_attack_is_valid(attack: Attack, pen: Pen, verdict_of: Judge) -> None:
    """Each attack is answered with the word that the house rule has for it, and soon."""
    pdf = attack.build(pen)
    verdict = verdict_of(pdf)
    assert verdict.word in attack.words
    assert verdict.reason_code not in {"crashed", "time_out", "memory"}


@pytest.mark.ci  # takes its time by intent
@pytest.mark.parametrize("attack", named([one for one in ATTACKS if one.heavy]))
def test_a_limit_ends_what_has_no_end(
    attack: Attack, pen: Pen, impatient: Examiner, tmp_path: Path
) -> None:
    """What would take for ever is ended by the limit of time, and the next file is examined."""
    path = tmp_path / "file.pdf"
    path.write_bytes(attack.build(pen))
    verdict = judge(impatient.examine(Instructions(str(path), (pen.authority.root_pem,))))
    assert verdict.word == OPEN
    path.write_bytes(signed(pen))
    again = impatient.examine(Instructions(str(path), (pen.authority.root_pem,)))
    assert judge(again).word == VALID


@pytest.mark.parametrize("control", named(controls.GOOD.attacks))
def test_good_files_stay_valid(control: Attack, pen: Pen, verdict_of: Judge) -> None:
    """What honest programs make of a letter, with several signatures and proofs, is VALID."""
    assert verdict_of(control.build(pen)).word == VALID


@pytest.mark.parametrize("control", named(controls.ALLOWED.attacks))
def test_what_changes_nothing_that_is_read_stays_valid(
    control: Attack, pen: Pen, verdict_of: Judge
) -> None:
    """Rule 3.7 point 3 allows what pyHanko calls LTA_UPDATES, some of it without any use."""
    assert verdict_of(control.build(pen)).word == VALID
