"""The house rule: its vectors, the engine against the oracle, and what must hold of any file.

When engine and oracle differ, the rule's text (section 3.7 of the e-sign reference) decides which
is wrong. Findings drawn here keep what the values promise of themselves: a trusted signature has no
trust problem, and a failure bears the code of a failure. What breaks those promises stands at the
end of this file.
"""

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from leuit_esign.rules import (
    REASONS,
    ChangedField,
    Examination,
    Finding,
    Level,
    Verdict,
    judge,
    reason_of,
)
from tests.esign import oracle
from tests.esign.mutants import GOOD, SIGNATURE, TEXT, examinations

VALID, INVALID, OPEN, UNSIGNED = (
    "VALID",
    "TIDAK VALID",
    "TIDAK DAPAT DIVERIFIKASI",
    "TIDAK ADA TANDA TANGAN",
)
BADNESS = [VALID, OPEN, INVALID]
"""From the best word to the worst."""

FAILURES = sorted(
    code for code, (word, _sentence) in REASONS.items() if word not in {VALID, UNSIGNED}
)
LIMITS = ["time_out", "memory", "crashed", "unreadable", "too_large", "not_pdf", "encrypted"]
COVERAGES = ["ENTIRE_FILE", "ENTIRE_REVISION", "CONTIGUOUS_BLOCK_FROM_START", "UNCLEAR"]
MODIFICATIONS = ["NONE", "LTA_UPDATES", "FORM_FILLING", "ANNOTATIONS", "OTHER", ""]
PROBLEMS = [
    # AdESFailure
    "FORMAT_FAILURE",
    "HASH_FAILURE",
    "SIG_CRYPTO_FAILURE",
    "REVOKED",
    "NOT_YET_VALID",
    # AdESIndeterminate
    "SIG_CONSTRAINTS_FAILURE",
    "CHAIN_CONSTRAINTS_FAILURE",
    "CERTIFICATE_CHAIN_GENERAL_FAILURE",
    "CRYPTO_CONSTRAINTS_FAILURE",
    "EXPIRED",
    "POLICY_PROCESSING_ERROR",
    "SIGNATURE_POLICY_NOT_AVAILABLE",
    "TIMESTAMP_ORDER_FAILURE",
    "NO_SIGNING_CERTIFICATE_FOUND",
    "NO_CERTIFICATE_CHAIN_FOUND",
    "REVOKED_NO_POE",
    "REVOKED_CA_NO_POE",
    "OUT_OF_BOUNDS_NO_POE",
    "REVOCATION_OUT_OF_BOUNDS_NO_POE",
    "OUT_OF_BOUNDS_NOT_REVOKED",
    "CRYPTO_CONSTRAINTS_FAILURE_NO_POE",
    "NO_POE",
    "TRY_LATER",
    "SIGNED_DATA_NOT_FOUND",
    "GENERIC",
]
"""Every subindication of pyHanko 0.38."""

FEW = settings(max_examples=50, derandomize=True, database=None, deadline=None)
MANY = settings(FEW, max_examples=400)


# ------------------------------------------------------------------------------------- strategies


T = TypeVar("T")


def mostly(usual: T, *other: T) -> st.SearchStrategy[T]:
    """The usual value four times of five, so that enough signatures are good or nearly so."""
    return st.sampled_from([*[usual] * (4 * len(other)), *other])


def words(usual: str, *other: str) -> st.SearchStrategy[str]:
    """Words of the library, words that look like them, and now and then any text."""
    known = mostly(usual, *other)
    return st.one_of(known, known, known, known, st.text(max_size=8))


FLAGS = mostly(True, False)
FAILED = st.one_of(*[st.just("")] * 5, st.sampled_from(FAILURES))
FIELDS = st.builds(
    ChangedField,
    name=st.sampled_from(["TTE1", "TTE2", "Text1", ""]),
    kind=words("/Sig", "/Tx", "/Btn", "/Ch", "", "Sig", "/sig", "/Sig ", "/SigX"),
    signed=FLAGS,
)
PEOPLE: st.SearchStrategy[tuple[str, dt.datetime | None, bool, Level]] = st.sampled_from(
    [("", None, False, "B-B"), ("SITI", dt.datetime(2026, 10, 5, tzinfo=dt.UTC), True, "B-LTA")]
)
TRUST = st.one_of(
    st.just((True, "")),
    st.just((True, "")),
    st.tuples(
        st.just(False),
        words("", *PROBLEMS, "revoked", "NOT_REVOKED", "HASH_FAILURE_NO_POE", "UNKNOWN"),
    ),
)
LEVELS = st.one_of(
    st.just("FORM_FILLING"),
    words("NONE", *MODIFICATIONS, "none", "FORM_FILLING ", "LTA_UPDATE", "ALL"),
)


@st.composite
def any_findings(draw: st.DrawFn) -> Finding:
    """Any signature as examined; what the rule does not ask for is drawn too."""
    signer, signed_at, proven, level = draw(PEOPLE)
    trusted, problem = draw(TRUST)
    return Finding(
        field="TTE1",
        signer=signer,
        signed_at=signed_at,
        time_proven=proven,
        level=level,
        intact=draw(FLAGS),
        valid=draw(FLAGS),
        trusted=trusted,
        trust_problem=problem,
        revocation_known=draw(FLAGS),
        coverage=draw(words("ENTIRE_FILE", *COVERAGES, "entire_file", "ENTIRE_FILE ", "ENTIRE")),
        modification=draw(LEVELS),
        docmdp_ok=draw(FLAGS),
        changed_fields=draw(st.lists(FIELDS, max_size=3).map(tuple)),
        failure=draw(FAILED),
    )


PARTS = [
    ("intact",),
    ("valid",),
    ("trusted", "trust_problem"),
    ("revocation_known",),
    ("coverage",),
    ("modification", "changed_fields"),
    ("docmdp_ok",),
    ("failure",),
]
"""What one fault is about."""


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Any signature, or more often a good one with at most two parts of any other."""
    drawn = draw(any_findings())
    if draw(st.integers(0, 3)) == 0:
        return drawn
    taken = draw(st.lists(st.sampled_from(PARTS), max_size=2))
    return evolve(GOOD, **{name: getattr(drawn, name) for part in taken for name in part})


FILES = st.builds(
    Examination,
    findings=st.lists(findings(), max_size=3).map(tuple),
    failure=FAILED,
)
SIGNED = st.builds(Examination, findings=st.lists(findings(), min_size=1, max_size=3).map(tuple))


def file_of(*found: Finding) -> Examination:
    """A file with these signatures."""
    return Examination(found)


# ---------------------------------------------------------------------------------------- vectors


def test_another_signature_may_be_set_afterwards() -> None:
    """ES-37: a form filled by a signature alone leaves the earlier signature VALID."""
    found = evolve(
        GOOD,
        coverage="ENTIRE_REVISION",
        modification="FORM_FILLING",
        changed_fields=(ChangedField("TTE2", "/Sig"),),
    )
    assert judge(file_of(found)).word == VALID


@pytest.mark.parametrize(
    "changed",
    [
        ChangedField("Text1", "/Tx"),
        ChangedField("Kotak1", "/Btn"),
        ChangedField("Pilihan1", "/Ch"),
        ChangedField("Hilang1", "", signed=False),
        ChangedField("TTE2", "/Sig", signed=False),
    ],
    ids=lambda changed: changed.name,
)
def test_no_other_field_may_change_afterwards(changed: ChangedField) -> None:
    """ES-38: any changed field that is no signature is TIDAK VALID, also beside one that is."""
    for fields in ((changed,), (changed, SIGNATURE), (SIGNATURE, changed)):
        found = evolve(GOOD, modification="FORM_FILLING", changed_fields=fields)
        verdict = judge(file_of(found))
        assert (verdict.word, verdict.reason_code) == (INVALID, "field_changed")


@pytest.mark.parametrize("level", ["NONE", "LTA_UPDATES"])
def test_fields_are_asked_for_at_form_filling_only(level: str) -> None:
    """ES-39: a text field listed at LTA_UPDATES, or at NONE, rejects nothing."""
    found = evolve(GOOD, modification=level, changed_fields=(TEXT,))
    assert judge(file_of(found)).word == VALID


@pytest.mark.parametrize("code", LIMITS)
def test_what_could_not_be_examined_cannot_be_verified(code: str) -> None:
    """ES-40: exception, time-out and limit are TIDAK DAPAT DIVERIFIKASI, of file and signature."""
    for examination in (
        Examination(failure=code),
        Examination((GOOD,), failure=code),
        file_of(Finding("TTE1", failure=code)),
        file_of(evolve(GOOD, failure=code)),
        file_of(GOOD, Finding("TTE2", failure=code)),
    ):
        verdict = judge(examination)
        assert (verdict.word, verdict.reason_code) == (OPEN, code)


@pytest.mark.parametrize("coverage", ["CONTIGUOUS_BLOCK_FROM_START", "UNCLEAR"])
def test_a_signature_covers_its_whole_revision(coverage: str) -> None:
    """ES-41: less than the revision is TIDAK VALID; the revision and the file are enough."""
    verdict = judge(file_of(evolve(GOOD, coverage=coverage)))
    assert (verdict.word, verdict.reason_code) == (INVALID, "coverage")
    for enough in ("ENTIRE_FILE", "ENTIRE_REVISION"):
        assert judge(file_of(evolve(GOOD, coverage=enough))).word == VALID


def test_a_file_is_as_bad_as_its_worst_signature() -> None:
    """ES-42: VALID, TIDAK VALID, VALID is TIDAK VALID; unverifiable stands between the two."""
    broken, foreign = evolve(GOOD, intact=False), evolve(GOOD, trusted=False)
    verdict = judge(file_of(GOOD, broken, GOOD))
    assert verdict.word == INVALID
    assert [signature.word for signature in verdict.signatures] == [VALID, INVALID, VALID]
    assert judge(file_of(GOOD, foreign, GOOD)).word == OPEN
    assert judge(file_of(foreign, broken, foreign)).word == INVALID


def test_an_unsigned_file_says_so() -> None:
    """ES-43: no signature is a word of its own, neither good nor bad."""
    verdict = judge(Examination())
    assert (verdict.word, verdict.signatures) == (UNSIGNED, ())
    assert verdict.reason_code == "no_signature"


def test_three_troubles_of_trust_are_three_sentences() -> None:
    """ES-43a: foreign, expired and revoked: two words and three sentences, each about its cause."""
    told = {
        problem: judge(file_of(evolve(GOOD, trusted=False, trust_problem=problem)))
        for problem in ("NO_CERTIFICATE_CHAIN_FOUND", "OUT_OF_BOUNDS_NO_POE", "REVOKED_NO_POE")
    }
    assert [verdict.word for verdict in told.values()] == [OPEN, OPEN, INVALID]
    sentences = [REASONS[verdict.reason_code][1] for verdict in told.values()]
    for sentence, cause in zip(sentences, ["tidak dikenal", "sudah habis", "dicabut"], strict=True):
        assert cause in sentence
        assert [cause in other for other in sentences].count(True) == 1


def test_a_mismatch_and_an_unknown_algorithm_are_told_apart() -> None:
    """Sentence 7: the one is TIDAK VALID, the other TIDAK DAPAT DIVERIFIKASI, and it says which."""
    mismatch = judge(file_of(evolve(GOOD, intact=False, valid=False)))
    assert (mismatch.word, mismatch.reason_code) == (INVALID, "digest_mismatch")
    unknown = judge(file_of(Finding("TTE1", failure="algorithm")))
    assert (unknown.word, unknown.reason_code) == (OPEN, "algorithm")


# --------------------------------------------------------------------------- one thing made worse

Worse = Callable[[Finding], Finding]


def _with_fields(found: Finding, **changes: object) -> Finding:
    """At form filling, every changed field (one at least) changed so."""
    fields = found.changed_fields or (SIGNATURE,)
    return evolve(
        found,
        modification="FORM_FILLING",
        changed_fields=tuple(evolve(field, **changes) for field in fields),  # type: ignore[arg-type]  # as named
    )


WORSE: dict[str, tuple[Worse, str]] = {
    "the digest differs": (lambda found: evolve(found, intact=False), INVALID),
    "the cryptography fails": (lambda found: evolve(found, valid=False), INVALID),
    "nobody trusts it": (lambda found: evolve(found, trusted=False), OPEN),
    "the status is not known": (lambda found: evolve(found, revocation_known=False), VALID),
    "the signer forbade it": (lambda found: evolve(found, docmdp_ok=False), INVALID),
    "the change is suspicious": (lambda found: evolve(found, modification=""), INVALID),
    "a text field is filled": (
        lambda found: evolve(
            found, modification="FORM_FILLING", changed_fields=(*found.changed_fields, TEXT)
        ),
        INVALID,
    ),
    "one more signature field changes": (
        lambda found: evolve(found, changed_fields=(*found.changed_fields, SIGNATURE)),
        VALID,
    ),
    "the signatures are emptied": (lambda found: _with_fields(found, signed=False), INVALID),
    "the fields are not found": (lambda found: _with_fields(found, kind=""), INVALID),
    "the certificate is revoked": (
        lambda found: evolve(found, trusted=False, trust_problem="REVOKED"),
        INVALID,
    ),
    "the hash fails": (
        lambda found: evolve(found, trusted=False, trust_problem="HASH_FAILURE"),
        INVALID,
    ),
}


def _covering(word: str) -> Worse:
    return lambda found: evolve(found, coverage=word)


def _changed(level: str) -> Worse:
    return lambda found: evolve(found, modification=level)


WORSE |= {
    f"it covers {word or 'nothing named'}": (_covering(word), INVALID)
    for word in ("UNCLEAR", "CONTIGUOUS_BLOCK_FROM_START", "", "WHOLE")
}
WORSE |= {
    f"the change is {level}": (_changed(level), INVALID)
    for level in ("ANNOTATIONS", "OTHER", "WHATEVER")
}


@pytest.mark.parametrize("name", WORSE)
def test_one_thing_worse_alone(name: str) -> None:
    """A good signature with this one fault gets the word that the rule has for it."""
    worsen, word = WORSE[name]
    assert judge(file_of(worsen(GOOD))).word == word
    assert judge(file_of(GOOD, worsen(GOOD), GOOD)).word == word


@pytest.mark.parametrize("name", WORSE)
@FEW
@given(SIGNED, st.integers(0, 2), st.booleans())
def test_one_thing_worse_never_gives_a_better_word(
    name: str, examination: Examination, which: int, ask_status: bool
) -> None:
    """Whatever a file has already, one signature made worse in one thing does not help it."""
    worsen, _word = WORSE[name]
    found = list(examination.findings)
    which %= len(found)
    found[which] = worsen(found[which])
    before = judge(examination, ask_status=ask_status).word
    after = judge(file_of(*found), ask_status=ask_status).word
    assert BADNESS.index(after) >= BADNESS.index(before)


# ------------------------------------------------------------------------------------- properties


def agree(examination: Examination, ask_status: bool) -> Verdict:
    """The engine's verdict, after its words were found to be the oracle's."""
    verdict = judge(examination, ask_status=ask_status)
    assert verdict.word == oracle.word_of_file(examination, ask_status=ask_status)
    for signature in verdict.signatures:
        assert signature.word == oracle.word_of_signature(signature.finding, ask_status=ask_status)
    return verdict


@MANY
@given(FILES, st.booleans())
def test_the_engine_agrees_with_the_oracle(examination: Examination, ask_status: bool) -> None:
    """File and signatures get the oracle's words, each signature once and in its place."""
    verdict = agree(examination, ask_status)
    if not examination.failure:
        told = tuple(signature.finding for signature in verdict.signatures)
        assert told == examination.findings


def test_the_engine_agrees_with_the_oracle_on_the_fixed_files() -> None:
    """The same over the files that the mutants are held against."""
    for examination, ask_status in examinations():
        agree(examination, ask_status)


@pytest.mark.parametrize("problem", [*PROBLEMS, "", "UNKNOWN"])
def test_every_subindication_has_the_word_of_the_rule(problem: str) -> None:
    """All that pyHanko can say of trust: revoked or broken is TIDAK VALID, everything else open."""
    bad = {"REVOKED", "REVOKED_NO_POE", "REVOKED_CA_NO_POE", "HASH_FAILURE", "SIG_CRYPTO_FAILURE"}
    verdict = agree(file_of(evolve(GOOD, trusted=False, trust_problem=problem)), False)
    assert verdict.word == (INVALID if problem in bad else OPEN)


def test_troubles_of_trust_are_mapped_by_a_setting() -> None:
    """Sentence 8, "mapped by a setting": another map holds, and what it leaves out stays open."""
    setting = {"NO_CERTIFICATE_CHAIN_FOUND": "revoked"}
    for problem, word in [("NO_CERTIFICATE_CHAIN_FOUND", INVALID), ("TRY_LATER", OPEN), ("", OPEN)]:
        examination = file_of(evolve(GOOD, trusted=False, trust_problem=problem))
        assert judge(examination, trust_reasons=setting).word == word


@FEW
@given(SIGNED, findings(), st.booleans())
def test_another_signature_never_helps(
    examination: Examination, more: Finding, ask_status: bool
) -> None:
    """A file stays as bad as it was, TIDAK VALID above all, whatever is signed beside."""
    before = judge(examination, ask_status=ask_status).word
    after = judge(file_of(*examination.findings, more), ask_status=ask_status).word
    assert BADNESS.index(after) >= BADNESS.index(before)


@FEW
@given(SIGNED.flatmap(lambda file: st.permutations(file.findings)), st.booleans())
def test_the_order_of_signatures_changes_nothing(found: list[Finding], ask_status: bool) -> None:
    """The file's word is the same in every order, and each signature is judged by itself."""
    turned = judge(file_of(*found), ask_status=ask_status)
    straight = judge(file_of(*reversed(found)), ask_status=ask_status)
    assert turned.word == straight.word
    assert turned.signatures == tuple(reversed(straight.signatures))
    for signature in turned.signatures:
        alone = judge(file_of(signature.finding), ask_status=ask_status)
        assert (alone.word, alone.reason_code) == (signature.word, signature.reason_code)


@FEW
@given(FILES)
def test_asking_for_the_status_never_helps(examination: Examination) -> None:
    """Who insists on the status gets the same word or a worse one; unsigned stays unsigned."""
    lenient, strict = judge(examination).word, judge(examination, ask_status=True).word
    if UNSIGNED in {lenient, strict}:
        assert lenient == strict
    else:
        assert BADNESS.index(strict) >= BADNESS.index(lenient)


@FEW
@given(findings(), st.sampled_from(FAILURES), st.booleans())
def test_a_failed_signature_is_never_valid(found: Finding, code: str, ask_status: bool) -> None:
    """However good the rest looks, who could not be examined has the failure's word."""
    verdict = judge(file_of(evolve(found, failure=code)), ask_status=ask_status)
    assert (verdict.word, verdict.reason_code) == (oracle.word_of_failure(code), code)
    assert verdict.word != VALID


# ---------------------------------------------------------------------------------------- reasons


@MANY
@given(SIGNED, st.booleans())
def test_valid_is_said_exactly_when_nothing_speaks_against(
    examination: Examination, ask_status: bool
) -> None:
    """`valid` claims the known status too; without it the sentence says that it was not asked."""
    verdict = judge(examination, ask_status=ask_status)
    for signature in verdict.signatures:
        found = signature.finding
        flawless = oracle.speaks_against(found, ask_status=True) == []
        borne = oracle.speaks_against(found, ask_status=ask_status) == []
        assert (signature.reason_code == "valid") == flawless
        assert (signature.reason_code == "valid_status_unchecked") == (borne and not flawless)
    codes = {signature.reason_code for signature in verdict.signatures}
    assert (verdict.reason_code == "valid") == (codes == {"valid"})
    assert verdict.reason_code in codes


def _no_signature(found: Finding) -> bool:
    return any(not (field.kind == "/Sig" and field.signed) for field in found.changed_fields)


TRUE_OF: dict[str, Callable[[Finding], bool]] = {
    "digest_mismatch": lambda found: not found.intact or found.trust_problem == "HASH_FAILURE",
    "signature_broken": (
        lambda found: not found.valid or found.trust_problem == "SIG_CRYPTO_FAILURE"
    ),
    "coverage": lambda found: found.coverage not in COVERAGES[:2],
    "suspicious_change": (
        lambda found: found.modification not in {"NONE", "LTA_UPDATES", "FORM_FILLING"}
    ),
    "forbidden_change": lambda found: not found.docmdp_ok,
    "field_changed": lambda found: found.modification == "FORM_FILLING" and _no_signature(found),
    "revoked": lambda found: found.trust_problem.startswith("REVOKED"),
    "unknown_issuer": lambda found: found.trust_problem == "NO_CERTIFICATE_CHAIN_FOUND",
    "expired_without_proof": lambda found: found.trust_problem.startswith("OUT_OF_BOUNDS"),
    "status_unknown": (
        lambda found: (
            not found.revocation_known
            or found.trust_problem in {"TRY_LATER", "REVOCATION_OUT_OF_BOUNDS_NO_POE"}
        )
    ),
    "trust_unproven": lambda found: not found.trusted,
    "algorithm": lambda found: found.trust_problem.startswith("CRYPTO_CONSTRAINTS_FAILURE"),
}
"""What must be so of a signature before a citizen is told that sentence about it."""


@MANY
@given(findings(), st.booleans())
def test_the_sentence_told_is_true(found: Finding, ask_status: bool) -> None:
    """The reason given is one that the examination found, not merely one with the right word."""
    code = reason_of(found, ask_status)
    if found.failure:
        assert code == found.failure
    elif REASONS[code][0] != VALID:
        assert TRUE_OF[code](found)


@MANY
@given(FILES, st.booleans())
def test_word_and_reason_belong_together(examination: Examination, ask_status: bool) -> None:
    """The word shown is that of the reason shown, of the file and of each signature."""
    verdict = judge(examination, ask_status=ask_status)
    assert verdict.word == REASONS[verdict.reason_code][0]
    for signature in verdict.signatures:
        assert signature.word == REASONS[signature.reason_code][0]
        assert signature.reason_code == reason_of(signature.finding, ask_status)


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_reason_has_a_word_and_a_sentence(code: str) -> None:
    """One of the four words, and a sentence from its capital to its full stop."""
    word, sentence = REASONS[code]
    assert word in {VALID, INVALID, OPEN, UNSIGNED}
    assert sentence == sentence.strip()
    assert sentence[0].isupper()
    assert sentence.endswith(".")
    assert not sentence.endswith("..")


def test_no_two_reasons_share_a_sentence() -> None:
    """Whoever reads the sentence knows the cause."""
    assert len({sentence for _word, sentence in REASONS.values()}) == len(REASONS)


def test_the_words_of_failures_are_those_of_the_rule() -> None:
    """Sentences 4 and 7: a failure is open unless its code names what is TIDAK VALID."""
    assert {code: REASONS[code][0] for code in FAILURES} == {
        code: oracle.word_of_failure(code) for code in FAILURES
    }


# ------------------------------------------------------------------- values that break a promise


@pytest.mark.parametrize("problem", ["REVOKED", "REVOKED_NO_POE", "NO_CERTIFICATE_CHAIN_FOUND"])
def test_a_trouble_of_trust_speaks_against_a_trusted_signature_too(problem: str) -> None:
    """`trust_problem` is "empty while nothing is wrong", so a revoked one is not VALID."""
    examination = file_of(evolve(GOOD, trust_problem=problem))
    assert judge(examination).word == oracle.word_of_file(examination) != VALID


def test_every_word_of_revocation_is_bad() -> None:
    """A word of revocation that no list knows yet (REVOKED…) is TIDAK VALID like the others."""
    examination = file_of(evolve(GOOD, trusted=False, trust_problem="REVOKED_SOMEHOW"))
    assert judge(examination).word == oracle.word_of_file(examination) == INVALID


@pytest.mark.parametrize("code", ["valid", "valid_status_unchecked", "no_such_code"])
def test_no_failure_is_valid_or_an_exception(code: str) -> None:
    """Sentence 4: a failure is "never valid, never a page with error 500", whatever its code."""
    for examination in (Examination(failure=code), file_of(GOOD, evolve(GOOD, failure=code))):
        assert judge(examination).word == oracle.word_of_file(examination) == OPEN
