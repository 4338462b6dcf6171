"""Column types that behave the same on SQLite and PostgreSQL."""

import datetime as dt
import json
from typing import Any

from sqlalchemy import DateTime, Dialect, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine


class Instant(TypeDecorator[dt.datetime]):
    """An aware instant; stored in UTC with microseconds, returned aware in UTC.

    A naive datetime is refused: guessing its zone would move a punch to another day.
    """

    impl = DateTime
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(DateTime(timezone=dialect.name == "postgresql"))

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        value = value.astimezone(dt.UTC)
        return value if dialect.name == "postgresql" else value.replace(tzinfo=None)

    def result_processor(self, dialect: Dialect, coltype: Any) -> Any:
        """One call a value, since lists are full of them."""
        read = self.impl_instance.result_processor(dialect, coltype)

        def aware(value: Any) -> dt.datetime | None:
            found: dt.datetime | None = read(value) if read else value
            if found is None:
                return None
            if found.tzinfo is None:
                return found.replace(tzinfo=dt.UTC)
            return found.astimezone(dt.UTC)

        return aware


class Json(TypeDecorator[Any]):
    """JSON: jsonb on PostgreSQL, sorted compact text on SQLite."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(JSONB() if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        if value is None or dialect.name == "postgresql":
            return value
        return json.loads(value)
