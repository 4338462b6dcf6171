"""buying packages baskets and purchases."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

NEVER_CHANGED = (
    "ecatalog_agreement",
    "ecatalog_negotiation_round",
    "ecatalog_purchase_act",
    "ecatalog_purchase_duty",
    "ecatalog_round_price",
)
"""What was offered, agreed and done: the database itself refuses to change or delete it."""


def upgrade() -> None:
    """Make the tables and indexes, and what keeps rows unchanged."""
    op.create_table(
        "ecatalog_rup_package",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("rup_id", sa.String(length=12), nullable=False),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("activity", sa.String(length=300), nullable=False),
        sa.Column("kind", sa.String(length=11), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("pagu", sa.BigInteger(), nullable=False),
        sa.Column("committed", sa.BigInteger(), nullable=False),
        sa.Column("account_code", sa.String(length=30), nullable=False),
        sa.Column("source", sa.String(length=60), nullable=False),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("imported_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('barang', 'jasa', 'konstruksi', 'konsultansi')",
            name=op.f("ck_ecatalog_rup_package_kind"),
        ),
        sa.CheckConstraint(
            "committed >= 0 AND committed <= pagu", name=op.f("ck_ecatalog_rup_package_committed")
        ),
        sa.CheckConstraint("pagu > 0", name=op.f("ck_ecatalog_rup_package_pagu")),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.id"],
            name=op.f("fk_ecatalog_rup_package_unit_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_rup_package")),
        sa.UniqueConstraint("rup_id", name=op.f("uq_ecatalog_rup_package_rup_id")),
    )
    op.create_index(
        "ix_ecatalog_rup_package_unit",
        "ecatalog_rup_package",
        ["unit_id", "year", "rup_id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_purchase",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=True),
        sa.Column("unit_id", sa.Uuid(), nullable=False),
        sa.Column("rup_id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("need", sa.String(length=300), nullable=False),
        sa.Column("district", sa.String(length=13), nullable=True),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("needed_by", sa.Date(), nullable=True),
        sa.Column("reservation_reason", sa.String(length=1000), nullable=False),
        sa.Column("method", sa.String(length=20), nullable=False),
        sa.Column("method_reason", sa.String(length=1000), nullable=False),
        sa.Column("official", sa.String(length=4), nullable=False),
        sa.Column("price_kind", sa.String(length=20), nullable=False),
        sa.Column("price_amount", sa.BigInteger(), nullable=True),
        sa.Column("price_source", sa.String(length=200), nullable=False),
        sa.Column("price_sha256", sa.String(length=64), nullable=True),
        sa.Column("price_file", sa.String(length=200), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=True),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("goods", sa.BigInteger(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("held", sa.BigInteger(), nullable=False),
        sa.Column("shown_shipping", sa.BigInteger(), nullable=False),
        sa.Column("decision", leuit.storage.Json(), nullable=False),
        sa.Column("clauses", sa.String(length=8000), nullable=False),
        sa.Column("turn", sa.String(length=6), nullable=False),
        sa.Column("since", leuit.storage.Instant(), nullable=False),
        sa.Column("due_at", leuit.storage.Instant(), nullable=True),
        sa.Column("created_by", sa.Uuid(), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "state IN ('draf', 'negosiasi', 'disepakati', 'menunggu_ppk', 'menunggu_pa', 'menunggu_pesanan', 'batal', 'lewat_waktu')",
            name=op.f("ck_ecatalog_purchase_state"),
        ),
        sa.CheckConstraint(
            "turn IN ('', 'buyer', 'vendor')", name=op.f("ck_ecatalog_purchase_turn")
        ),
        sa.CheckConstraint("held >= 0", name=op.f("ck_ecatalog_purchase_held")),
        sa.ForeignKeyConstraint(
            ["created_by"],
            ["person.id"],
            name=op.f("fk_ecatalog_purchase_created_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["price_sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_purchase_price_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["rup_id"],
            ["ecatalog_rup_package.id"],
            name=op.f("fk_ecatalog_purchase_rup_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_ecatalog_purchase_unit_id"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_purchase_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_purchase")),
        sa.UniqueConstraint("number", name=op.f("uq_ecatalog_purchase_number")),
    )
    op.create_index("ix_ecatalog_purchase_due", "ecatalog_purchase", ["due_at"], unique=False)
    op.create_index(
        op.f("ix_ecatalog_purchase_price_sha256"),
        "ecatalog_purchase",
        ["price_sha256"],
        unique=False,
    )
    op.create_index(
        "ix_ecatalog_purchase_rup", "ecatalog_purchase", ["rup_id", "state"], unique=False
    )
    op.create_index(
        "ix_ecatalog_purchase_unit",
        "ecatalog_purchase",
        ["unit_id", "state", "since"],
        unique=False,
    )
    op.create_index(
        "ix_ecatalog_purchase_vendor",
        "ecatalog_purchase",
        ["vendor_id", "state", "since"],
        unique=False,
    )
    op.create_table(
        "ecatalog_agreement",
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("goods", sa.BigInteger(), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("tax", sa.BigInteger(), nullable=False),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("content", leuit.storage.Json(), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_agreement_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("purchase_id", "attempt", name=op.f("pk_ecatalog_agreement")),
    )
    op.create_table(
        "ecatalog_negotiation_round",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("side", sa.String(length=6), nullable=False),
        sa.Column("shipping", sa.BigInteger(), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_negotiation_round_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_negotiation_round_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_negotiation_round_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_negotiation_round")),
        sa.UniqueConstraint(
            "purchase_id",
            "attempt",
            "number",
            name=op.f("uq_ecatalog_negotiation_round_purchase_id_attempt_number"),
        ),
    )
    op.create_table(
        "ecatalog_purchase_act",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("attempt", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("facts", leuit.storage.Json(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_purchase_act_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_purchase_act_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_purchase_act_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_purchase_act")),
    )
    op.create_index(
        "ix_ecatalog_purchase_act_person",
        "ecatalog_purchase_act",
        ["person_id", "at"],
        unique=False,
    )
    op.create_index(
        "ix_ecatalog_purchase_act_purchase",
        "ecatalog_purchase_act",
        ["purchase_id", "at", "id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_purchase_duty",
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.String(length=10), nullable=False),
        sa.CheckConstraint(
            "role IN ('PP', 'PPK', 'PA', 'BENDAHARA')", name=op.f("ck_ecatalog_purchase_duty_role")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_purchase_duty_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_purchase_duty_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("purchase_id", "person_id", name=op.f("pk_ecatalog_purchase_duty")),
    )
    op.create_table(
        "ecatalog_basket_line",
        sa.Column("person_id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("added_at", leuit.storage.Instant(), nullable=False),
        sa.CheckConstraint(
            "quantity BETWEEN 1 AND 1000000", name=op.f("ck_ecatalog_basket_line_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_basket_line_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["ecatalog_variant.id"],
            name=op.f("fk_ecatalog_basket_line_variant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("person_id", "variant_id", name=op.f("pk_ecatalog_basket_line")),
    )
    op.create_index(
        op.f("ix_ecatalog_basket_line_variant_id"),
        "ecatalog_basket_line",
        ["variant_id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_purchase_line",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("purchase_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("shown_price", sa.BigInteger(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.CheckConstraint(
            "quantity BETWEEN 1 AND 1000000", name=op.f("ck_ecatalog_purchase_line_quantity")
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_purchase_line_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["purchase_id"],
            ["ecatalog_purchase.id"],
            name=op.f("fk_ecatalog_purchase_line_purchase_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["ecatalog_variant.id"],
            name=op.f("fk_ecatalog_purchase_line_variant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_purchase_line")),
        sa.UniqueConstraint(
            "purchase_id", "place", name=op.f("uq_ecatalog_purchase_line_purchase_id_place")
        ),
        sa.UniqueConstraint(
            "purchase_id",
            "variant_id",
            name=op.f("uq_ecatalog_purchase_line_purchase_id_variant_id"),
        ),
    )
    op.create_index(
        op.f("ix_ecatalog_purchase_line_product_id"),
        "ecatalog_purchase_line",
        ["product_id"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ecatalog_purchase_line_variant_id"),
        "ecatalog_purchase_line",
        ["variant_id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_comparison",
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["ecatalog_purchase_line.id"],
            name=op.f("fk_ecatalog_comparison_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_comparison_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("line_id", "product_id", name=op.f("pk_ecatalog_comparison")),
    )
    op.create_index(
        op.f("ix_ecatalog_comparison_product_id"),
        "ecatalog_comparison",
        ["product_id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_round_price",
        sa.Column("round_id", sa.Uuid(), nullable=False),
        sa.Column("line_id", sa.Uuid(), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_ecatalog_round_price_price")),
        sa.ForeignKeyConstraint(
            ["line_id"],
            ["ecatalog_purchase_line.id"],
            name=op.f("fk_ecatalog_round_price_line_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["round_id"],
            ["ecatalog_negotiation_round.id"],
            name=op.f("fk_ecatalog_round_price_round_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("round_id", "line_id", name=op.f("pk_ecatalog_round_price")),
    )
    _keep_unchanged()


def _keep_unchanged() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION ecatalog_bought_never_changed() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$"
        )
        for table in NEVER_CHANGED:
            op.execute(
                f"CREATE TRIGGER {table}_never_changed BEFORE UPDATE OR DELETE ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ecatalog_bought_never_changed()"
            )
        return
    for table in NEVER_CHANGED:
        for verb in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{verb} BEFORE {verb.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, 'rows of {table} are never changed'); END"
            )
