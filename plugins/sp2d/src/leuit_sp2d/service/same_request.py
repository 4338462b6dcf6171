"""The same request a second time: a change of what is still with its writer is known by its digest.

A step leaves an act, by which it is known again (`acts.same_act`). A draft that is mended, a file
that is taken off, or a claim that is taken up leaves none; so the digest of who asked and of all
that he sent is kept for a week, in the unit that makes the change. Another content, or another
person, has another digest and meets the refusal of what is stale.
"""

import datetime as dt
import hashlib
import json
from typing import Any

import attrs
from sqlalchemy import insert, select

from leuit.work import View, Work
from leuit_sp2d.models import Change


def digest_of(view: View, what: str, *sent: Any) -> str:
    """Of a request of the asker: `what` is asked, about which record and version, and all else."""
    told = json.dumps([view.identity.person_id, what, sent], default=_plain, sort_keys=True)
    return hashlib.sha256(told.encode()).hexdigest()


def was_done(view: View, digest: str) -> bool:
    """Whether that request was done before; ask with the record held, so that none is under way."""
    known = select(Change.sha256).where(Change.sha256 == digest)
    return view.connection.execute(known).first() is not None


def note_done(work: Work, digest: str) -> None:
    """Keep that the request is done by this unit."""
    work.connection.execute(insert(Change), {"sha256": digest, "at": work.now})


def _plain(value: Any) -> Any:
    if attrs.has(type(value)):
        return attrs.asdict(value, recurse=False)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
