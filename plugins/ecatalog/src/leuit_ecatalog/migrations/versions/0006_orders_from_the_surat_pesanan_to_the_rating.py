"""Orders from the Surat Pesanan to the rating, and the states of a purchase that they bring."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

_STATES = (
    "state IN ('draf', 'negosiasi', 'disepakati', 'menunggu_ppk', 'menunggu_pa',"
    " 'menunggu_pesanan', 'konfirmasi', 'diproses', 'serah_terima', 'tagihan', 'pembayaran',"
    " 'dibayar', 'selesai', 'ditolak', 'dihentikan', 'batal', 'lewat_waktu')"
)


def upgrade() -> None:
    """Make tables, indexes and columns; the new states; ratings are never changed."""
    op.create_table(
        "ecatalog_bill",
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("tax_number", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=12), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "state IN ('dikirim', 'dikembalikan', 'diterima')", name=op.f("ck_ecatalog_bill_state")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_bill_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_bill_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("purchase_id", name=op.f("pk_ecatalog_bill")),
    )
    op.create_table(
        "ecatalog_bill_file",
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("item", sa.String(length=10), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_bill_file_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_bill_file_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("purchase_id", "item", name=op.f("pk_ecatalog_bill_file")),
    )
    op.create_index(
        op.f("ix_ecatalog_bill_file_sha256"), "ecatalog_bill_file", ["sha256"], unique=False
    )
    op.create_table(
        "ecatalog_delivery",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=9), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("waybill", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=True),
        sa.Column("fits_purpose", sa.Boolean(), nullable=False),
        sa.Column("fits_quantity", sa.Boolean(), nullable=False),
        sa.Column("fits_time", sa.Boolean(), nullable=False),
        sa.Column("remark", sa.String(length=1000), nullable=False),
        sa.Column("inspected_by", sa.Uuid(), nullable=True),
        sa.Column("inspected_at", leuit.storage.Instant(), nullable=True),
        sa.CheckConstraint(
            "state IN ('dikirim', 'diperiksa')", name=op.f("ck_ecatalog_delivery_state")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_delivery_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["inspected_by"],
            ["person.id"],
            name=op.f("fk_ecatalog_delivery_inspected_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_delivery_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_delivery_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_delivery")),
        sa.UniqueConstraint(
            "purchase_id", "number", name=op.f("uq_ecatalog_delivery_purchase_id_number")
        ),
    )
    op.create_index(
        op.f("ix_ecatalog_delivery_sha256"), "ecatalog_delivery", ["sha256"], unique=False
    )
    op.create_table(
        "ecatalog_order_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=13), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("number_id", sa.Uuid(), nullable=True),
        sa.Column("dated", sa.Date(), nullable=False),
        sa.Column("content", leuit.storage.Json(), nullable=False),
        sa.Column("position_id", sa.Uuid(), nullable=True),
        sa.Column("signer", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=8), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_sha256", sa.String(length=64), nullable=True),
        sa.Column("signed_at", leuit.storage.Instant(), nullable=True),
        sa.Column("signed_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("made_by", sa.Uuid(), nullable=False),
        sa.Column("made_at", leuit.storage.Instant(), nullable=False),
        sa.Column("filed_kind", sa.String(length=80), nullable=False),
        sa.Column("filed_id", sa.String(length=120), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('surat_pesanan', 'bast')", name=op.f("ck_ecatalog_order_document_kind")
        ),
        sa.CheckConstraint(
            "state IN ('made', 'waiting', 'signed', 'by_hand', 'ended', 'void')",
            name=op.f("ck_ecatalog_order_document_state"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by"],
            ["person.id"],
            name=op.f("fk_ecatalog_order_document_made_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_order_document_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_order_document_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["signed_sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_order_document_signed_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_order_document")),
        sa.UniqueConstraint("kind", "number", name=op.f("uq_ecatalog_order_document_kind_number")),
    )
    op.create_index(
        "ix_ecatalog_order_document_filed",
        "ecatalog_order_document",
        ["filed_id", "state"],
        unique=False,
    )
    op.create_index(
        "ix_ecatalog_order_document_purchase",
        "ecatalog_order_document",
        ["purchase_id", "kind"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ecatalog_order_document_sha256"),
        "ecatalog_order_document",
        ["sha256"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ecatalog_order_document_signed_sha256"),
        "ecatalog_order_document",
        ["signed_sha256"],
        unique=False,
    )
    op.create_table(
        "ecatalog_order_payment",
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("told_at", leuit.storage.Instant(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("by_hand", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_order_payment_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_order_payment_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("purchase_id", name=op.f("pk_ecatalog_order_payment")),
    )
    op.create_index(
        op.f("ix_ecatalog_order_payment_sha256"), "ecatalog_order_payment", ["sha256"], unique=False
    )
    op.create_table(
        "ecatalog_rating",
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("quality", sa.Integer(), nullable=False),
        sa.Column("cost", sa.Integer(), nullable=False),
        sa.Column("time", sa.Integer(), nullable=False),
        sa.Column("service", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "quality BETWEEN 0 AND 3 AND cost BETWEEN 0 AND 3 AND time BETWEEN 0 AND 3 AND service BETWEEN 0 AND 3",
            name=op.f("ck_ecatalog_rating_scores"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_rating_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_rating_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_rating_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("purchase_id", name=op.f("pk_ecatalog_rating")),
    )
    op.create_index(
        op.f("ix_ecatalog_rating_vendor_id"), "ecatalog_rating", ["vendor_id"], unique=False
    )
    op.create_table(
        "ecatalog_delivery_line",
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("sent", sa.Integer(), nullable=False),
        sa.Column("accepted", sa.Integer(), nullable=False),
        sa.Column("returned", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "accepted + returned IN (0, sent)", name=op.f("ck_ecatalog_delivery_line_all")
        ),
        sa.CheckConstraint(
            "accepted >= 0 AND returned >= 0", name=op.f("ck_ecatalog_delivery_line_found")
        ),
        sa.CheckConstraint("sent > 0", name=op.f("ck_ecatalog_delivery_line_sent")),
        sa.ForeignKeyConstraint(
            ["delivery_id"],
            ["ecatalog_delivery.id"],
            name=op.f("fk_ecatalog_delivery_line_delivery_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["ecatalog_purchase_line.id"],
            name=op.f("fk_ecatalog_delivery_line_line_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("delivery_id", "line_id", name=op.f("pk_ecatalog_delivery_line")),
    )
    op.create_index(
        op.f("ix_ecatalog_delivery_line_line_id"),
        "ecatalog_delivery_line",
        ["line_id"],
        unique=False,
    )
    with op.batch_alter_table("ecatalog_purchase") as table:
        table.add_column(sa.Column("deliver_by", sa.Date(), nullable=True))
        table.add_column(sa.Column("fine", sa.BigInteger(), server_default="0", nullable=False))
        table.drop_constraint(op.f("ck_ecatalog_purchase_state"), type_="check")
        table.create_check_constraint(op.f("ck_ecatalog_purchase_state"), _STATES)
    _keep_unchanged("ecatalog_rating")


def _keep_unchanged(table: str) -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
            "FOR EACH ROW EXECUTE FUNCTION ecatalog_bought_never_changed()"
        )
        return
    for verb in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
        )
