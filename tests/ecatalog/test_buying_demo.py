"""The demonstration buys: purchases in several states, made once, none where goods are absent."""

import datetime as dt

import pytest
from sqlalchemy import select

from leuit.builtin.organisation import create_unit
from leuit.identity import SYSTEM, Unit
from leuit.plugins import CommandContext, Host
from leuit.values import RecordRef
from leuit.work import Leuit
from leuit_ecatalog.demo import buying
from leuit_ecatalog.demo.buyers import OFFICE, accounts
from leuit_ecatalog.demo.buying import WANTED, fill_buying
from leuit_ecatalog.models import Purchase, RupPackage
from leuit_ecatalog.service.buying_edition import buying_on
from tests.ecatalog.buying_office import Office, new_shop, office, person, product, told


def states(made: Office) -> dict[str, str]:
    """What was bought, and how far it came."""
    with made.app.read(SYSTEM) as view:
        return {one.need: one.state for one in view.session.scalars(select(Purchase))}


@pytest.fixture
def made(app: Leuit, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The office with the demonstration's unit beside it, and two people who put rules in force."""
    made = office(app, None)
    with app.change(SYSTEM) as work:
        root = work.session.scalars(select(Unit.id).where(Unit.code == "KAB")).one()
        cast = {
            "personnel": person(work, "Dadang Contoh", root, "core.administrator"),
            "regent": person(work, "Sri Contoh", root, "core.regulation_activator"),
        }
        told(work)
    monkeypatch.setattr(buying, "cast_identity", lambda _app, key: cast[key])
    with app.change(SYSTEM) as work:
        above = work.session.scalars(select(Unit).where(Unit.code == "KAB")).one()
        create_unit(
            work,
            code=OFFICE,
            name="Diskominfo SP",
            short=OFFICE,
            kind="dinas",
            parent_id=above.id,
            on=dt.date(2020, 1, 1),
        )
    return made


def test_without_its_vendors_the_demonstration_has_rules_plan_and_people(
    made: Office, app: Leuit, host: Host
) -> None:
    """What the catalogue does not have is left out, and nothing fails."""
    fill_buying(CommandContext(app, host))
    assert states(made) == {}
    with app.read(SYSTEM) as view:
        assert len(view.session.scalars(select(RupPackage)).all()) == 4
        before = buying_on(view, dt.date(2025, 4, 29)).figures
        after = buying_on(view, dt.date(2025, 4, 30)).figures
    assert (before.price_paper(10**9).paper, after.price_paper(10**9).paper) == ("", "hps")
    assert len(accounts()) == 3


def test_with_them_purchases_stand_where_they_should_and_are_made_once(
    made: Office, app: Leuit, host: Host
) -> None:
    """Each purchase has come as far as it says; a second run changes nothing."""
    with app.change(SYSTEM) as work:
        shops = {name: new_shop(work, name) for name in {one.vendor for one in WANTED}}
        work.audit("core.unit.created", RecordRef("core.unit", "x", "contoh"))
    for shop in shops.values():
        product(made, shop, name="Gula aren cetak batok 500 g", price=20_000)
    context = CommandContext(app, host)
    fill_buying(context)
    assert states(made) == {one.need: one.until for one in WANTED}
    fill_buying(context)
    assert states(made) == {one.need: one.until for one in WANTED}
