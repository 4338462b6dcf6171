"""The listing: what everybody may find, one row a product, with all that a search needs of it.

Every row follows from vendors, products and prices, and can be made anew from them. Rows are
narrow, as a search counts over all that it meets: tokens stand beside them where they can.
"""

import datetime as dt
from typing import Any, Final
from uuid import UUID

import attrs
from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from .base import DISTRICT, Base, Rupiah, product_fk, vendor_fk
from .categories import CODE, KEY
from .categories import NAME as CATEGORY_NAME
from .products import NAME
from .vendors import NAME as VENDOR_NAME

NO_END: Final = dt.date(9999, 12, 31)
UNKNOWN: Final = -1
"""In place of a percentage: no certificate that holds."""

_WORDS: Any = Text().with_variant(TSVECTOR(), "postgresql")


class Listing(Base):
    """A product that is shown, until the day `until`; a larger `id` was shown later.

    `stamp` grows with every change, prices included: it tells a cache whether it is still right.
    `category` is that of the third level, whose code begins with those above. `tkdn` and `local`
    (with BMP) are hundredths of a percent of a certificate that holds today. `low` and `high` are
    the lowest and highest price anywhere in the region now. `words` are PostgreSQL's alone: on
    SQLite `ListingToken` has them, since there a count would read past them.
    """

    __tablename__ = "ecatalog_listing"
    __table_args__ = (
        Index("ix_ecatalog_listing_vendor", "vendor_id"),
        # SQLite has its full text elsewhere: there this index holds nothing.
        Index(
            "ix_ecatalog_listing_words",
            "words",
            postgresql_using="gin",
            sqlite_where=text("1 = 0"),
        ),
        # Room in each page, so that a new price stays there and touches no index.
        {"postgresql_with": {"fillfactor": 75}},
    )

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    category: Mapped[str] = mapped_column(String(CODE))
    district: Mapped[str] = mapped_column(String(DISTRICT))
    scale: Mapped[str] = mapped_column(String(8))
    origin: Mapped[str] = mapped_column(String(10))
    tkdn: Mapped[int] = mapped_column(SmallInteger)
    local: Mapped[int] = mapped_column(SmallInteger)
    low: Mapped[Rupiah]
    high: Mapped[Rupiah]
    until: Mapped[dt.date]
    frozen: Mapped[bool]
    standard: Mapped[bool]
    stamp: Mapped[int] = mapped_column(BigInteger)
    product_id: Mapped[UUID] = product_fk(index=False)
    vendor_id: Mapped[UUID] = vendor_fk(index=False)
    unit_code: Mapped[str] = mapped_column(String(3))
    name: Mapped[str] = mapped_column(String(NAME))
    vendor_name: Mapped[str] = mapped_column(String(VENDOR_NAME))
    place_name: Mapped[str] = mapped_column(String(CATEGORY_NAME))
    picture: Mapped[UUID | None]
    words: Mapped[str | None] = mapped_column(_WORDS)


Index("uq_ecatalog_listing_product_id", Listing.product_id, unique=True)


class ListingToken(Base):
    """The tokens of a row of the listing on SQLite, whose full text is made of them."""

    __tablename__ = "ecatalog_listing_token"

    id: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    words: Mapped[str] = mapped_column(Text)


class ListingWord(Base):
    """In how many products that are shown a word stands: suggestions are made of nothing else."""

    __tablename__ = "ecatalog_listing_word"
    __table_args__ = (
        Index("ix_ecatalog_listing_word_length", "length"),
        # How words begin is asked in the order of letters alone, which SQLite's key has already.
        Index(
            "ix_ecatalog_listing_word_pattern",
            "word",
            postgresql_ops={"word": "varchar_pattern_ops"},
            sqlite_where=text("1 = 0"),
        ),
    )

    word: Mapped[str] = mapped_column(String(40), primary_key=True)
    length: Mapped[int] = mapped_column(Integer)
    documents: Mapped[int] = mapped_column(Integer)


class ListingValue(Base):
    """The value of an attribute by which buyers filter; `number` is what sorts it, 0 for words."""

    __tablename__ = "ecatalog_listing_value"

    listing_id: Mapped[int] = mapped_column(
        ForeignKey("ecatalog_listing.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(KEY), primary_key=True)
    value: Mapped[str] = mapped_column(String(CATEGORY_NAME), primary_key=True)
    number: Mapped[float]


@attrs.frozen
class ListingText:
    """The full text of the listing, as `leuit.builtin.search` wants it told."""

    full_text: str
    entry: Table
    word: Table


LISTING_TEXT = ListingText(
    "ecatalog_listing_fts",
    Base.metadata.tables["ecatalog_listing"],
    Base.metadata.tables["ecatalog_listing_word"],
)
