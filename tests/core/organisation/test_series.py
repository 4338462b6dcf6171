"""A dated value against a calendar in which each day is set by hand."""

import datetime as dt

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leuit.builtin.organisation.series import LaterChangeError, Span, set_from
from leuit.values import new_id

START, DAYS = dt.date(2026, 1, 1), 12
Edit = tuple[str, int, int | None]
edits = st.lists(
    st.tuples(
        st.sampled_from("abc"),
        st.integers(0, DAYS - 2),
        st.none() | st.integers(1, 5),
    ),
    max_size=6,
)


def day(number: int) -> dt.date:
    return START + dt.timedelta(days=number)


@example(edits=[("b", 0, 1), ("a", 1, None), ("b", 0, 1)])
@given(edits=edits)
def test_a_value_holds_from_its_day_and_no_earlier_day_changes(edits: list[Edit]) -> None:
    """After each accepted change the days before are as they were, and the day has the value."""
    spans: list[Span[str]] = []
    for value, start, length in edits:
        before = [_value(spans, day(n)) for n in range(DAYS)]
        until = None if length is None else day(start + length)
        try:
            step = set_from(spans, value, day(start), until)
        except LaterChangeError:
            assert any(span.valid_from > day(start) for span in spans)
            continue
        spans = _applied(spans, step.kind, step.span, value, day(start), until)
        after = [_value(spans, day(n)) for n in range(DAYS)]
        assert after[:start] == before[:start]
        assert after[start] == value
        if step.kind == "same":
            assert after == before, "what already holds is left alone, with what follows it"
        elif until is not None:
            assert _value(spans, until) is None
        assert all(sum(span.covers(day(n)) for span in spans) <= 1 for n in range(DAYS))


def _applied(
    spans: list[Span[str]],
    kind: str,
    old: Span[str] | None,
    value: str,
    on: dt.date,
    until: dt.date | None,
) -> list[Span[str]]:
    rest = [span for span in spans if span is not old]
    if kind == "same":
        return spans
    if kind == "open":
        kept = [Span(old.id, old.value, old.valid_from, on)] if old else []
        return [*rest, *kept, Span(new_id(), value, on, until)]
    assert old is not None
    return [*rest, Span(old.id, value, old.valid_from, until)]


def _value(spans: list[Span[str]], on: dt.date) -> str | None:
    return next((span.value for span in spans if span.covers(on)), None)


def test_a_plan_for_a_later_day_is_not_thrown_away() -> None:
    """What is already decided for a later day stops an earlier change instead of vanishing."""
    later = Span(new_id(), "a", day(5), None)
    with pytest.raises(LaterChangeError, match="6 Januari 2026"):
        set_from([later], "b", day(2))
