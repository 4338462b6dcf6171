"""Telling vendors of certificates that end: once 30 days before, once when it is over.

Whether a certificate counts is asked of its last day alone (`rules.certificates`), never of this
job: it only writes into the product's history, and tells listeners that what is shown is another
one from that day on.
"""

import datetime as dt
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import select

from leuit.values import RecordRef
from leuit.work import JobContext, Work
from leuit_ecatalog.models import CertificateNotice, Product
from leuit_ecatalog.rules.certificates import Certificate
from leuit_ecatalog.rules.product_states import ARCHIVED, REFUSED, is_visible

from .product_changes import note_step, tell
from .product_checks import certificates_of
from .product_lists import ends_soon

NOTED = "ecatalog.certificate.noted"
JOB = "ecatalog.certificates"
BATCH = 200


def note_certificates(context: JobContext) -> None:
    """The job: every product once a night, some at a time."""
    after: str | None = ""
    while after is not None:
        found = context.step(f"after {after}", partial(note_some, after=after))
        after = found["last"] or None


def note_some(work: Work, after: str = "") -> dict[str, Any]:
    """Note what ends among the next products; the id of the last one, empty when it is done."""
    query = (
        select(Product)
        .where(ends_soon(work.today), Product.state.not_in((ARCHIVED, REFUSED)))
        .order_by(Product.id)
        .limit(BATCH)
    )
    if after:
        query = query.where(Product.id > UUID(after))
    products = work.session.scalars(query).all()
    noted = sum(_note(work, product, work.today) for product in products)
    if noted:
        ref = RecordRef("ecatalog.certificate", str(work.today))
        work.audit(NOTED, ref, count=noted)
    return {"last": str(products[-1].id) if len(products) == BATCH else ""}


def _note(work: Work, product: Product, today: dt.date) -> int:
    done = 0
    for certificate in certificates_of(product):
        ended = certificate.has_ended(today)
        if not (ended or certificate.ends_soon(today)) or certificate.until is None:
            continue
        if _is_told(work, product, certificate, ended):
            continue
        work.session.add(
            CertificateNotice(
                product_id=product.id,
                kind=certificate.kind,
                until=certificate.until,
                ended=ended,
                told_at=work.now,
            )
        )
        note_step(work, product, f"{certificate.kind}_{'ended' if ended else 'ending'}")
        if ended and is_visible(product.state):
            tell(work, product)
        done += 1
    return done


def _is_told(work: Work, product: Product, certificate: Certificate, ended: bool) -> bool:
    key = (product.id, certificate.kind, certificate.until, ended)
    return work.session.get(CertificateNotice, key) is not None
