"""Many values in one condition: the same rows on both engines, and one plan for any number."""

import pytest
from sqlalchemy import select

from leuit.identity import SYSTEM, Unit
from leuit.storage import among
from leuit.work import Leuit
from tests.core.organisation.office import open_office


@pytest.mark.parametrize("extra", [0, 1, 700])
def test_it_finds_what_is_among_them(app: Leuit, extra: int) -> None:
    """Ids and texts, of none up to hundreds; what is not there finds nothing."""
    office = open_office(app)
    strange = [f"X{number}" for number in range(extra)]
    with app.read(SYSTEM) as view:
        dialect = app.database.dialect

        def found(column: object, values: list[object]) -> set[str]:
            return set(
                view.connection.scalars(select(Unit.code).where(among(dialect, column, values)))
            )

        assert found(Unit.code, ["DIN.A", "KEC", *strange]) == {"DIN.A", "KEC"}
        assert found(Unit.id, [office.unit("DIN.B")]) == {"DIN.B"}
        assert found(Unit.code, list(strange)) == set()


@pytest.mark.parametrize("engine", ["postgresql"])
def test_one_statement_serves_any_number(app: Leuit) -> None:
    """There the text that is sent does not grow with the values, so that its plan is kept."""
    with app.read(SYSTEM) as view:
        texts = {
            str(
                select(Unit.id)
                .where(among("postgresql", Unit.code, ["A"] * count))
                .compile(view.connection)
            )
            for count in (1, 3, 500)
        }
    assert len(texts) == 1
