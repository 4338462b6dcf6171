"""What is owed of an order, and what lateness costs, beside slow accounts of the same."""

import datetime as dt
from decimal import ROUND_FLOOR, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leuit_ecatalog.rules.deliveries import Part, is_complete, standings
from leuit_ecatalog.rules.late_fine import LatePart, late_fine

DUE = dt.date(2026, 11, 30)
values = st.integers(0, 10**12)
days = st.dates(dt.date(2026, 10, 1), dt.date(2027, 12, 31))
late_parts = st.lists(st.builds(LatePart, value=values, came_on=days), max_size=6)


@given(late_parts, days, st.integers(0, 100), st.integers(0, 100))
def test_each_part_is_fined_for_its_own_days(
    parts: list[LatePart], due: dt.date, per_mille: int, most: int
) -> None:
    """Day by day: one part in a thousand of what is late, until the most is reached."""
    wanted, longest = 0, 0
    for part in parts:
        count, day = 0, due
        while day < part.came_on:
            day += dt.timedelta(days=1)
            count += 1
        longest = max(longest, count)
        fined = Decimal(part.value) * per_mille * count / 1_000
        limit = Decimal(part.value) * most / 100
        wanted += int(min(fined, limit).to_integral_value(ROUND_FLOOR))
    assert late_fine(parts, due, per_mille, most) == (longest, wanted)


@pytest.mark.parametrize(
    "came_on, fine",
    [
        (dt.date(2026, 11, 30), 0),
        (dt.date(2026, 12, 1), 10_000),
        (dt.date(2026, 12, 7), 70_000),
        (dt.date(2027, 1, 19), 500_000),
        (dt.date(2027, 2, 19), 500_000),
    ],
)
def test_the_vector_of_the_fine(came_on: dt.date, fine: int) -> None:
    """EC-19: seven days of Rp10.000.000 cost Rp70.000; from the fiftieth day on five percent."""
    assert late_fine([LatePart(10_000_000, came_on)], DUE, 1, 5)[1] == fine


@given(st.data())
def test_every_piece_is_owed_coming_or_accepted(data: st.DataObject) -> None:
    """Piece by piece: whatever was sent and returned, nothing is counted twice and nothing lost."""
    ordered = {"a": data.draw(st.integers(1, 20)), "b": data.draw(st.integers(1, 20))}
    pieces = {line: ["owed"] * count for line, count in ordered.items()}
    parts: list[Part] = []
    for _turn in range(data.draw(st.integers(0, 6))):
        line = data.draw(st.sampled_from(["a", "b"]))
        owed = [place for place, state in enumerate(pieces[line]) if state == "owed"]
        if not owed:
            continue
        sent = owed[: data.draw(st.integers(1, len(owed)))]
        inspected = data.draw(st.booleans())
        accepted = data.draw(st.integers(0, len(sent))) if inspected else None
        for number, place in enumerate(sent):
            state = "coming" if accepted is None else "accepted" if number < accepted else "owed"
            pieces[line][place] = state
        parts.append(Part(line, len(sent), accepted))
    found = standings(ordered, parts)
    for line, states in pieces.items():
        one = found[line]
        assert (one.owed, one.coming, one.accepted) == tuple(
            states.count(state) for state in ("owed", "coming", "accepted")
        )
    whole = all(state == "accepted" for states in pieces.values() for state in states)
    assert is_complete(found) is whole
