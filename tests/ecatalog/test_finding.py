"""Finding in the catalogue: words, typing errors, facets, orders, and what is hidden."""

from typing import Any

import pytest

from leuit.identity import ANONYMOUS
from leuit.work import Leuit
from leuit_ecatalog.models import Product, Vendor
from leuit_ecatalog.service.completing import complete
from leuit_ecatalog.service.facets import Counts
from leuit_ecatalog.service.finding import Found
from tests.ecatalog.market import Market, open_market


@pytest.fixture
def market(app: Leuit) -> Market:
    """A market with nothing to buy yet."""
    return open_market(app)


def completed(market: Market, text: str) -> list[str]:
    """What a stranger is offered while he types."""
    with market.app.read(ANONYMOUS) as view:
        return complete(view, text)


@pytest.mark.parametrize(
    "text",
    [
        '"',
        "*",
        "-",
        "NOT kertas",
        "kertas AND",
        "(kertas",
        "?",
        "hvs,a4",
        "",
        "'",
        "a:b",
        "^x",
        "½",
    ],
)
def test_what_is_typed_is_a_question_and_never_an_error(market: Market, text: str) -> None:
    """EC-61: what would be an error to the engine unquoted finds something or nothing."""
    market.product("Kertas HVS A4 80 gsm", category="02.01.01")
    assert market.ask(text).counts.total in (0, 1)
    assert completed(market, text) is not None


def test_marks_between_words_part_them(market: Market) -> None:
    """EC-62: gula-aren, 1/2 and A4:80 find what has their parts."""
    market.product("Gula aren semut")
    market.product("Meja kantor 1/2 biro")
    market.product("Kertas HVS A4 80 gsm")
    assert market.names("gula-aren") == ["Gula aren semut"]
    assert market.names("1/2") == ["Meja kantor 1/2 biro"]
    assert market.names("½") == ["Meja kantor 1/2 biro"]
    assert market.names("A4:80") == ["Kertas HVS A4 80 gsm"]


def test_words_of_the_engines_are_words(market: Market) -> None:
    """EC-63: NOT is a word like any other, and all words must be there."""
    market.product("Kertas kado")
    market.product("Forget me not, kertas lipat")
    assert market.names("NOT kertas") == ["Forget me not, kertas lipat"]


def test_digits_are_parted_from_letters(market: Market) -> None:
    """EC-64: 10kg and 10 kg find each other, and no 100 kg."""
    market.product("Beras 10kg")
    market.product("Beras 10 kg")
    market.product("Beras 100 kg")
    both = ["Beras 10 kg", "Beras 10kg"]
    assert market.names("10kg") == both
    assert market.names("beras 10 kg") == both


def test_a_misspelt_word_is_set_right(market: Market) -> None:
    """EC-65: termomter finds nothing, and termometer is proposed, which does."""
    market.product("Termometer digital")
    found = market.ask("termomter")
    assert (found.counts.total, found.better) == (0, "termometer")
    assert market.names(found.better) == ["Termometer digital"]


def test_stems_find_each_other_and_the_plain_word_comes_first(market: Market) -> None:
    """EC-66: pembelian and beli share a stem; what has the word as typed goes before."""
    market.product("Buku pembelian")
    market.product("Buku beli")
    assert market.names("pembelian") == ["Buku pembelian", "Buku beli"]
    assert market.names("beli") == ["Buku beli", "Buku pembelian"]


@pytest.mark.parametrize("word", ["lemari", "beroda", "obat-obatan", "pengeras", "penggaris"])
def test_words_whose_stem_is_wrong_find_themselves(market: Market, word: str) -> None:
    """EC-67, EC-68: where a stemmer errs, the plain form still finds the product."""
    market.product(f"Contoh {word} kecil")
    assert market.names(word) == [f"Contoh {word} kecil"]


def test_a_doubled_word_is_the_word(market: Market) -> None:
    """EC-69: meja-meja finds meja."""
    market.product("Meja lipat")
    assert market.names("meja-meja") == ["Meja lipat"]


def test_an_empty_question_browses_with_facets(market: Market) -> None:
    """EC-70: everything, newest first, with the counts of every facet."""
    market.product("Meja satu")
    market.product("Kertas dua", category="02.01.01")
    for text in ("", "  ", "?!"):
        found = market.ask(text)
        assert [card.name for card in found.cards] == ["Kertas dua", "Meja satu"]
        assert found.counts.categories == {"01.01.01": 1, "02.01.01": 1}
        assert found.counts.districts == {"36.02.10": 2}


def test_the_name_goes_before_the_description(market: Market) -> None:
    """All words in the name are worth more than the same words elsewhere, however new."""
    market.product("Meja kerja")
    market.product("Lampu", description="Cocok untuk meja kerja.")
    assert market.names("meja kerja") == ["Meja kerja", "Lampu"]


def test_counts_ignore_the_choice_of_their_own_facet(market: Market) -> None:
    """What else a facet would leave is told beside what was chosen in it; the rest is heeded."""
    market.vendor("CV Contoh Maja")
    market.vendor("PT Contoh Cipanas", district="36.02.14", scale="menengah")
    market.product("Meja A", tkdn=4_100, bmp=0, origin="pdn_tkdn")
    market.product("Meja B", category="01.01.02")
    market.product("Meja C", vendor="PT Contoh Cipanas", tkdn=2_600, bmp=1_400, origin="pdn_tkdn")
    market.product("Kertas", vendor="PT Contoh Cipanas", category="02.01.01", origin="impor")
    found = market.ask("meja", districts=("36.02.10",), bands=("jumlah",))
    assert [card.name for card in found.cards] == ["Meja A"]
    assert found.counts == Counts(
        total=1,
        categories={"01.01.01": 1},
        districts={"36.02.10": 1, "36.02.14": 1},
        scales={"mikro": 1},
        bands={"jumlah": 1, "tkdn": 1, "tanpa": 1},
    )


def test_a_category_holds_what_is_below_it(market: Market) -> None:
    """A code of any level chooses every product below; an unknown one chooses none."""
    market.product("Meja kerja")
    market.product("Meja rapat", category="01.01.02")
    market.product("Kertas", category="02.01.01")
    assert len(market.names(categories=("01",))) == 2
    assert market.names(categories=("01.01.02",)) == ["Meja rapat"]
    assert len(market.names(categories=("01.01", "02"))) == 3
    assert market.names(categories=("9",)) == []


def test_attributes_are_chosen_where_one_category_is_left(market: Market) -> None:
    """Each attribute is a facet of its own; its values are alternatives."""
    market.product("Meja 1", attributes={"bahan": "jati", "panjang": "120 cm", "laci": True})
    market.product("Meja 2", attributes={"bahan": "jati", "panjang": "80 cm"})
    market.product("Meja 3", attributes={"bahan": "besi", "panjang": "120 cm"})
    where: dict[str, Any] = {"categories": ("01.01.01",)}
    found = market.ask("meja", **where, attributes=(("panjang", ("120 cm",)),))
    assert [card.name for card in found.cards] == ["Meja 3", "Meja 1"]
    assert [one.key for one in found.facets] == ["bahan", "panjang", "laci"]
    assert found.counts.attributes == {
        "bahan": {"jati": 1, "besi": 1},
        "panjang": {"120 cm": 2, "80 cm": 1},
        "laci": {"ya": 1},
    }
    both = market.ask(attributes=(("bahan", ("jati", "besi")), ("laci", ("ya",))), **where)
    assert [card.name for card in both.cards] == ["Meja 1"]


def test_prices_bound_and_order_what_is_found(market: Market) -> None:
    """The price is the lowest anywhere in the region; equal ones are newest first."""
    market.product("Meja A", 300_000)
    market.product("Meja B", 200_000)
    market.product("Meja C", 900_000, local_prices={"36.02.01": 200_000})
    assert market.names("meja", sort="cheapest") == ["Meja C", "Meja B", "Meja A"]
    assert market.names("meja", sort="dearest") == ["Meja A", "Meja C", "Meja B"]
    assert market.names("meja", price_from=200_001) == ["Meja A"]
    assert market.names("meja", price_to=200_000) == ["Meja C", "Meja B"]


@pytest.mark.parametrize("sort", ["relevance", "cheapest", "dearest", "newest", "tkdn"])
@pytest.mark.parametrize("text", ["", "meja"])
def test_pages_go_on_without_a_gap(market: Market, text: str, sort: str) -> None:
    """Page by page every product comes once, in the order of one long page."""
    for number in range(7):
        name = f"Meja {number}" if number % 3 else f"Bangku {number}"
        market.product(
            name, 100_000 + number % 2, description="meja", tkdn=number % 3, origin="pdn_tkdn"
        )
    whole = market.names(text, sort=sort)
    seen: list[str] = []
    after = ""
    while True:
        page = market.ask(text, sort=sort, after=after, limit=2)
        seen += [card.name for card in page.cards]
        after = page.after
        if not after:
            break
    assert seen == whole
    assert len(seen) == 7


def hidden_everywhere(found: Found) -> bool:
    """Whether nothing at all is told of anything."""
    return not found.cards and found.counts == Counts() and not found.better


@pytest.mark.parametrize(
    "state", ["draf", "diajukan", "perlu_perbaikan", "ditolak", "turun_tayang", "arsip"]
)
def test_what_is_not_shown_leaks_nowhere(market: Market, state: str) -> None:
    """EC-51: neither cards nor counts nor suggestions tell of a product in any other state."""
    product = market.product("Wayang golek")
    assert completed(market, "way") == ["wayang"]
    market.change(Product, product, state=state)
    market.listed_anew()
    assert hidden_everywhere(market.ask("wayang"))
    assert hidden_everywhere(market.ask("wayag"))
    assert hidden_everywhere(market.ask(""))
    assert completed(market, "way") == []
    assert completed(market, "wayang go") == []


def test_a_frozen_product_is_found_and_marked(market: Market) -> None:
    """EC-51: dibekukan is shown, and said to be."""
    product = market.product("Meja rapat oval")
    market.change(Product, product, state="dibekukan")
    market.listed_anew()
    assert [(card.name, card.frozen) for card in market.ask("oval").cards] == [
        ("Meja rapat oval", True)
    ]


@pytest.mark.parametrize("state", ["draf", "menunggu_verifikasi", "ditolak", "nonaktif"])
def test_a_vendor_who_may_not_sell_is_not_found(market: Market, state: str) -> None:
    """EC-50: the products of one who waits or has gone are not listed."""
    vendor = market.vendor("CV Contoh Maja")
    market.product("Meja", attributes={"bahan": "jati"})
    market.change(Vendor, vendor, state=state)
    market.listed_anew()
    assert hidden_everywhere(market.ask("meja"))
    assert completed(market, "mej") == []
