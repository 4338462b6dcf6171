"""What TPP loses is what all days of the month deduct, and no claim of a signed recap is lost."""

import datetime as dt
from decimal import Decimal

import attrs
from hypothesis import given
from hypothesis import strategies as st

from leuit.values import ManualClock
from leuit.work import Leuit, Worker
from leuit_attendance.rules import ClosedDay, DayVerdict, deduction_of, sum_month
from leuit_attendance.service.recap_content import recap_content
from leuit_attendance.service.unit_scope import readable_unit
from tests.attendance.pages.world import TABLE, World
from tests.support.client import Client

from .signers import with_port
from .test_claims import OCTOBER, PATH, PAY, Paying, newest, signed_by_hand


def test_a_mover_loses_the_same_in_both_units(world: World, app: Leuit) -> None:
    """Staf A came to the bidang within the month: its recap shows few days, and cuts for all."""
    found = {}
    for code in ("DIN", "DIN.B"):
        with app.read(world.office.staff(1)) as view:
            unit = readable_unit(view, code, "attendance.recap.make")
            content = recap_content(view, unit, OCTOBER)
            found[code] = content.deductions[world.person(4)]
            (shown,) = (one for one in content.values["people"] if one["name"] == "Staf A")
            if code == "DIN.B":
                assert shown["tpp"] == "1,50%"
                assert any("hari di unit lain" in str(note) for note in content.values["notes"])
    assert found == {"DIN": 150, "DIN.B": 150}


def test_a_claim_waits_for_a_service_that_is_away(
    world: World, app: Leuit, clock: ManualClock
) -> None:
    """Nobody pays claims when the job runs: it is tried again, until the service is back."""
    paying = Paying()
    with_port(app, paying, PAY)
    signed_by_hand(world)
    with_port(app, None, PAY)
    Worker(app, name="test").run_pending()
    assert newest(app).claim_state == "asked"
    with_port(app, paying, PAY)
    clock.advance(dt.timedelta(hours=1))
    Worker(app, name="test").run_pending()
    assert len(paying.asked) == 1
    assert newest(app).claim_state == "open"


def test_a_recap_signed_before_the_service_came_is_handed_over_by_a_button(
    world: World, app: Leuit, client: Client
) -> None:
    """The page offers it while somebody pays and the recap has not asked; twice is once."""
    document_id = signed_by_hand(world)
    client.sign_in(world.office.staff(1))
    assert "Serahkan klaim TPP" not in client.get(PATH).text
    provider = Paying()
    with_port(app, provider, PAY)
    assert "Serahkan klaim TPP" in client.get(PATH).text
    for _again in range(2):
        assert client.post_form(f"/attendance/recaps/{document_id}/claim", {}).status_code == 303
    world.work_off()
    assert len(provider.asked) == 1
    shown = client.get(PATH).text
    assert "Serahkan klaim TPP" not in shown
    assert "menunggu diambil PPTK" in shown


DAY = dt.date(2026, 10, 1)


@given(
    st.lists(st.tuples(st.integers(0, 90), st.integers(0, 400), st.integers(0, 100)), max_size=31),
    st.integers(0, 6),
    st.sampled_from([None, 300, 4_000]),
)
def test_the_figure_alone_is_that_of_the_sums(
    drawn: list[tuple[int, int, int]], free: int, cap: int | None
) -> None:
    """What is deducted is what the month's sums say, with free days and cap."""
    percent = None if cap is None else Decimal(cap) / 100
    table = attrs.evolve(TABLE, free_late_days=free, cap_percent=percent)
    days = [ClosedDay(late, cut + late_cut, late_cut) for late, cut, late_cut in drawn]
    verdicts = [
        DayVerdict(
            DAY + dt.timedelta(days=number),
            "hadir",
            late_minutes=day.late_minutes,
            late_deduction=day.late_deduction,
            early_deduction=day.deduction - day.late_deduction,
        )
        for number, day in enumerate(days)
    ]
    assert deduction_of(days, table) == sum_month(verdicts, table).deduction
