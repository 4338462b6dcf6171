"""vendors, products, categories and prices."""

import sqlalchemy as sa
from alembic import op

import leuit.storage

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables and indexes."""
    op.create_table(
        "ecatalog_category",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("parent_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("path", sa.String(length=400), nullable=False),
        sa.Column("kind", sa.String(length=6), nullable=False),
        sa.Column("unit_code", sa.String(length=3), nullable=False),
        sa.Column("account_code", sa.String(length=30), nullable=False),
        sa.Column("kbli", leuit.storage.Json(), nullable=False),
        sa.Column("hidden", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('', 'barang', 'jasa')", name=op.f("ck_ecatalog_category_kind")
        ),
        sa.CheckConstraint(
            "(level = 1) = (parent_id IS NULL)", name=op.f("ck_ecatalog_category_parent")
        ),
        sa.CheckConstraint("level BETWEEN 1 AND 3", name=op.f("ck_ecatalog_category_level")),
        sa.ForeignKeyConstraint(
            ["parent_id"],
            ["ecatalog_category.id"],
            name=op.f("fk_ecatalog_category_parent_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_category")),
        sa.UniqueConstraint("code", name=op.f("uq_ecatalog_category_code")),
    )
    op.create_index(
        op.f("ix_ecatalog_category_parent_id"), "ecatalog_category", ["parent_id"], unique=False
    )
    op.create_table(
        "ecatalog_district",
        sa.Column("code", sa.String(length=13), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_ecatalog_district")),
    )
    op.create_table(
        "ecatalog_vendor",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("legal_form", sa.String(length=30), nullable=False),
        sa.Column("scale", sa.String(length=8), nullable=False),
        sa.Column("taxable", sa.Boolean(), nullable=False),
        sa.Column("nib", sa.String(length=13), nullable=True),
        sa.Column("npwp", sa.String(length=16), nullable=True),
        sa.Column("kbli", leuit.storage.Json(), nullable=False),
        sa.Column("about", sa.String(length=2000), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("district", sa.String(length=13), nullable=True),
        sa.Column("phone", sa.String(length=20), nullable=False),
        sa.Column("email", sa.String(length=120), nullable=False),
        sa.Column("bank", sa.String(length=80), nullable=False),
        sa.Column("account_number", sa.String(length=34), nullable=False),
        sa.Column("account_holder", sa.String(length=120), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("submitted_at", leuit.storage.Instant(), nullable=True),
        sa.Column("verified_at", leuit.storage.Instant(), nullable=True),
        sa.Column("verified_by", sa.Uuid(), nullable=True),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "scale IN ('mikro', 'kecil', 'menengah', 'besar', 'koperasi')",
            name=op.f("ck_ecatalog_vendor_scale"),
        ),
        sa.CheckConstraint(
            "state IN ('draf', 'menunggu_verifikasi', 'perlu_perbaikan', 'aktif', 'ditolak', 'nonaktif')",
            name=op.f("ck_ecatalog_vendor_state"),
        ),
        sa.ForeignKeyConstraint(
            ["verified_by"],
            ["person.id"],
            name=op.f("fk_ecatalog_vendor_verified_by"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_vendor")),
        sa.UniqueConstraint("key", name=op.f("uq_ecatalog_vendor_key")),
        sa.UniqueConstraint("nib", name=op.f("uq_ecatalog_vendor_nib")),
        sa.UniqueConstraint("npwp", name=op.f("uq_ecatalog_vendor_npwp")),
    )
    op.create_index("ix_ecatalog_vendor_name", "ecatalog_vendor", ["name", "id"], unique=False)
    op.create_index(
        "ix_ecatalog_vendor_state", "ecatalog_vendor", ["state", "submitted_at", "id"], unique=False
    )
    op.create_table(
        "ecatalog_attribute",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("label", sa.String(length=80), nullable=False),
        sa.Column("type", sa.String(length=6), nullable=False),
        sa.Column("unit", sa.String(length=20), nullable=False),
        sa.Column("choices", leuit.storage.Json(), nullable=False),
        sa.Column("required", sa.Boolean(), nullable=False),
        sa.Column("facet", sa.Boolean(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "type IN ('text', 'number', 'choice', 'flag')", name=op.f("ck_ecatalog_attribute_type")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["ecatalog_category.id"],
            name=op.f("fk_ecatalog_attribute_category_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_attribute")),
        sa.UniqueConstraint(
            "category_id", "key", name=op.f("uq_ecatalog_attribute_category_id_key")
        ),
    )
    op.create_index(
        "ix_ecatalog_attribute_place", "ecatalog_attribute", ["category_id", "place"], unique=False
    )
    op.create_table(
        "ecatalog_product",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("category_id", sa.Uuid(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("sku", sa.String(length=40), nullable=True),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("brand", sa.String(length=80), nullable=False),
        sa.Column("description", sa.String(length=4000), nullable=False),
        sa.Column("unit_code", sa.String(length=3), nullable=False),
        sa.Column("attributes", leuit.storage.Json(), nullable=False),
        sa.Column("origin", sa.String(length=10), nullable=False),
        sa.Column("country", sa.String(length=2), nullable=False),
        sa.Column("tkdn", sa.Integer(), nullable=True),
        sa.Column("bmp", sa.Integer(), nullable=True),
        sa.Column("tkdn_number", sa.String(length=80), nullable=False),
        sa.Column("tkdn_until", sa.Date(), nullable=True),
        sa.Column("sni_number", sa.String(length=80), nullable=False),
        sa.Column("sni_until", sa.Date(), nullable=True),
        sa.Column("halal_number", sa.String(length=80), nullable=False),
        sa.Column("halal_until", sa.Date(), nullable=True),
        sa.Column("kbki", sa.String(length=10), nullable=False),
        sa.Column("least_order", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.Column("created_at", leuit.storage.Instant(), nullable=False),
        sa.Column("submitted_at", leuit.storage.Instant(), nullable=True),
        sa.Column("shown_at", leuit.storage.Instant(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "origin IN ('pdn_tkdn', 'pdn_siinas', 'pdn_lain', 'impor')",
            name=op.f("ck_ecatalog_product_origin"),
        ),
        sa.CheckConstraint(
            "state IN ('draf', 'diajukan', 'perlu_perbaikan', 'ditolak', 'tayang', 'dibekukan', 'turun_tayang', 'arsip')",
            name=op.f("ck_ecatalog_product_state"),
        ),
        sa.CheckConstraint(
            "bmp IS NULL OR bmp BETWEEN 0 AND 1500", name=op.f("ck_ecatalog_product_bmp")
        ),
        sa.CheckConstraint("least_order >= 1", name=op.f("ck_ecatalog_product_least_order")),
        sa.CheckConstraint(
            "tkdn IS NULL OR tkdn BETWEEN 0 AND 10000", name=op.f("ck_ecatalog_product_tkdn")
        ),
        sa.ForeignKeyConstraint(
            ["category_id"],
            ["ecatalog_category.id"],
            name=op.f("fk_ecatalog_product_category_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_product_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_product")),
        sa.UniqueConstraint("key", name=op.f("uq_ecatalog_product_key")),
        sa.UniqueConstraint("vendor_id", "sku", name=op.f("uq_ecatalog_product_vendor_id_sku")),
    )
    op.create_index(
        "ix_ecatalog_product_category", "ecatalog_product", ["category_id", "state"], unique=False
    )
    op.create_index(
        "ix_ecatalog_product_state",
        "ecatalog_product",
        ["state", "submitted_at", "id"],
        unique=False,
    )
    op.create_index(
        "ix_ecatalog_product_vendor", "ecatalog_product", ["vendor_id", "state", "id"], unique=False
    )
    op.create_table(
        "ecatalog_sanction",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("edition_id", sa.Uuid(), nullable=False),
        sa.Column("decree", sa.String(length=120), nullable=False),
        sa.Column("reason", sa.String(length=1000), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("recorded_by", sa.Uuid(), nullable=False),
        sa.Column("recorded_at", leuit.storage.Instant(), nullable=False),
        sa.Column("lifted_on", sa.Date(), nullable=True),
        sa.Column("lifted_reason", sa.String(length=1000), nullable=False),
        sa.Column("lifted_by", sa.Uuid(), nullable=True),
        sa.CheckConstraint(
            "until IS NULL OR until > since", name=op.f("ck_ecatalog_sanction_range")
        ),
        sa.ForeignKeyConstraint(
            ["lifted_by"],
            ["person.id"],
            name=op.f("fk_ecatalog_sanction_lifted_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"],
            ["person.id"],
            name=op.f("fk_ecatalog_sanction_recorded_by"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_sanction_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_sanction_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_sanction")),
    )
    op.create_index(
        op.f("ix_ecatalog_sanction_sha256"), "ecatalog_sanction", ["sha256"], unique=False
    )
    op.create_index(
        "ix_ecatalog_sanction_vendor", "ecatalog_sanction", ["vendor_id", "since"], unique=False
    )
    op.create_table(
        "ecatalog_vendor_check",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("field", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_vendor_check_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_vendor_check")),
        sa.UniqueConstraint(
            "vendor_id",
            "round",
            "field",
            name=op.f("uq_ecatalog_vendor_check_vendor_id_round_field"),
        ),
    )
    op.create_table(
        "ecatalog_vendor_document",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=80), nullable=False),
        sa.Column("issued", sa.Date(), nullable=True),
        sa.Column("expires", sa.Date(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("added_at", leuit.storage.Instant(), nullable=False),
        sa.Column("removed_at", leuit.storage.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_vendor_document_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_vendor_document_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_vendor_document")),
    )
    op.create_index(
        "ix_ecatalog_vendor_document_kind",
        "ecatalog_vendor_document",
        ["vendor_id", "kind"],
        unique=False,
    )
    op.create_index(
        op.f("ix_ecatalog_vendor_document_sha256"),
        "ecatalog_vendor_document",
        ["sha256"],
        unique=False,
    )
    op.create_table(
        "ecatalog_vendor_member",
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("since", leuit.storage.Instant(), nullable=False),
        sa.Column("until", leuit.storage.Instant(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_vendor_member_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_vendor_member_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_ecatalog_vendor_member")),
    )
    op.create_index(
        op.f("ix_ecatalog_vendor_member_vendor_id"),
        "ecatalog_vendor_member",
        ["vendor_id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_vendor_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("vendor_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_vendor_step_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_vendor_step_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["vendor_id"],
            ["ecatalog_vendor.id"],
            name=op.f("fk_ecatalog_vendor_step_vendor_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_vendor_step")),
    )
    op.create_index(
        op.f("ix_ecatalog_vendor_step_vendor_id"),
        "ecatalog_vendor_step",
        ["vendor_id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_product_image",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("thumb_sha256", sa.String(length=64), nullable=False),
        sa.Column("width", sa.Integer(), nullable=False),
        sa.Column("height", sa.Integer(), nullable=False),
        sa.Column("alt", sa.String(length=160), nullable=False),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_product_image_product_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_product_image_sha256"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["thumb_sha256"],
            ["blob.sha256"],
            name=op.f("fk_ecatalog_product_image_thumb_sha256"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_product_image")),
        sa.UniqueConstraint(
            "product_id", "place", name=op.f("uq_ecatalog_product_image_product_id_place")
        ),
    )
    op.create_index(
        op.f("ix_ecatalog_product_image_sha256"), "ecatalog_product_image", ["sha256"], unique=False
    )
    op.create_index(
        op.f("ix_ecatalog_product_image_thumb_sha256"),
        "ecatalog_product_image",
        ["thumb_sha256"],
        unique=False,
    )
    op.create_table(
        "ecatalog_product_step",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("step", sa.String(length=40), nullable=False),
        sa.Column("at", leuit.storage.Instant(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=40), nullable=False),
        sa.Column("note", sa.String(length=1000), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_product_step_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_product_step_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_product_step_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_product_step")),
    )
    op.create_index(
        op.f("ix_ecatalog_product_step_product_id"),
        "ecatalog_product_step",
        ["product_id"],
        unique=False,
    )
    op.create_table(
        "ecatalog_shipping",
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(length=13), nullable=False),
        sa.Column("fee", sa.BigInteger(), nullable=False),
        sa.Column("days", sa.Integer(), nullable=False),
        sa.CheckConstraint("days BETWEEN 0 AND 365", name=op.f("ck_ecatalog_shipping_days")),
        sa.CheckConstraint("fee >= 0", name=op.f("ck_ecatalog_shipping_fee")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_shipping_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("product_id", "district", name=op.f("pk_ecatalog_shipping")),
    )
    op.create_table(
        "ecatalog_variant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("product_id", sa.Uuid(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("attributes", leuit.storage.Json(), nullable=False),
        sa.Column("stock", sa.Integer(), nullable=True),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.Column("gone", sa.Boolean(), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_ecatalog_variant_price")),
        sa.CheckConstraint("stock IS NULL OR stock >= 0", name=op.f("ck_ecatalog_variant_stock")),
        sa.ForeignKeyConstraint(
            ["product_id"],
            ["ecatalog_product.id"],
            name=op.f("fk_ecatalog_variant_product_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_variant")),
        sa.UniqueConstraint(
            "product_id", "place", name=op.f("uq_ecatalog_variant_product_id_place")
        ),
    )
    op.create_table(
        "ecatalog_district_price",
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(length=13), nullable=False),
        sa.Column("price", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("price > 0", name=op.f("ck_ecatalog_district_price_price")),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["ecatalog_variant.id"],
            name=op.f("fk_ecatalog_district_price_variant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("variant_id", "district", name=op.f("pk_ecatalog_district_price")),
    )
    op.create_table(
        "ecatalog_price_point",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("variant_id", sa.Uuid(), nullable=False),
        sa.Column("district", sa.String(length=13), nullable=True),
        sa.Column("amount", sa.BigInteger(), nullable=True),
        sa.Column("set_at", leuit.storage.Instant(), nullable=False),
        sa.Column("person_id", sa.Uuid(), nullable=True),
        sa.Column("account_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.CheckConstraint(
            "amount IS NOT NULL OR district IS NOT NULL",
            name=op.f("ck_ecatalog_price_point_taken_back"),
        ),
        sa.CheckConstraint(
            "amount IS NULL OR amount > 0", name=op.f("ck_ecatalog_price_point_amount")
        ),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["account.id"],
            name=op.f("fk_ecatalog_price_point_account_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["person_id"],
            ["person.id"],
            name=op.f("fk_ecatalog_price_point_person_id"),
            ondelete="RESTRICT",
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"],
            ["ecatalog_variant.id"],
            name=op.f("fk_ecatalog_price_point_variant_id"),
            ondelete="RESTRICT",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ecatalog_price_point")),
    )
    op.create_index(
        "ix_ecatalog_price_point_variant",
        "ecatalog_price_point",
        ["variant_id", "set_at", "id"],
        unique=False,
    )
