"""Declarative bases: one for the core, one of its own for each plugin.

A plugin never shares MetaData with another: one broken relationship, or half of a plugin's tables,
must not reach anybody else. Constraint names follow one convention, so that migrations can name
them on both engines.
"""

import datetime as dt
import re
from typing import Any
from uuid import UUID

from sqlalchemy import Date, LargeBinary, MetaData, Uuid
from sqlalchemy.orm import DeclarativeBase

from leuit.values import SetupError, _

from .types import Instant, Json

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

TYPES: dict[Any, Any] = {
    UUID: Uuid(),
    dt.datetime: Instant(),
    dt.date: Date(),
    bytes: LargeBinary(),
    dict[str, Any]: Json(),
}


class CoreBase(DeclarativeBase):
    """Tables of the core. Those that plugins refer to change by ADD COLUMN only."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = TYPES


def plugin_base(name: str) -> type[DeclarativeBase]:
    """A new declarative base for the plugin `name`; its tables must start with `<name>_`."""
    if not re.fullmatch(r"[a-z][a-z0-9]*", name):
        raise SetupError(
            _("Nama plugin “%(name)s” harus huruf kecil dan angka, tanpa garis bawah."), name=name
        )
    return type(
        "Base",
        (DeclarativeBase,),
        {
            "__module__": f"leuit_{name}.models",
            "__doc__": f"Declarative base of the plugin {name}.",
            "metadata": MetaData(naming_convention=NAMES),
            "type_annotation_map": TYPES,
        },
    )
