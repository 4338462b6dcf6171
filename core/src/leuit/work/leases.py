"""Leases: how long a worker may hold a job without being heard of.

They are measured by the database's own clock, so that workers on machines whose clocks disagree
agree on what has expired, and so that the application's clock can be moved (in tests, in a
demonstration) without killing what runs. On SQLite the database's clock is that of the machine.
"""

import datetime as dt
import os
import socket
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, DateTime, Interval, func, literal, literal_column

from leuit.storage import Database

from .models import Job

LEASE_SECONDS = 30.0
"""How long a dead worker keeps its jobs; a live one renews at a third of it."""

PROCESS = f"{socket.gethostname()[:24]}:{os.getpid()}:{uuid4().hex[:8]}"
"""This process among all that ever wrote to the database: the pid alone would come back."""


def database_now(database: Database, seconds: float = 0.0) -> ColumnElement[Any]:
    """The instant of the database's clock, `seconds` from now."""
    if database.dialect == "postgresql":
        ahead = literal(dt.timedelta(seconds=seconds), Interval())
        return func.clock_timestamp(type_=DateTime(timezone=True)) + ahead
    return func.strftime("%Y-%m-%d %H:%M:%f000", "now", f"{seconds:+.3f} seconds")


def has_status(status: str) -> ColumnElement[bool]:
    """The condition on a job's status, written out: with a parameter no partial index is used."""
    return Job.status == literal_column(f"'{status}'")
