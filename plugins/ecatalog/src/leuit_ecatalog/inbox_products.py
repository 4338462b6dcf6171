"""Products in the inbox: those that wait to be looked at, and what comes back to their vendors."""

from collections.abc import Iterator

from sqlalchemy import bindparam, func, or_, select

from leuit.plugins import InboxSource, Task
from leuit.values import _, format_date
from leuit.work import View

from .models import Product, ProductStep, Vendor, VendorMember
from .permissions import MODERATE, SHOP
from .product_words import CERTIFICATE_WORDS, STATE_WORDS, reason_of
from .rules.product_states import CORRECT, FROZEN, SHOWN, SUBMITTED
from .service.product_checks import certificates_of
from .service.product_lists import ends_soon

MODERATION = "ecatalog.moderation"
RETURNED = "ecatalog.own_products"
DESK = "/ecatalog/products"
LIST = "/ecatalog/shop/products"
_WAITING = select(func.count()).where(Product.state == SUBMITTED)
_DECIDED = ("approved", "returned", "refused", "frozen", "unfrozen", "taken_down")
_MINE = (
    select(VendorMember.vendor_id)
    .where(
        VendorMember.account_id == bindparam("account"),
        or_(VendorMember.until.is_(None), VendorMember.until > bindparam("now")),
    )
    .scalar_subquery()
)
_MY_RETURNED = select(func.count()).where(Product.vendor_id == _MINE, Product.state == CORRECT)


def waiting(view: View, limit: int) -> Iterator[Task]:
    """Products that wait for somebody who moderates."""
    if not view.allows_on_root(MODERATE):
        return
    rows = view.session.execute(
        select(Product.id, Product.name, Vendor.name, Product.submitted_at)
        .join(Vendor, Vendor.id == Product.vendor_id)
        .where(Product.state == SUBMITTED)
        .order_by(Product.submitted_at, Product.id)
        .limit(limit)
    )
    for id_, name, vendor, submitted in rows:
        yield Task(
            title=name,
            meta=_("dari %s") % vendor,
            since=submitted or view.now,
            verb=_("Periksa"),
            path=f"{DESK}/{id_}",
        )


def count_waiting(view: View) -> int:
    """How many wait; an index of the state answers."""
    if not view.allows_on_root(MODERATE):
        return 0
    return view.session.scalar(_WAITING) or 0


def decided(view: View, limit: int) -> Iterator[Task]:
    """What the reader decided lately."""
    rows = view.session.execute(
        select(Product.id, Product.name, Product.state, ProductStep.at)
        .join(ProductStep, ProductStep.product_id == Product.id)
        .where(
            ProductStep.person_id == view.identity.person_id,
            ProductStep.person_id.is_not(None),
            ProductStep.step.in_(_DECIDED),
        )
        .order_by(ProductStep.at.desc())
        .limit(limit)
    )
    for id_, name, state, at in rows:
        yield Task(
            title=name, meta=STATE_WORDS[state], since=at, verb=_("Lihat"), path=f"{DESK}/{id_}"
        )


def mine(view: View, limit: int) -> Iterator[Task]:
    """Products that came back to the reader's vendor."""
    for product in _of_mine(view, Product.state == CORRECT, limit):
        reason = reason_of(product.state, product.reason)
        yield Task(
            title=product.name,
            meta=reason or _("perlu diperbaiki"),
            since=product.submitted_at or product.created_at,
            verb=_("Perbaiki"),
            path=f"{LIST}/{product.id}",
        )
    shown = Product.state.in_((SHOWN, FROZEN)) & ends_soon(view.today)
    for product in _of_mine(view, shown, limit):
        for certificate in certificates_of(product):
            if certificate.ends_soon(view.today) or certificate.has_ended(view.today):
                until = certificate.until or view.today
                ended = certificate.has_ended(view.today)
                yield Task(
                    title=product.name,
                    meta=_("%(what)s sampai %(day)s")
                    % {"what": CERTIFICATE_WORDS[certificate.kind], "day": format_date(until)},
                    since=product.shown_at or product.created_at,
                    verb=_("Perbarui"),
                    path=f"{LIST}/{product.id}",
                    chip=_("Sudah berakhir") if ended else _("Hampir berakhir"),
                    tone="bata" if ended else "tunggu",
                )


def count_mine(view: View) -> int:
    """How many came back, and how many certificates end soon; the vendor's own products alone."""
    who = {"account": view.identity.account_id, "now": view.now}
    returned = view.session.scalar(_MY_RETURNED, who) or 0
    return returned + sum(
        certificate.ends_soon(view.today) or certificate.has_ended(view.today)
        for product in _of_mine(
            view, Product.state.in_((SHOWN, FROZEN)) & ends_soon(view.today), 500
        )
        for certificate in certificates_of(product)
    )


def others(view: View, limit: int) -> Iterator[Task]:
    """Products of the reader's vendor that wait for somebody who moderates."""
    for product in _of_mine(view, Product.state == SUBMITTED, limit):
        yield Task(
            title=product.name,
            meta=_("diperiksa pengelola katalog"),
            since=product.submitted_at or product.created_at,
            verb=_("Lihat"),
            path=f"{LIST}/{product.id}",
        )


def count_others(view: View) -> int:
    """How many of them."""
    who = {"account": view.identity.account_id, "now": view.now}
    query = select(func.count()).where(Product.vendor_id == _MINE, Product.state == SUBMITTED)
    return view.session.scalar(query, who) or 0


def shown_lately(view: View, limit: int) -> Iterator[Task]:
    """Products of the reader's vendor that came on display lately."""
    query = (
        select(Product)
        .where(Product.vendor_id == _MINE, Product.state == SHOWN, Product.shown_at.is_not(None))
        .order_by(Product.shown_at.desc())
        .limit(limit)
    )
    who = {"account": view.identity.account_id, "now": view.now}
    for product in view.session.scalars(query, who):
        yield Task(
            title=product.name,
            meta=STATE_WORDS[product.state],
            since=product.shown_at or product.created_at,
            verb=_("Lihat"),
            path=f"{LIST}/{product.id}",
        )


def nothing(_view: View, _limit: int) -> Iterator[Task]:
    """A moderator waits for nobody."""
    yield from ()


def none_of_others(_view: View) -> int:
    """None."""
    return 0


def _of_mine(view: View, condition: object, limit: int) -> list[Product]:
    query = (
        select(Product)
        .where(Product.vendor_id == _MINE, condition)  # type: ignore[arg-type]  # a condition on columns
        .order_by(Product.submitted_at, Product.id)
        .limit(limit)
    )
    who = {"account": view.identity.account_id, "now": view.now}
    return list(view.session.scalars(query, who))


INBOX = [
    InboxSource(
        MODERATION,
        _("Pemeriksaan produk"),
        "list-checks",
        MODERATE,
        mine=waiting,
        others=nothing,
        done=decided,
        count=count_waiting,
        count_others=none_of_others,
        tile="nila",
    ),
    InboxSource(
        RETURNED,
        _("Produk saya"),
        "archive",
        SHOP,
        mine=mine,
        others=others,
        done=shown_lately,
        count=count_mine,
        count_others=count_others,
        tile="tunggu",
    ),
]
