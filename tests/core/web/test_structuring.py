"""What a body, a form or a query becomes: read to the letter, every fault by its path."""

from typing import Annotated, Any

import attrs
import msgspec
import pytest

from leuit.values import InvalidInputError
from leuit.web.structuring import structure, structure_form, structure_query


@attrs.frozen
class Body:
    """One field of each sort."""

    number: Annotated[int, msgspec.Meta(ge=1, le=9)]
    text: Annotated[str, msgspec.Meta(max_length=3)] = ""
    truth: bool = False
    plain: int = 0
    maybe: str | None = None


@pytest.mark.parametrize(
    "given, path",
    [
        ({"number": 1.0}, "number"),
        ({"number": True}, "number"),
        ({"number": "1"}, "number"),
        ({"number": None}, "number"),
        ({"number": 0}, "number"),
        ({"number": 10}, "number"),
        ({"number": 1, "plain": 1.9}, "plain"),
        ({"number": 1, "text": None}, "text"),
        ({"number": 1, "text": 12}, "text"),
        ({"number": 1, "text": "abcd"}, "text"),
        ({"number": 1, "truth": 1}, "truth"),
        ({"number": 1, "truth": "true"}, "truth"),
        ({"number": 1, "maybe": 3}, "maybe"),
    ],
)
def test_nothing_is_guessed_in_json(given: dict[str, Any], path: str) -> None:
    """A float, a truth or null in the place of a number or text is a fault of that field."""
    with pytest.raises(InvalidInputError) as told:
        structure(given, Body)
    assert [fault.path for fault in told.value.fields] == [path]


def test_what_fits_is_taken_as_it_is() -> None:
    """The bounds themselves belong to what is allowed, and null to what may be empty."""
    whole = {"number": 9, "text": "abc", "truth": True, "plain": -1, "maybe": None}
    assert structure(whole, Body) == Body(9, "abc", True, -1, None)


def test_texts_of_forms_and_queries_become_numbers_by_their_digits() -> None:
    """`7` is seven; `+7`, `7.0`, `٧`, and what is out of bounds, are faults."""
    assert structure_form({"number": "7", "text": "a"}, Body) == Body(7, "a")
    assert structure_query({"number": "7", "text": ""}, Body) == Body(7)
    for wrong in ("+7", "7.0", "٧", "-7", "10", "0", " 7", "7" * 30):
        for read in (structure_form, structure_query):
            with pytest.raises(InvalidInputError) as told:
                read({"number": wrong}, Body)
            assert [fault.path for fault in told.value.fields] == ["number"]
