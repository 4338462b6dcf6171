"""Drift of a device's clock: what its uploads prove and what they do not."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from leuit_attendance.wire import WireRecord, estimate_drift, record_lead, upload_lead

WIB = 25200
AT = datetime(2026, 10, 5, 7, 0, 0)
NOW = datetime(2026, 10, 5, 0, 0, 0, tzinfo=UTC)


def _leads(*seconds: int) -> list[timedelta]:
    return [timedelta(seconds=second) for second in seconds]


def test_wib_is_seven_hours_ahead_of_utc() -> None:
    """Vector 26: 07:00 WIB is midnight UTC, so such a record at that instant leads by nothing."""
    assert record_lead(NOW, AT, WIB) == timedelta(0)
    assert record_lead(NOW, AT - timedelta(seconds=1), WIB) == timedelta(seconds=-1)


def test_offset_of_the_record_goes_before_the_region() -> None:
    """A record that tells its zone is taken at its word, others are in the region's zone."""
    told = WireRecord("1", AT, offset_seconds=WIB)
    untold = WireRecord("1", AT)
    assert upload_lead(NOW, [told], 0) == timedelta(0)
    assert upload_lead(NOW, [untold], WIB) == timedelta(0)
    assert upload_lead(NOW, [untold], WIB + 3600) == timedelta(hours=-1)


def test_newest_record_counts() -> None:
    """A back-log in an upload does not make the clock look slow."""
    records = [WireRecord("1", AT - timedelta(hours=hour)) for hour in (5, 0, 3)]
    assert upload_lead(NOW, records, WIB) == timedelta(0)
    assert upload_lead(NOW, [], WIB) is None


def test_ahead_shows_at_once() -> None:
    """One record from the future proves a clock ahead."""
    drift = estimate_drift(_leads(-4000, 600))
    assert drift is not None
    assert (drift.seconds, drift.state, drift.uploads) == (600, "ahead", 2)


def test_behind_needs_several_uploads() -> None:
    """A clock behind looks like a slow line until five uploads agree."""
    unsure, sure = estimate_drift(_leads(*[-900] * 4)), estimate_drift(_leads(*[-900] * 5))
    assert unsure is not None
    assert sure is not None
    assert (unsure.state, sure.state, sure.seconds) == ("unknown", "behind", -900)


def test_one_prompt_upload_clears_the_clock() -> None:
    """Among many delayed uploads a single prompt one shows that the clock is right."""
    drift = estimate_drift(_leads(*[-900] * 10, -2, *[-3600] * 5))
    assert drift is not None
    assert (drift.state, drift.seconds) == ("right", -2)


def test_old_uploads_are_forgotten() -> None:
    """Only the last twenty uploads count, so a corrected clock is right again."""
    assert estimate_drift([]) is None
    drift = estimate_drift(_leads(600, *[-1] * 20))
    assert drift is not None
    assert drift.state == "right"


@given(
    st.integers(-7200, 7200),
    st.lists(st.integers(0, 100_000), min_size=5, max_size=19),
    st.integers(0, 50),
)
def test_estimate_is_the_drift_less_the_least_delay(
    drift: int, delays: list[int], prompt: int
) -> None:
    """For any true drift and delays, the estimate is never above it and at most one delay below."""
    received = [NOW + timedelta(seconds=delay) for delay in (*delays, prompt)]
    at = AT + timedelta(seconds=drift)
    found = estimate_drift([record_lead(moment, at, WIB) for moment in received])
    assert found is not None
    assert drift - prompt <= found.seconds <= drift
