"""The rules of the public answer, and codes as people type them from paper."""

import itertools

import pytest

from leuit_esign.rules import (
    HEADINGS,
    REASONS,
    WHYS,
    Finding,
    SignatureVerdict,
    Standing,
    Verdict,
    answer_of,
)

STANDINGS: list[Standing] = [
    "stranger",
    "last",
    "superseded",
    "revoked",
    "earlier",
    "running",
    "extended",
]


def verdict(*codes: str) -> Verdict:
    """A verdict with signatures of these reasons; the first one is that of the file."""
    return Verdict(codes[0], tuple(SignatureVerdict(Finding("TTE"), code) for code in codes))


@pytest.mark.parametrize("code, standing", list(itertools.product(REASONS, STANDINGS)))
def test_only_what_we_keep_is_genuine(code: str, standing: Standing) -> None:
    """No verdict makes a file genuine that is not, byte for byte, a last version in force."""
    found = answer_of(verdict(code), standing)
    if found.answer == "genuine":
        assert standing == "last"
        assert REASONS[code][0] != "TIDAK VALID"
    if found.answer == "outdated":
        assert standing in ("superseded", "revoked", "earlier")


@pytest.mark.parametrize("standing", STANDINGS)
def test_what_could_not_be_examined_is_never_called_altered(standing: Standing) -> None:
    """An open verdict about every signature is no proof of a change, whoever's file it is."""
    for code, (word, _sentence) in REASONS.items():
        if word == "TIDAK DAPAT DIVERIFIKASI":
            assert answer_of(verdict(code), standing).answer != "altered"
            assert answer_of(Verdict(code), standing).answer != "altered"


@pytest.mark.parametrize(
    "codes, standing, why",
    [
        (["valid"], "last", "same"),
        (["status_unknown"], "last", "same"),
        (["revoked"], "last", "bad_signature"),
        (["valid"], "stranger", "signed_elsewhere"),
        (["no_signature"], "stranger", "unsigned"),
        (["digest_mismatch"], "stranger", "changed"),
        (["revoked"], "stranger", "revoked_elsewhere"),
        (["revoked", "digest_mismatch"], "stranger", "changed"),
        (["unknown_issuer"], "stranger", "examination"),
        (["not_pdf"], "stranger", "examination"),
        (["no_signature"], "extended", "added_to"),
        (["field_changed"], "extended", "added_to"),
        (["valid"], "extended", "extended"),
        (["unknown_issuer"], "extended", "extended"),
        (["valid"], "running", "running"),
        (["valid"], "earlier", "earlier"),
    ],
)
def test_the_table_of_answers(codes: list[str], standing: Standing, why: str) -> None:
    """Each pair of what is in a file and how it stands to our documents has one answer."""
    assert answer_of(verdict(*codes), standing).why == why


@pytest.mark.parametrize("standing", STANDINGS)
def test_a_file_of_another_code_is_not_confirmed(standing: Standing) -> None:
    """A genuine file beside somebody else's code is neither genuine nor outdated."""
    assert answer_of(verdict("valid"), standing, code_fits=False).answer in ("open", "unregistered")


def test_every_answer_can_be_given_and_has_a_heading() -> None:
    """Five headings, each reached by at least one reason."""
    assert {answer for answer, _sentence in WHYS.values()} == set(HEADINGS)
    assert len(HEADINGS) == 5
