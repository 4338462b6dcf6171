"""Kinds that the head of the region alone signs: the rule in the edition's words is kept."""

import pytest

from leuit.values import InvalidInputError
from leuit.work import Leuit
from leuit_archives.rules.letter_kinds import LetterKind
from tests.archives.outgoing_office import letter_office
from tests.sp2d.services import with_ports

KIND = "Keputusan Bupati"


def kind(rule: str) -> LetterKind:
    """A kind with that rule."""
    return LetterKind("Uji", "arahan", "", "judul", signatory_rule=rule)


@pytest.mark.parametrize(
    "rule",
    [
        "Bupati",
        "Bupati; tanpa gelar dan tanpa NIP",
        "Bupati, setelah persetujuan bersama DPRD; tanpa gelar dan tanpa NIP",
        "Wali Kota",
        "kepala daerah",
    ],
)
def test_words_that_name_the_head_of_the_region_alone_are_understood(rule: str) -> None:
    """With or without what has to go before, and how his name stands."""
    assert kind(rule).head_of_region_alone


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "Bupati atau kepala perangkat daerah",
        "Bupati, a.n. Bupati, atau kepala perangkat daerah",
        "Ketua DPRD; tanpa gelar dan tanpa NIP",
        "kepala perangkat daerah",
        "atasan yang diperintah (Bupati, Sekda, atau kepala perangkat daerah)",
    ],
)
def test_other_words_are_for_people(rule: str) -> None:
    """Nothing is enforced that the words do not say beyond doubt."""
    assert not kind(rule).head_of_region_alone


def test_only_the_head_of_the_uppermost_unit_signs_such_a_kind(app: Leuit) -> None:
    """No head of a unit below, nor he in the name of the first; other kinds are signed as ever."""
    with_ports(app)
    office = letter_office(app)
    regent = office.post(office.cast.regent)
    for changes in ({}, {"authority": "a.n.", "principal": regent}):
        with pytest.raises(InvalidInputError) as caught:
            office.started(KIND, **changes)
        assert [(one.path, one.code) for one in caught.value.fields] == [
            ("signer", "not_head_of_region")
        ]
    assert office.letter(office.started()).state == "signing"
    assert office.letter(office.started(KIND, signer=regent)).state == "signing"
