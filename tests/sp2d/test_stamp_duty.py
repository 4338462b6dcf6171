"""Stamp duty (bea meterai): dated figures of the region's rules, told where papers are compared."""

from typing import Any

import attrs
import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM
from leuit.work import Leuit
from leuit_sp2d.models import Paper
from leuit_sp2d.rules.chain import TEST, VERIFY
from leuit_sp2d.rules.example import EXAMPLE
from leuit_sp2d.rules.regulation import PaymentRules, faults_of_rules
from leuit_sp2d.service.paper_content import content_of
from tests.sp2d.treasury import Treasury, claim, treasury, walked
from tests.support.client import Client

ABOVE, ALWAYS = "Bermeterai Rp10.000, karena nilainya di atas Rp5.000.000", "Bermeterai Rp10.000<"
WITHOUT = "Tanpa meterai, karena nilainya tidak di atas Rp5.000.000"


@pytest.fixture
def office(app: Leuit) -> Treasury:
    """The treasury on the engine of the test."""
    return treasury(app)


def duty(rules: PaymentRules, code: str, gross: int) -> int:
    """What an item of the checklist bears."""
    [item] = [one for one in rules.items_of("LS_BJ") if one.code == code]
    return rules.duty_on(item, gross)


def test_a_receipt_bears_it_above_the_amount_and_the_statement_always() -> None:
    """Up to and including the amount a receipt bears none; other papers never."""
    for gross, bears in ((1, 0), (5_000_000, 0), (5_000_001, 10_000)):
        assert duty(EXAMPLE, "kuitansi", gross) == bears
        assert duty(EXAMPLE, "spm", gross) == 10_000
        assert duty(EXAMPLE, "kontrak", gross) == 0


def test_rules_without_it_ask_for_none() -> None:
    """An edition from before has neither figure nor mark, and is still a whole one."""
    plain = attrs.evolve(EXAMPLE, stamp_duty=0, stamp_above=0)
    assert faults_of_rules(plain) == []
    assert duty(plain, "kuitansi", 90_000_000) == duty(plain, "spm", 90_000_000) == 0


@pytest.mark.parametrize("field", ["stamp_duty", "stamp_above"])
def test_impossible_amounts_are_refused(field: str) -> None:
    """No duty is negative, and no limit beyond every payment."""
    for amount in (-1, 10**16):
        changes: dict[str, Any] = {field: amount}
        assert (field, "amount") in faults_of_rules(attrs.evolve(EXAMPLE, **changes))


@pytest.mark.ci
def test_the_checklist_tells_whether_a_paper_bears_it(office: Treasury, client: Client) -> None:
    """By the amount of the payment; the SPTJM is compared at the test alone."""
    large = walked(office, VERIFY)
    small = walked(office, VERIFY, claim(office, 5_000_000, invoice="INV/2"))
    tested = walked(office, TEST, claim(office, invoice="INV/3"))
    with client.as_(office.people[VERIFY]):
        page = client.get(f"/sp2d/payments/{large}").text
        assert ABOVE in page
        assert ALWAYS not in page
        page = client.get(f"/sp2d/payments/{small}").text
        assert WITHOUT in page
        assert ABOVE not in page
    with client.as_(office.people[TEST]):
        assert ALWAYS in client.get(f"/sp2d/payments/{tested}").text


@pytest.mark.ci
def test_the_statement_leaves_a_place_for_the_duty_of_its_day(office: Treasury) -> None:
    """What stood in the edition when the SPM was issued is printed, whatever the next one says."""
    walked(office, TEST)
    with office.app.read(SYSTEM) as view:
        duties = {
            one.kind: content_of(one).stamp_duty for one in view.session.scalars(select(Paper))
        }
    assert duties == {"SPP": 0, "SPM": 10_000}
