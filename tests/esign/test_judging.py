"""Examining and judging real files: what pyHanko signed is told for what it is."""

import datetime as dt

import pytest
from pyhanko.sign.fields import FieldMDPAction, FieldMDPSpec, MDPPerm, SigFieldSpec

from leuit_esign.judging.examiner import Examiner
from leuit_esign.judging.instructions import Instructions
from leuit_esign.rules import judge
from tests.esign.attacks import CATALOG, FIELD, FORM, page_letter, signed, updated
from tests.esign.conftest import Examine, Judge
from tests.esign.letters import Pen, letter, pdf_of, stream, with_fields


@pytest.mark.parametrize("holder", ["bupati", "sekda", "kadis"])
def test_a_good_signature_is_valid(verdict_of: Judge, pen: Pen, holder: str) -> None:
    """A signature of a trusted holder over an untouched letter is VALID, and says who signed."""
    verdict = verdict_of(pen.sign(letter(), holder))
    assert (verdict.word, verdict.reason_code) == ("VALID", "valid")
    [one] = verdict.signatures
    assert one.finding.signer == pen.authority.holders[holder].name
    assert (one.level, one.finding.coverage, one.finding.modification) == (
        "B-B",
        "ENTIRE_FILE",
        "NONE",
    )
    assert one.finding.signed_at is not None
    assert one.finding.signed_at.tzinfo == dt.UTC
    assert not one.finding.time_proven


@pytest.mark.parametrize(
    "holder, problem, word, reason",
    [
        (
            "habis",
            "OUT_OF_BOUNDS_NO_POE",
            "TIDAK DAPAT DIVERIFIKASI",
            "expired_without_proof",
        ),
        ("dicabut", "REVOKED_NO_POE", "TIDAK VALID", "revoked"),
        ("asing", "NO_CERTIFICATE_CHAIN_FOUND", "TIDAK DAPAT DIVERIFIKASI", "unknown_issuer"),
    ],
)
def test_trust_problems_are_three_sentences(
    verdict_of: Judge, pen: Pen, holder: str, problem: str, word: str, reason: str
) -> None:
    """ES-33 and ES-43a: expired, revoked and foreign certificates get a word and reason each."""
    verdict = verdict_of(pen.sign(letter(), holder))
    assert (verdict.word, verdict.reason_code) == (word, reason)
    assert verdict.signatures[0].finding.trust_problem == problem
    assert verdict.signatures[0].finding.intact


@pytest.mark.parametrize("level", ["B-T", "B-LT", "B-LTA"])
def test_levels_are_told_and_their_time_is_proven(verdict_of: Judge, pen: Pen, level: str) -> None:
    """The level follows from the file; from B-T on the time is that of the time stamp."""
    verdict = verdict_of(pen.sign(letter(), "bupati", level=level))
    assert verdict.word == "VALID"
    assert verdict.signatures[0].level == level
    assert verdict.signatures[0].finding.time_proven


def test_two_signatures_to_the_highest_level(verdict_of: Judge, pen: Pen) -> None:
    """ES-26: of two B-LTA signatures the first covers its revision, and both are valid."""
    first = pen.sign(letter(), "bupati", "TTE1", "B-LTA")
    verdict = verdict_of(pen.sign(first, "sekda", "TTE2", "B-LTA"))
    told = [
        (one.finding.field, one.word, one.finding.coverage, one.finding.modification)
        for one in verdict.signatures
    ]
    assert told == [
        ("TTE1", "VALID", "ENTIRE_REVISION", "FORM_FILLING"),
        ("TTE2", "VALID", "ENTIRE_REVISION", "LTA_UPDATES"),
    ]


def test_stored_validation_data_need_no_network(verdict_of: Judge, pen: Pen) -> None:
    """ES-35: a B-LTA file is judged VALID without asking anybody."""
    verdict = verdict_of(pen.sign(letter(), "bupati", level="B-LTA"), online=False)
    assert verdict.reason_code == "valid"


def test_an_unasked_issuer_is_told(examine: Examine, pen: Pen) -> None:
    """ES-36: without network nothing tells that a B-B certificate was not revoked; it is said so,
    and where the status must be known the signature stays open.
    """
    found = examine(pen.sign(letter(), "bupati"), online=False)
    assert not found.findings[0].revocation_known
    assert judge(found).reason_code == "valid_status_unchecked"
    strict = judge(found, ask_status=True)
    assert (strict.word, strict.reason_code) == ("TIDAK DAPAT DIVERIFIKASI", "status_unknown")


def test_prepared_fields_take_signatures_after_a_certifying_one(
    verdict_of: Judge, pen: Pen
) -> None:
    """ES-29: certified for form filling, with both fields prepared, both are VALID."""
    prepared = with_fields(letter(), "TTE1", "TTE2")
    first = pen.sign(
        prepared, "bupati", "TTE1", certify=True, docmdp_permissions=MDPPerm.FILL_FORMS
    )
    assert verdict_of(pen.sign(first, "sekda", "TTE2")).word == "VALID"


def test_a_new_field_breaks_a_certified_letter(verdict_of: Judge, pen: Pen) -> None:
    """ES-28: certified for form filling, a second signature in a new field makes it TIDAK VALID."""
    first = pen.sign(
        letter(), "bupati", "TTE1", certify=True, docmdp_permissions=MDPPerm.FILL_FORMS
    )
    verdict = verdict_of(pen.sign(first, "sekda", "TTE2"))
    assert verdict.word == "TIDAK VALID"
    assert [one.word for one in verdict.signatures] == ["TIDAK VALID", "VALID"]


@pytest.mark.parametrize("last", [False, True])
def test_locking_all_fields_is_for_the_last_signature(
    verdict_of: Judge, pen: Pen, *, last: bool
) -> None:
    """ES-30 and ES-31: FieldMDP ALL on the first of two breaks it, on the last it does not."""
    locking = FieldMDPSpec(FieldMDPAction.ALL)

    def spec(name: str, *, locks: bool) -> SigFieldSpec:
        return SigFieldSpec(name, box=(50, 50, 150, 80), field_mdp_spec=locking if locks else None)

    first = pen.sign(letter(), "bupati", "TTE1", spec=spec("TTE1", locks=not last))
    both = pen.sign(first, "sekda", "TTE2", spec=spec("TTE2", locks=last))
    assert verdict_of(both).word == ("VALID" if last else "TIDAK VALID")


@pytest.mark.parametrize("prepared", [True, False])
def test_fields_with_a_common_parent(verdict_of: Judge, pen: Pen, *, prepared: bool) -> None:
    """Prepared before the first signature they are signed one after another. A new one below a
    parent that was signed changes that parent, which pyHanko allows nobody: a known limit.
    """
    pdf = with_fields(letter(), "TTE.Satu", "TTE.Dua") if prepared else letter()
    both = pen.sign(pen.sign(pdf, "bupati", "TTE.Satu"), "sekda", "TTE.Dua")
    assert verdict_of(both).word == ("VALID" if prepared else "TIDAK VALID")


def test_the_worst_signature_decides(verdict_of: Judge, pen: Pen) -> None:
    """A good letter that a foreigner signs too is no longer VALID as a whole."""
    first = pen.sign(letter(), "bupati", "TTE1")
    verdict = verdict_of(pen.sign(first, "asing", "TTE2"))
    assert (verdict.word, verdict.reason_code) == ("TIDAK DAPAT DIVERIFIKASI", "unknown_issuer")
    assert [one.word for one in verdict.signatures] == ["VALID", "TIDAK DAPAT DIVERIFIKASI"]


def test_a_time_stamp_before_expiry_keeps_a_signature_good(examine: Examine, pen: Pen) -> None:
    """A stamped signature stays VALID after its certificate expired (2036); without, it is open.

    Nobody can be asked in 2037 from here, and the reason says so.
    """
    later = dt.datetime(2037, 1, 1, tzinfo=dt.UTC)
    for level, reason in (
        ("B-B", "expired_without_proof"),
        ("B-T", "valid_status_unchecked"),
        ("B-LT", "valid_status_unchecked"),
        ("B-LTA", "valid_status_unchecked"),
    ):
        signed = pen.sign(letter(), "bupati", level=level)
        assert (level, judge(examine(signed, online=False, moment=later)).reason_code) == (
            level,
            reason,
        )


@pytest.mark.parametrize(
    "pdf, reason",
    [
        (letter(), "no_signature"),
        (b"", "not_pdf"),
        (b"GIF89a", "not_pdf"),
        (b"%PDF-1.7\n", "unreadable"),
        (letter()[:-200], "unreadable"),
        (pdf_of([b"<</Type/Catalog/Pages 1 0 R/AcroForm 1 0 R/Fields[1 0 R]>>"]), "no_signature"),
    ],
)
def test_what_is_no_signed_pdf(verdict_of: Judge, pdf: bytes, reason: str) -> None:
    """ES-43: an unsigned PDF has no signature; what is none, or broken, cannot be verified."""
    assert verdict_of(pdf).reason_code == reason


@pytest.mark.parametrize(
    "number, body",
    [
        (CATALOG, stream(b"x")),
        (FORM, b"null"),
        (FORM, b"<</Fields 7>>"),
        (FORM, b"<</Fields[<</FT/Sig/T(a)>>]>>"),
        (FIELD, b"null"),
        (FIELD, b"<</FT/Sig/V 11 0 R>>"),
        (FIELD, b"<</FT/Sig/T null/V 11 0 R>>"),
        (FIELD, b"<</T(a)/Kids 7>>"),
        (FIELD, b"<</T(a)/Kids[<</FT/Sig/T(b)/V 11 0 R>>]>>"),
    ],
)
def test_a_broken_form_is_not_an_unsigned_one(
    verdict_of: Judge, pen: Pen, number: int, body: bytes
) -> None:
    """Where the way to the signatures is broken, nobody can say that there is none."""
    verdict = verdict_of(updated(signed(pen), {number: body}))
    assert (verdict.word, verdict.reason_code) == ("TIDAK DAPAT DIVERIFIKASI", "unreadable")


@pytest.mark.parametrize(
    "catalog, more",
    [
        (b"", b""),
        (b"/AcroForm 6 0 R", b"<<>>"),
        (b"/AcroForm 6 0 R", b"<</Fields[]/DA(/Helv 0 Tf)>>"),
        (b"/AcroForm<</Fields[6 0 R]>>", b"<</FT/Sig/T(TTE1)>>"),
        (b"/AcroForm<</Fields[6 0 R]>>", b"<</FT/Tx/T(a)/V(b)/Kids[7 0 R]>>"),
        (b"/AcroForm<</Fields[6 0 R]>>", b"<</FT/Tx/T(a)/V(b)/Kids[]>>"),
    ],
)
def test_forms_without_signatures_are_unsigned(
    verdict_of: Judge, catalog: bytes, more: bytes
) -> None:
    """Empty forms, empty signature fields and other fields are sound, and none is a signature."""
    pdf = page_letter(b"0 g", more, b"<</Subtype/Widget/Parent 6 0 R>>", catalog=catalog)
    assert verdict_of(pdf).word == "TIDAK ADA TANDA TANGAN"


def test_limits_end_in_the_third_answer(tmp_path: object, pen: Pen) -> None:
    """ES-40: a file that takes too long is answered, and the next one is examined as always."""
    import pathlib

    path = pathlib.Path(str(tmp_path)) / "letter.pdf"
    path.write_bytes(pen.sign(letter(), "bupati"))
    instructions = Instructions(str(path), (pen.authority.root_pem,))
    with Examiner(seconds=0.0) as impatient:
        assert judge(impatient.examine(instructions)).reason_code == "time_out"
    with Examiner() as patient:
        assert judge(patient.examine(Instructions(str(path), max_bytes=10))).reason_code == (
            "too_large"
        )
        assert judge(patient.examine(instructions)).word == "VALID"
        process = patient._process
        assert process is not None
        process.kill()
        process.wait()
        assert judge(patient.examine(instructions)).word == "VALID"
