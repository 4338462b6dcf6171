"""What passes over the stored files found wrong, with what it concerns."""

import datetime as dt
from collections.abc import Iterator

import attrs
from sqlalchemy import func, or_, select

from leuit.plugins import HealthAnswer
from leuit.values import Text, _
from leuit.work import View
from leuit_archives.models import FixityFinding, FixityRun
from leuit_archives.models.fixity import CHANGED, MISSING

from .fixity import last_run
from .kept_files import KEPT

MOST_NAMED = 20
LATE = dt.timedelta(days=45)
FAULT_WORDS: dict[str, Text] = {
    MISSING: _("Hilang dari tempat berkas"),
    CHANGED: _("Isinya berubah"),
}


@attrs.frozen
class Named:
    """What has the file, as the reader may see it."""

    title: str
    name: str
    path: str


@attrs.frozen
class Finding:
    """A file that is gone or changed, since when that is known, and what it belongs to."""

    sha256: str
    fault: str
    found_at: dt.datetime
    named: tuple[Named, ...]


@attrs.frozen
class Standing:
    """The pass that goes on or ended last, and the one that went over all files last."""

    latest: FixityRun | None
    whole: FixityRun | None


def standing(view: View) -> Standing:
    """Where the checks stand."""
    return Standing(last_run(view), last_run(view, finished=True))


def findings(view: View, limit: int) -> list[Finding]:
    """Open findings, the oldest first, of files of which the reader may read what has them."""
    seen = or_(
        *(
            one.rows(view)
            .where(one.column == FixityFinding.sha256)
            .correlate(FixityFinding)
            .exists()
            for one in KEPT
        )
    )
    rows = view.session.scalars(
        select(FixityFinding)
        .where(FixityFinding.settled_at.is_(None), seen)
        .order_by(FixityFinding.found_at, FixityFinding.id)
        .limit(limit)
    )
    return [
        Finding(row.sha256, row.fault, row.found_at, tuple(_named(view, row.sha256)))
        for row in rows
    ]


def count_open(view: View) -> int:
    """How many files are gone or changed, whoever may read them; for the health page."""
    query = select(func.count()).where(FixityFinding.settled_at.is_(None))
    return int(view.connection.execute(query).scalar_one())


def health(view: View) -> HealthAnswer:
    """One line of the health page: files that are gone or changed, or a check that is overdue.

    It names no record: whoever looks after machines need not read them.
    """
    count = count_open(view)
    stands = standing(view)
    figures: dict[str, int | str] = {"faulty": count}
    if stands.whole is not None and stands.whole.finished_at is not None:
        figures["checked"] = stands.whole.checked
    if count:
        sentence = _(
            "%(count)s berkas arsip hilang atau berubah. Pulihkan dari cadangan; "
            "leuit archives fixity menyebutkannya."
        ) % {"count": count}
        return HealthAnswer(False, str(sentence), figures)
    latest = stands.latest
    if latest is not None and latest.finished_at is None and view.now - latest.started_at > LATE:
        sentence = _("Pemeriksaan berkas arsip belum selesai sesudah %(days)s hari.") % {
            "days": LATE.days
        }
        return HealthAnswer(False, str(sentence), figures)
    return HealthAnswer(True, figures=figures)


def _named(view: View, sha256: str) -> Iterator[Named]:
    for one in KEPT:
        rows = view.connection.execute(
            one.rows(view).where(one.column == sha256).distinct().limit(MOST_NAMED)
        )
        for title, name, row_id in sorted(rows, key=lambda row: str(row[2])):
            yield Named(title, name or str(one.word or ""), one.path % row_id)
