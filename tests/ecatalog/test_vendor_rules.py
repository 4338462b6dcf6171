"""What is verified and which sanctions hold: any case against a slow reading of the rule."""

import calendar
import datetime as dt

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_ecatalog.rules.legal_forms import (
    LEGAL_FORMS,
    PAPER_KINDS,
    form_of,
    missing_papers,
    papers_of,
)
from leuit_ecatalog.rules.sanctions import (
    EFFECTS,
    EXAMPLE,
    SanctionKind,
    SanctionRules,
    effects_of,
    end_after,
    end_of,
    faults_of_rules,
    holds_on,
)
from leuit_ecatalog.rules.vendor_checks import (
    ACCEPT,
    CHECKED_FIELDS,
    OUTCOMES,
    REASONS,
    REFUSE,
    RETURN,
    Finding,
    faults_of,
    field_title,
    fields_to_check,
    reasons_of,
)

DAYS = st.dates(dt.date(2025, 1, 1), dt.date(2027, 12, 31))


@attrs.frozen
class Dates:
    """The dates of a sanction."""

    since: dt.date
    until: dt.date | None
    lifted_on: dt.date | None


@given(DAYS, st.integers(1, 800), st.none() | st.integers(0, 900), st.booleans(), DAYS)
def test_a_sanction_holds_between_its_days(
    since: dt.date, length: int, lifted: int | None, endless: bool, day: dt.date
) -> None:
    """It holds on each day from its first on, counted one by one, until the day it ends."""
    until = None if endless else since + dt.timedelta(days=length)
    lifted_on = None if lifted is None else since + dt.timedelta(days=lifted)
    sanction = Dates(since, until, lifted_on)
    held, at = set(), since
    while at <= dt.date(2027, 12, 31) and at not in (until, lifted_on):
        held.add(at)
        at += dt.timedelta(days=1)
    assert holds_on(sanction, day) == (day in held)
    last = end_of(sanction)
    assert last is None or not holds_on(sanction, last)


@given(DAYS, st.integers(1, 120))
def test_months_are_counted_in_the_calendar(since: dt.date, months: int) -> None:
    """The end is the same day so many months later, walked month by month, or that month's last."""
    year, month = since.year, since.month
    for _step in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    day = min(since.day, calendar.monthrange(year, month)[1])
    assert end_after(since, months) == dt.date(year, month, day)


@pytest.mark.parametrize(
    "since,months,end",
    [
        ("2026-10-05", 6, "2027-04-05"),
        ("2026-08-31", 6, "2027-02-28"),
        ("2027-08-31", 6, "2028-02-29"),
        ("2026-12-31", 12, "2027-12-31"),
        ("2026-10-05", 24, "2028-10-05"),
    ],
)
def test_six_months_and_two_years(since: str, months: int, end: str) -> None:
    """The lengths of Pasal 80 end where people expect them to."""
    assert end_after(dt.date.fromisoformat(since), months) == dt.date.fromisoformat(end)


def test_a_sanction_of_no_months_has_no_end() -> None:
    """Zero months is without end."""
    assert end_after(dt.date(2026, 10, 5), 0) is None


def test_effects_add_up() -> None:
    """What blocks stops everything; what is taken down takes no orders; none stops nothing."""
    assert effects_of([]) == frozenset()
    assert effects_of([("no_orders",)]) == {"no_orders"}
    assert effects_of([("taken_down",)]) == {"no_orders", "taken_down"}
    assert effects_of([("no_orders",), ("blocked",)]) == set(EFFECTS)


def test_the_example_is_pasal_80() -> None:
    """Six months for an order, a year for the contract or a withdrawal, two for false papers."""
    assert faults_of_rules(EXAMPLE) == []
    assert {kind.code: kind.months for kind in EXAMPLE.kinds} == {
        "pesanan": 6,
        "kontrak": 12,
        "mundur": 12,
        "palsu": 24,
    }
    assert all("Pasal 80" in kind.basis for kind in EXAMPLE.kinds)


def test_an_edition_that_cannot_be_used_is_refused() -> None:
    """No kinds, a code twice, odd codes, months out of range, no effects: each by its path."""
    good = EXAMPLE.kinds[0]
    bad = SanctionKind("a b", "", "", 121, (), "")
    assert faults_of_rules(SanctionRules(())) == [("kinds", "empty")]
    assert faults_of_rules(SanctionRules((good, good, bad))) == [
        ("kinds", "twice"),
        ("kinds[2].code", "code"),
        ("kinds[2].months", "months"),
        ("kinds[2].effects", "effects"),
    ]


ASKED = ("name", "nib", "paper.nib")
_FINDING = st.builds(
    Finding,
    st.sampled_from((*ASKED, "kbli")),
    st.sampled_from(("", "nib_unknown", "name_mismatch", "document_expired", "other", "none")),
    st.sampled_from(("", "catatan")),
)


@given(st.lists(_FINDING, max_size=5), st.sampled_from((*OUTCOMES, "")))
def test_an_answer_is_taken_when_it_is_whole(findings: list[Finding], outcome: str) -> None:
    """It is taken exactly when every field is judged once, each fault has a reason of its field,
    and the outcome fits: all right to accept, something wrong for the other two.
    """
    allowed = {
        "name": ("name_mismatch", "other"),
        "nib": ("nib_unknown", "other"),
        "paper.nib": ("document_expired", "other"),
    }
    whole = sorted(one.field for one in findings) == sorted(ASKED)
    reasons = whole and all(
        not one.reason or (one.reason in allowed[one.field] and (one.reason != "other" or one.note))
        for one in findings
    )
    wrong = any(one.reason for one in findings)
    fits = (outcome == ACCEPT and not wrong) or (outcome in (RETURN, REFUSE) and wrong)
    assert (faults_of(ASKED, findings, outcome) == []) == bool(whole and reasons and fits)


def test_every_fault_is_told_at_its_field() -> None:
    """Three fields of which one is not judged and one has another field's reason: both at once."""
    found = [Finding("name", "nib_unknown"), Finding("nib", "other", "  ")]
    told = faults_of(ASKED, found, RETURN)
    assert [(fault.path, fault.code) for fault in told] == [
        ("findings.name", "reason"),
        ("findings.nib", "note"),
        ("findings.paper.nib", "not_judged"),
    ]


def test_a_long_note_is_refused() -> None:
    """A note longer than its column is told at its field."""
    found = [Finding("nib", "nib_unknown", "x" * 1_001)]
    assert [fault.code for fault in faults_of(("nib",), found, RETURN)] == ["too_long"]


def test_what_a_round_is_about() -> None:
    """A registration is verified whole; a change in the fields of what it changes."""
    assert fields_to_check(None, ["npwp", "nib"]) == (*CHECKED_FIELDS, "paper.nib", "paper.npwp")
    assert fields_to_check({"account_number", "taxable"}, []) == ("scale", "account")
    assert fields_to_check(set(), ["akta"]) == ("paper.akta",)


def test_every_field_has_words_and_reasons() -> None:
    """Each field and paper is called something else than its code, and may fail for a reason."""
    fields = [*CHECKED_FIELDS, *(f"paper.{kind}" for kind in PAPER_KINDS)]
    for field in fields:
        assert field_title(field) != field or field.isupper()
        assert {"other"} < {reason.code for reason in reasons_of(field)}
    used = {reason.code for field in fields for reason in reasons_of(field)}
    assert used == set(REASONS)
    assert field_title("paper.gone") == "paper.gone"
    assert reasons_of("gone") == ()


def test_papers_by_legal_form() -> None:
    """A firm brings its deed and no KTP of anybody; a person and a UD bring the KTP and no deed."""
    firms = {code for code, form in LEGAL_FORMS.items() if form.is_firm}
    assert firms == {"CV", "PT", "koperasi", "BUMDes"}
    for code in LEGAL_FORMS:
        kinds = {kind.code for kind in papers_of(code)}
        assert ("akta" in kinds) == (code in firms) == ("ktp" not in kinds)
        assert {"nib", "npwp", "pkp", "rekening", "izin"} <= kinds
    assert form_of("") is LEGAL_FORMS["perorangan"]
    left = missing_papers("CV", {"nib", "npwp", "akta", "pkp"})
    assert [kind.code for kind in left] == ["surat_kerja", "rekening"]
