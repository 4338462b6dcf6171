"""Products from a draft to display and off again, on both engines."""

import datetime as dt
from uuid import UUID

import attrs
import pytest
from sqlalchemy import event, select, update

from leuit.identity import SYSTEM
from leuit.values import (
    ConflictError,
    InvalidInputError,
    ManualClock,
    NotFoundError,
    PermissionDeniedError,
    RecordRef,
    StaleEditError,
    new_id,
)
from leuit.work import AuditEntry, JobKind, Listener, Worker, deliver
from leuit_ecatalog.events import ProductChanged
from leuit_ecatalog.models import (
    CertificateNotice,
    Product,
    ProductStep,
    Sanction,
    Variant,
    Vendor,
)
from leuit_ecatalog.rules.product_states import is_orderable, is_visible
from leuit_ecatalog.rules.stock_text import parse_stock
from leuit_ecatalog.service.certificates import note_some
from leuit_ecatalog.service.moderation import (
    IncompleteProductError,
    decide_product,
    submit_product,
    submit_ready,
)
from leuit_ecatalog.service.prices import district_prices, history_of, set_price, take_price_back
from leuit_ecatalog.service.product_access import held_own_product, variants_of
from leuit_ecatalog.service.product_checks import certificates_of, hints, missing
from leuit_ecatalog.service.products import (
    begin_product,
    change_attributes,
    change_basics,
    change_bmp,
    change_category,
    copy_product,
    hide_product,
    withdraw_product,
)
from leuit_ecatalog.service.variants import (
    ShortStockError,
    add_variant,
    change_offer,
    drop_variant,
    move_stock,
)
from tests.archives.races import at_once, refused
from tests.ecatalog.shop import Shop

BASICS = {"name": "Gula aren cetak", "unit": "bungkus"}


def steps(shop: Shop, product_id: UUID) -> list[str]:
    with shop.app.read(SYSTEM) as view:
        query = select(ProductStep.step).where(ProductStep.product_id == product_id)
        return list(view.session.scalars(query.order_by(ProductStep.at, ProductStep.id)))


def test_what_is_missing_is_told_at_once(shop: Shop) -> None:
    """A draft with a name alone is refused with every step that lacks something, and stays one."""
    product_id = shop.draft(description="")
    with pytest.raises(IncompleteProductError) as caught, shop.app.change(shop.vendor) as work:
        submit_product(work, product_id, 1)
    paths = [fault.path for fault in caught.value.fields]
    assert paths == ["basics", "pictures", "specification", "variants", "shipping"]
    assert shop.product(product_id).state == "draf"


def test_a_product_goes_from_a_draft_to_display(shop: Shop) -> None:
    """Submitted, approved, frozen, let go and taken down: each step is kept."""
    product_id = shop.shown()
    assert shop.product(product_id).shown_at is not None
    shop.decide(product_id, "frozen", "harga")
    frozen = shop.product(product_id)
    assert (frozen.state, frozen.reason) == ("dibekukan", "harga")
    shop.decide(product_id, "unfrozen")
    shop.decide(product_id, "taken_down", "lain", "Diminta penyedia")
    assert steps(shop, product_id) == [
        "created",
        "submitted",
        "approved",
        "frozen",
        "unfrozen",
        "taken_down",
    ]


@pytest.mark.parametrize(
    "state, seen, bought",
    [("tayang", True, True), ("dibekukan", True, False), ("turun_tayang", False, False)],
)
def test_ec_51(state: str, seen: bool, bought: bool) -> None:
    """EC-51: a frozen product is shown and cannot be ordered; one taken down is neither."""
    assert (is_visible(state), is_orderable(state)) == (seen, bought)


def test_a_vendor_who_may_not_sell_comes_not_on_display(shop: Shop) -> None:
    """EC-50: a vendor who waits for verification can neither submit nor be approved."""
    product_id = shop.complete(who=shop.waiting)
    with pytest.raises(IncompleteProductError) as caught, shop.app.change(shop.waiting) as work:
        submit_product(work, product_id, 5)
    assert [fault.path for fault in caught.value.fields] == [""]
    submitted = shop.submitted()
    with shop.app.change(SYSTEM) as work:
        work.session.execute(
            update(Vendor).where(Vendor.name == "UD Contoh Aren").values(state="nonaktif")
        )
        work.audit("core.token.created", RecordRef("uji", "1"))
    with pytest.raises(ConflictError):
        shop.decide(submitted, "approved")


def test_a_vendor_on_a_blacklist_changes_nothing(shop: Shop) -> None:
    """While a sanction blocks him his products stay as they are, and no new ones come."""
    product_id = shop.complete()
    with shop.app.change(SYSTEM) as work:
        work.session.add(
            Sanction(
                vendor_id=shop.vendor_id(shop.vendor),
                kind="daftar_hitam",
                edition_id=new_id(),
                decree="Keputusan contoh",
                reason="Contoh",
                blocks=True,
                since=work.today,
                until=work.today + dt.timedelta(days=1),
                recorded_by=shop.office.person(6),
                recorded_at=work.now,
            )
        )
        work.audit("core.token.created", RecordRef("uji", "1"))
    with pytest.raises(ConflictError), shop.app.change(shop.vendor) as work:
        change_basics(work, product_id, 5, BASICS)
    with pytest.raises(ConflictError), shop.app.change(shop.vendor) as work:
        begin_product(work, new_id(), shop.sugar, BASICS)
    with pytest.raises(ConflictError), shop.app.change(shop.vendor) as work:
        copy_product(work, product_id, new_id())
    with pytest.raises(NotFoundError), shop.app.change(shop.rival) as work:
        change_basics(work, product_id, 5, BASICS)


def test_decisions_need_their_reasons(shop: Shop) -> None:
    """Sending back asks for a coded reason, and for words where the code says nothing."""
    product_id = shop.submitted()
    for reason, note, field in (("", "", "reason"), ("murah", "", "reason"), ("lain", " ", "note")):
        with pytest.raises(InvalidInputError) as caught:
            shop.decide(product_id, "returned", reason, note)
        assert [fault.path for fault in caught.value.fields] == [field]
    shop.decide(product_id, "returned", "gambar", "Foto buram")
    product = shop.product(product_id)
    assert (product.state, product.reason, product.note) == (
        "perlu_perbaikan",
        "gambar",
        "Foto buram",
    )


def test_only_who_may_moderate_decides(shop: Shop) -> None:
    """A vendor cannot approve his own product; staff without the right neither."""
    product_id = shop.submitted()
    for who in (shop.vendor, shop.office.staff(5)):
        with pytest.raises(PermissionDeniedError), shop.app.change(who) as work:
            decide_product(work, product_id, 6, "approved")


def test_a_draft_does_not_exist_for_whoever_moderates(shop: Shop) -> None:
    """What nobody submitted is the vendor's own affair."""
    product_id = shop.draft()
    with pytest.raises(NotFoundError):
        shop.decide(product_id, "approved")


def test_another_vendor_finds_nothing(shop: Shop) -> None:
    """A product of somebody else is not there, whatever is asked of it."""
    product_id = shop.shown()
    version = shop.product(product_id).version
    variant = shop.variant(product_id)
    with pytest.raises(NotFoundError), shop.app.change(shop.rival) as work:
        change_basics(work, product_id, version, BASICS)
    with pytest.raises(NotFoundError), shop.app.change(shop.rival) as work:
        change_offer(work, product_id, version, variant.id, 1, parse_stock("1"), 50)
    with pytest.raises(NotFoundError), shop.app.change(shop.rival) as work:
        copy_product(work, product_id, new_id())


def test_changing_what_was_looked_at_takes_it_off_display(shop: Shop) -> None:
    """A new name asks for another look; another price does not."""
    product_id = shop.shown()
    version, variant = shop.product(product_id).version, shop.variant(product_id)
    with shop.app.change(shop.vendor) as work:
        change_offer(work, product_id, version, variant.id, 21_000, parse_stock("50"), 50)
    assert shop.product(product_id).state == "tayang"
    with shop.app.change(shop.vendor) as work:
        change_basics(
            work, product_id, version + 1, {**BASICS, "name": "Lain", "description": "Dari nira."}
        )
    assert shop.product(product_id).state == "draf"
    assert steps(shop, product_id)[-1] == "reopened"


def test_saving_the_same_changes_nothing(shop: Shop) -> None:
    """A form sent unchanged leaves a shown product where it is, with its version."""
    product_id = shop.shown()
    before = shop.product(product_id)
    with shop.app.change(shop.vendor) as work:
        change_basics(work, product_id, before.version, {**BASICS, "description": "Dari nira."})
    after = shop.product(product_id)
    assert (after.state, after.version) == ("tayang", before.version)


def test_a_stale_edit_is_refused(shop: Shop) -> None:
    """Of two forms that were open the second is told, and nothing of the first is lost."""
    product_id = shop.draft()
    with shop.app.change(shop.vendor) as work:
        change_basics(work, product_id, 1, {**BASICS, "name": "Yang pertama"})
    with pytest.raises(StaleEditError), shop.app.change(shop.vendor) as work:
        change_basics(work, product_id, 1, {**BASICS, "name": "Yang kedua"})
    assert shop.product(product_id).name == "Yang pertama"


def test_what_waits_is_not_edited_but_taken_back(shop: Shop) -> None:
    """Nobody changes a product under the eyes of whoever looks at it; withdrawn it may change."""
    product_id = shop.submitted()
    version = shop.product(product_id).version
    with pytest.raises(ConflictError), shop.app.change(shop.vendor) as work:
        change_basics(work, product_id, version, {**BASICS, "name": "Diganti"})
    with shop.app.change(shop.vendor) as work:
        withdraw_product(work, product_id, version)
    with shop.app.change(shop.vendor) as work:
        change_basics(work, product_id, version + 1, {**BASICS, "name": "Diganti"})
    assert shop.product(product_id).state == "draf"


def test_begun_twice_is_one(shop: Shop) -> None:
    """The same form sent again gives the same draft."""
    key = new_id()
    ids = set()
    for _time in range(2):
        with shop.app.change(shop.vendor) as work:
            ids.add(begin_product(work, key, shop.sugar, BASICS).id)
    assert len(ids) == 1


def test_a_code_is_used_once_in_a_shop(shop: Shop) -> None:
    """Two products of a vendor never share a code; another vendor may use it."""
    shop.draft(sku="AREN-1")
    with pytest.raises(ConflictError):
        shop.draft(sku="AREN-1")
    shop.draft(who=shop.rival, sku="AREN-1")


def test_another_category_keeps_what_it_understands(shop: Shop) -> None:
    """Values of attributes that the new category does not have go."""
    product_id = shop.draft()
    with shop.app.change(shop.vendor) as work:
        change_attributes(work, product_id, 1, {"bentuk": "gandu"})
    with shop.app.change(shop.vendor) as work:
        change_category(work, product_id, 2, shop.service)
    assert shop.product(product_id).attributes == {}


def test_a_copy_says_the_same_and_is_a_draft(shop: Shop) -> None:
    """Pictures, price and shipping come along; stock does not, nor the code."""
    source = shop.shown()
    key, ids = new_id(), []
    for _time in range(2):
        with shop.app.change(shop.vendor) as work:
            ids.append(copy_product(work, source, key).id)
    copied = ids[0]
    assert ids == [copied, copied]
    product, variant = shop.product(copied), shop.variant(copied)
    assert (product.state, product.sku, product.attributes) == (
        "draf",
        None,
        {"bentuk": "batok", "berat": "500 g"},
    )
    assert (variant.price, variant.stock) == (20_000, 0)
    with shop.app.change(shop.vendor) as work:
        submit_product(work, copied, 1)


def test_every_complete_draft_is_submitted_at_once(shop: Shop) -> None:
    """Those that lack something stay drafts and are counted."""
    ready, unready = shop.complete("Satu"), shop.draft("Dua")
    with shop.app.change(shop.vendor) as work:
        assert submit_ready(work) == (1, 1)
    assert shop.product(ready).state == "diajukan"
    assert shop.product(unready).state == "draf"


def test_prices_are_only_added(shop: Shop) -> None:
    """However prices change, no statement changes or deletes a point; the last one holds."""
    product_id = shop.shown()
    variant = shop.variant(product_id)
    said: list[str] = []

    def listen(_c: object, _cursor: object, statement: str, *_more: object) -> None:
        if "ecatalog_price_point" in statement and not statement.startswith("SELECT"):
            said.append(statement.split(maxsplit=1)[0])

    engine = shop.app.database.writer
    event.listen(engine, "before_cursor_execute", listen)
    try:
        for amount in (21_000, 19_000, 19_000):
            with shop.app.change(shop.vendor) as work:
                product = held_own_product(work, product_id, shop.product(product_id).version)
                one = variants_of(work, product_id)[0]
                set_price(work, product, one, amount)
                set_price(work, product, one, amount + 500, "36.02.22")
        with shop.app.change(shop.vendor) as work:
            product = held_own_product(work, product_id, shop.product(product_id).version)
            one = variants_of(work, product_id)[0]
            assert take_price_back(work, product, one, "36.02.22")
            assert not take_price_back(work, product, one, "36.02.22")
    finally:
        event.remove(engine, "before_cursor_execute", listen)
    assert set(said) == {"INSERT"}
    with shop.app.read(SYSTEM) as view:
        told = [point.amount for point in history_of(view, variant.id)]
        local = [point.amount for point in history_of(view, variant.id, "36.02.22")]
        assert district_prices(view, [variant.id]) == {}
    assert told == [20_000, 21_000, 19_000]
    assert local == [21_500, 19_500, None]
    assert shop.variant(product_id).price == 19_000


def test_a_price_of_an_unknown_kecamatan_is_refused(shop: Shop) -> None:
    """Only places of the region have prices."""
    product_id = shop.shown()
    with pytest.raises(InvalidInputError), shop.app.change(shop.vendor) as work:
        product = held_own_product(work, product_id, shop.product(product_id).version)
        set_price(work, product, variants_of(work, product_id)[0], 1_000, "99.99.99")


def test_twenty_who_take_at_once_never_go_below_zero(shop: Shop) -> None:
    """Of 20 who take 3 of 50 each, 16 get them; 2 are left, and the others hear how many."""
    variant = shop.variant(shop.shown())

    def take() -> int:
        with shop.app.change(SYSTEM) as work:
            left = move_stock(work, variant.id, -3)
            work.audit("core.token.created", RecordRef("uji.stok", str(variant.id)))
            return left

    answers = at_once([take] * 20)
    short = refused(answers)
    assert len(short) == 4
    assert all(isinstance(one, ShortStockError) for one in short)
    assert sorted(one for one in answers if isinstance(one, int)) == list(range(2, 50, 3))
    with shop.app.read(SYSTEM) as view:
        assert view.session.get_one(Variant, variant.id).stock == 2


def test_a_number_typed_over_a_newer_one_is_told(shop: Shop) -> None:
    """Who types a stock while something is sold hears of it; who types what came in does not."""
    product_id = shop.shown()
    version, variant = shop.product(product_id).version, shop.variant(product_id)
    with shop.app.change(SYSTEM) as work:
        move_stock(work, variant.id, -5)
        work.audit("core.token.created", RecordRef("uji.stok", "1"))
    with pytest.raises(StaleEditError), shop.app.change(shop.vendor) as work:
        change_offer(work, product_id, version, variant.id, 20_000, parse_stock("60"), 50)
    with shop.app.change(shop.vendor) as work:
        change_offer(work, product_id, version, variant.id, 20_000, parse_stock("+10"), 50)
    assert shop.variant(product_id).stock == 55
    with pytest.raises(ShortStockError), shop.app.change(shop.vendor) as work:
        change_offer(work, product_id, version + 1, variant.id, 20_000, parse_stock("-56"), 55)


def test_a_variant_that_is_gone_stays_for_its_orders(shop: Shop) -> None:
    """Its row is kept, its place is not used again, and the last one cannot go."""
    product_id = shop.complete()
    first = shop.variant(product_id)
    with shop.app.change(shop.vendor) as work:
        add_variant(work, product_id, 5, "Isi 20", 35_000, None)
    with shop.app.change(shop.vendor) as work:
        drop_variant(work, product_id, 6, first.id)
    with pytest.raises(ConflictError), shop.app.change(shop.vendor) as work:
        drop_variant(work, product_id, 7, shop.variant(product_id).id)
    with shop.app.change(shop.vendor) as work:
        assert add_variant(work, product_id, 7, "Isi 30", 50_000, None).place == 3
    with shop.app.read(SYSTEM) as view:
        assert view.session.get_one(Variant, first.id).gone


def test_an_outlier_warns_and_does_not_block(shop: Shop) -> None:
    """EC-49: ten times the median of the category is pointed out; the product is submitted."""
    for number, price in enumerate((2_900_000, 3_000_000, 3_000_000, 3_100_000, 3_200_000)):
        shop.shown(f"Gula {number}", shop.rival, price)
    product_id = shop.complete("Gula mahal", price=30_000_000)
    with shop.app.read(shop.vendor) as view:
        told = [hint.sentence for hint in hints(view, view.session.get_one(Product, product_id))]
        assert missing(view, view.session.get_one(Product, product_id)) == []
    assert len(told) == 1
    assert "Rp3.000.000" in told[0]
    with shop.app.change(shop.vendor) as work:
        submit_product(work, product_id, 5)


def test_certificates_end_by_their_day(shop: Shop, clock: ManualClock) -> None:
    """A certificate counts through its last day whether or not a job ran; the job tells once."""
    product_id = shop.complete()
    shop.certify(product_id, dt.date(2026, 10, 25))
    with shop.app.change(shop.vendor) as work:
        submit_product(work, product_id, 6)
    shop.decide(product_id, "approved")

    def night() -> int:
        with shop.app.change(SYSTEM) as work:
            note_some(work)
            rows = work.session.scalars(select(CertificateNotice)).all()
            return len(rows)

    def nothing_new() -> None:
        before = steps(shop, product_id)
        assert note_again() == before

    def note_again() -> list[str]:
        with shop.app.read(SYSTEM) as view:
            count = len(view.session.scalars(select(CertificateNotice)).all())
        assert night() == count
        return steps(shop, product_id)

    assert night() == 1
    nothing_new()
    certificate = certificates_of(shop.product(product_id))[0]
    assert certificate.counts(dt.date(2026, 10, 25))
    assert not certificate.counts(dt.date(2026, 10, 26))
    clock.advance(dt.timedelta(days=21))
    assert night() == 2
    assert steps(shop, product_id)[-2:] == ["tkdn_ending", "tkdn_ended"]


def test_bmp_needs_an_edition_for_its_factors(shop: Shop) -> None:
    """Without figures in force factors are refused; the certificate's own figure is kept."""
    product_id = shop.draft()
    shop.certify(product_id, None)
    with pytest.raises(ConflictError), shop.app.change(shop.vendor) as work:
        change_bmp(work, product_id, 2, ["lokasi"], None)
    with shop.app.change(shop.vendor) as work:
        change_bmp(work, product_id, 2, [], 600)
    assert shop.product(product_id).bmp == 600


def test_what_is_shown_is_told_to_listeners_and_audited(shop: Shop) -> None:
    """Listeners hear of coming on display, a price, and going; never of a draft's changes."""
    heard: list[str] = []
    listener = Listener(
        ProductChanged, "uji.changed", lambda _context, event: heard.append(event.product_id)
    )
    known = shop.app.vocabulary
    shop.app.vocabulary = attrs.evolve(
        known,
        listeners={ProductChanged: (listener,)},
        kinds={**known.kinds, listener.kind: JobKind(listener.kind, deliver(listener))},
    )
    product_id = shop.submitted()
    shop.decide(product_id, "approved")
    version, variant = shop.product(product_id).version, shop.variant(product_id)
    with shop.app.change(shop.vendor) as work:
        change_offer(work, product_id, version, variant.id, 21_000, parse_stock("50"), 50)
    with shop.app.change(shop.vendor) as work:
        hide_product(work, product_id, version + 1)
    Worker(shop.app, name="test").run_pending(raise_errors=True)
    assert heard == [str(product_id)] * 3
    with shop.app.read(SYSTEM) as view:
        query = select(AuditEntry.action).where(AuditEntry.ref_id == str(product_id))
        actions = list(view.session.scalars(query))
    assert actions.count("ecatalog.product.moved") == 3
    assert actions.count("ecatalog.price.set") == 1


def test_the_nightly_job_runs(shop: Shop) -> None:
    """The job of certificates goes through all products."""
    product_id = shop.complete()
    shop.certify(product_id, dt.date(2026, 10, 6))
    with shop.app.change(SYSTEM) as work:
        work.enqueue("ecatalog.certificates", {})
        work.audit("core.token.created", RecordRef("uji", "1"))
    Worker(shop.app, name="test").run_pending(raise_errors=True)
    assert steps(shop, product_id)[-1] == "tkdn_ending"
