"""What of vendors waits for whom: the manager verifies, the vendor completes and mends."""

from collections.abc import Callable
from typing import Any

import pytest

from leuit.identity import Identity
from leuit.work import Leuit
from leuit_ecatalog.inbox_vendors import INBOX
from leuit_ecatalog.pages.cards import shop_card
from leuit_ecatalog.rules.vendor_checks import RETURN
from leuit_ecatalog.service.answers import save_answers
from tests.ecatalog.shop_office import ShopOffice, shop_office

VERIFYING, OWN = INBOX


@pytest.fixture
def office(app: Leuit) -> ShopOffice:
    """The regency."""
    return shop_office(app)


def titles(office: ShopOffice, who: Identity, source: Callable[..., Any]) -> list[str]:
    """What a source tells somebody, by what stands below the name."""
    with office.app.read(who) as view:
        return [str(task.meta) for task in source(view, 10)]


def counts(office: ShopOffice, who: Identity) -> tuple[int, int, int]:
    """To verify, the own turn, and what waits of one's own."""
    with office.app.read(who) as view:
        return VERIFYING.count(view), OWN.count(view), OWN.count_others(view)


def test_a_registration_goes_to_and_fro(office: ShopOffice) -> None:
    """Draft: the vendor's turn; sent: the manager's; returned: the vendor's; active: nobody's."""
    who = office.open("aren@contoh.id")
    assert titles(office, who, OWN.mine) == ["Lengkapi pendaftaran usaha"]
    assert counts(office, who) == (0, 1, 0)
    office.fill(who)
    office.send(who)
    assert counts(office, who) == (0, 0, 1)
    assert titles(office, who, OWN.others) == ["Sedang diperiksa pengelola katalog"]
    assert titles(office, office.manager, VERIFYING.mine) == ["Pendaftaran penyedia"]
    assert counts(office, office.manager) == (1, 0, 0)
    office.judge(who, RETURN, nib=("nib_unknown", ""))
    assert titles(office, who, OWN.mine) == ["Perbaiki data usaha"]
    assert titles(office, office.manager, VERIFYING.done) == ["Dikembalikan untuk diperbaiki"]
    office.send(who)
    office.judge(who)
    assert counts(office, who) == (0, 0, 0)
    assert counts(office, office.manager) == (0, 0, 0)


def test_a_change_goes_to_and_fro(office: ShopOffice) -> None:
    """A change that waits is the manager's, one that came back the vendor's, until it is sent."""
    who = office.active("aren@contoh.id")
    with office.app.change(who) as work:
        save_answers(work, office.version(who), {"bank": "002"})
    assert counts(office, who) == (0, 0, 0)
    office.send(who)
    assert titles(office, office.manager, VERIFYING.mine) == ["Perubahan data penyedia"]
    office.judge(who, RETURN, account=("account_holder", ""))
    assert counts(office, who) == (0, 1, 0)
    office.send(who)
    assert counts(office, who) == (0, 0, 1)


def test_it_waits_for_whoever_may_verify(office: ShopOffice) -> None:
    """A manager of one unit, a reader and staff have nothing of it in their tasks."""
    who = office.open("aren@contoh.id")
    office.fill(who)
    office.send(who)
    for other in (office.local, office.reader, office.plain):
        assert counts(office, other) == (0, 0, 0)
        assert titles(office, other, VERIFYING.mine) == []


def test_the_card_tells_where_the_firm_stands(office: ShopOffice) -> None:
    """Its state and the next step; under a sanction what is stopped."""
    who = office.active("aren@contoh.id")
    with office.app.read(who) as view:
        card = shop_card(view)
        assert card is not None
        assert (card.fact, card.chip) == ("UD Contoh Aren Sobang", "Aktif")
        today = view.today
    office.sanction(who, "kontrak", today)
    with office.app.read(who) as view:
        card = shop_card(view)
        assert card is not None
        assert (card.chip, card.meta) == (
            "Kena sanksi",
            "Tidak dapat menerima pesanan baru, produk tidak ditampilkan.",
        )
