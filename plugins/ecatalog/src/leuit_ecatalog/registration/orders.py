"""Orders: documents, deliveries, bills, payment and rating: routes, menu, listeners, jobs."""

from leuit.audit import AuditAction
from leuit.contracts import (
    DocumentSigned,
    PaymentMade,
    PaymentProgressed,
    PaymentRefused,
    RecordEnded,
    SigningEnded,
)
from leuit.plugins import MenuItem, Route
from leuit.values import _
from leuit.work import JobKind, Listener, Schedule
from leuit_ecatalog.pages import (
    bills,
    inspections,
    order_documents,
    order_stop,
    ratings,
    shop_orders,
)
from leuit_ecatalog.pages import order_payments as payment_pages
from leuit_ecatalog.permissions import APPROVE, PAY, READ_PURCHASES, SHOP
from leuit_ecatalog.purchase_inbox import ORDERS
from leuit_ecatalog.service import order_payments, order_signing
from leuit_ecatalog.service.order_documents import GO_ON

_POST = ("POST",)
_BOTH = ("GET", "POST")
_ONE = "/purchases/{purchase_id}"
_DOCUMENT = f"{_ONE}/documents/{{document_id}}"
_DELIVERY = f"{_ONE}/deliveries/{{delivery_id}}"
_ORDER = "/shop/orders/{purchase_id}"

ROUTES: list[Route] = [
    Route(f"{_ONE}/order", order_documents.write_order, APPROVE, methods=_BOTH, name="order_new"),
    Route(
        f"{_ONE}/minutes",
        order_documents.write_minutes,
        APPROVE,
        methods=_BOTH,
        name="minutes_new",
    ),
    Route(_DOCUMENT, order_documents.show_document, READ_PURCHASES, name="order_document"),
    Route(
        f"{_DOCUMENT}/file", order_documents.download, READ_PURCHASES, name="order_document_file"
    ),
    Route(
        f"{_DOCUMENT}/scan",
        order_documents.scan,
        APPROVE,
        methods=_BOTH,
        name="order_document_scan",
        max_body=order_documents.MAX_BODY,
    ),
    Route(
        f"{_DOCUMENT}/again",
        order_documents.again,
        APPROVE,
        methods=_POST,
        name="order_document_again",
    ),
    Route(
        f"{_DOCUMENT}/void",
        order_documents.void,
        APPROVE,
        methods=_BOTH,
        name="order_document_void",
    ),
    Route(_DELIVERY, inspections.inspect, APPROVE, methods=_BOTH, name="inspection"),
    Route(f"{_DELIVERY}/file", inspections.waybill, READ_PURCHASES, name="delivery_file"),
    Route(f"{_ONE}/stop", order_stop.stop, APPROVE, methods=_BOTH, name="order_stop"),
    Route(f"{_ONE}/bill", bills.show_bill, PAY, name="order_bill"),
    Route(f"{_ONE}/bill", bills.take, PAY, methods=_POST, name="order_bill_take"),
    Route(f"{_ONE}/bill/return", bills.give_back, PAY, methods=_BOTH, name="order_bill_return"),
    Route(f"{_ONE}/bill/files/{{item}}", bills.bill_file, READ_PURCHASES, name="order_bill_file"),
    Route(
        f"{_ONE}/payment",
        payment_pages.pay,
        PAY,
        methods=_BOTH,
        name="order_payment",
        max_body=order_documents.MAX_BODY,
    ),
    Route(
        f"{_ONE}/payment/file",
        payment_pages.payment_file,
        READ_PURCHASES,
        name="order_payment_file",
    ),
    Route(
        f"{_ONE}/payment/again",
        payment_pages.pay_again,
        PAY,
        methods=_POST,
        name="order_payment_again",
    ),
    Route(f"{_ONE}/rating", ratings.rating, APPROVE, methods=_BOTH, name="order_rating"),
    Route("/shop/orders", shop_orders.show_orders, SHOP, name="shop_orders"),
    Route(_ORDER, shop_orders.show_order, SHOP, name="shop_order"),
    Route(f"{_ORDER}/accept", shop_orders.accept, SHOP, methods=_POST, name="shop_order_accept"),
    Route(
        f"{_ORDER}/refuse",
        shop_orders.refuse_order,
        SHOP,
        methods=_BOTH,
        name="shop_order_refuse",
    ),
    Route(
        f"{_ORDER}/deliver",
        shop_orders.send,
        SHOP,
        methods=_BOTH,
        name="shop_order_deliver",
        max_body=order_documents.MAX_BODY,
    ),
    Route(
        f"{_ORDER}/bill",
        shop_orders.bill,
        SHOP,
        methods=_BOTH,
        name="shop_order_bill",
        max_body=shop_orders.MAX_BODY,
    ),
    Route(
        f"{_ORDER}/bill/files/{{item}}", shop_orders.bill_file, SHOP, name="shop_order_bill_file"
    ),
    Route(
        f"{_ORDER}/documents/{{document_id}}/file",
        order_documents.download_own,
        SHOP,
        name="shop_order_document",
    ),
]
MENU: list[MenuItem] = [
    MenuItem(
        "ecatalog-orders",
        _("Pesanan"),
        "package",
        "/ecatalog/shop/orders",
        SHOP,
        order=55,
        tasks=ORDERS,
    ),
]
JOBS: list[JobKind | Schedule] = [
    JobKind(
        GO_ON,
        order_signing.go_on,
        max_attempts=12,
        title=_("Surat pesanan dan berita acara ditandatangani dan diberkaskan"),
    ),
    JobKind(
        order_signing.REST_JOB,
        order_signing.file_the_rest,
        title=_("Memberkaskan surat pesanan dan berita acara yang belum diberkaskan"),
    ),
    Schedule(order_signing.REST_JOB, "50 2 * * *", order_signing.REST_JOB),
    JobKind(
        order_payments.CLAIM_JOB,
        order_payments.claim,
        max_attempts=12,
        title=_("Menyerahkan klaim pembayaran pesanan"),
    ),
]
LISTENERS: list[Listener] = [
    Listener(
        DocumentSigned,
        "ecatalog.document_signed",
        order_signing.document_signed,
        title=_("Mencatat dokumen pesanan yang ditandatangani"),
    ),
    Listener(
        SigningEnded,
        "ecatalog.document_unsigned",
        order_signing.signing_ended,
        title=_("Mencatat dokumen pesanan yang tidak ditandatangani"),
    ),
    Listener(
        RecordEnded,
        "ecatalog.document_ended",
        order_signing.record_ended,
        title=_("Melepas berkas pesanan yang dimusnahkan arsip"),
    ),
    *(
        Listener(
            event,
            f"ecatalog.{name}",
            order_payments.payment_told,
            title=_("Mencatat keadaan pembayaran pesanan"),
        )
        for event, name in (
            (PaymentProgressed, "payment_progressed"),
            (PaymentMade, "payment_made"),
            (PaymentRefused, "payment_refused"),
        )
    ),
]
ACTIONS: list[AuditAction] = [
    AuditAction("ecatalog.document.sent", _("Dokumen pesanan dikirim untuk ditandatangani")),
    AuditAction(order_signing.FILED, _("Dokumen pesanan diberkaskan")),
    AuditAction(order_signing.RELEASED, _("Berkas pesanan yang dimusnahkan dilepas")),
]
