"""Until when a step may be done: the end of a working day of the region's calendar."""

import datetime as dt

from leuit.builtin.calendar import holidays_between
from leuit.values import ConflictError, _, format_date, local_day, to_utc
from leuit.work import View
from leuit_ecatalog.models import Purchase
from leuit_ecatalog.rules.working_deadline import last_day

_LOOK_AHEAD = dt.timedelta(days=365)


class ExpiredError(ConflictError):
    """The step came too late; the purchase lapses by itself."""

    code = "expired"


def due_after(view: View, days: int) -> dt.datetime | None:
    """The first instant after the last of so many working days that follow today; None for 0."""
    if not days:
        return None
    off = holidays_between(view, view.today, view.today + _LOOK_AHEAD)
    first = last_day(view.today, days, off) + dt.timedelta(days=1)
    return to_utc(dt.datetime.combine(first, dt.time()), view.app.zone)


def is_over(view: View, purchase: Purchase) -> bool:
    """Whether the present step of a purchase is over by the clock."""
    return purchase.due_at is not None and view.now >= purchase.due_at


def require_open(view: View, purchase: Purchase) -> None:
    """Raise ExpiredError for a step whose time is over."""
    if is_over(view, purchase):
        raise ExpiredError(
            _("Batas waktunya berakhir pada %(day)s."),
            advice=_("Pembelian ini batal otomatis; buat pembelian baru bila masih dibutuhkan."),
            day=format_date(last_local_day(view, purchase)),
        )


def last_local_day(view: View, purchase: Purchase) -> dt.date:
    """The last day on which the present step may be done."""
    assert purchase.due_at is not None
    return local_day(purchase.due_at - dt.timedelta(seconds=1), view.app.zone)
