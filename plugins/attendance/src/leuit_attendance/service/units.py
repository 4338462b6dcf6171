"""Finding the unit that a person names on the command line: by code, short name or name."""

from sqlalchemy import func, or_, select

from leuit.identity import Unit, holds_on
from leuit.values import ConflictError, NotFoundError, _
from leuit.work import View


def unit_named(view: View, text: str) -> Unit:
    """The unit in force whose code, short name or name is `text`, in any case; a code goes first.

    Raises NotFoundError, or ConflictError where several bear that name.
    """
    wanted = " ".join(text.split()).lower()
    found = list(
        view.session.scalars(
            select(Unit)
            .where(
                or_(
                    *(func.lower(column) == wanted for column in (Unit.code, Unit.short, Unit.name))
                ),
                holds_on(Unit.valid_from, Unit.valid_to, view.today),
            )
            .order_by(Unit.code)
        )
    )
    found = [unit for unit in found if unit.code.lower() == wanted] or found
    if not found:
        raise NotFoundError(
            _("Tidak ada unit bernama atau berkode “%(text)s”."),
            advice=_("Tulis kode, nama singkat, atau nama lengkap unit."),
            text=text,
        )
    if len(found) > 1:
        raise ConflictError(
            _("Nama unit “%(text)s” dipakai beberapa unit: %(codes)s."),
            advice=_("Tulis kodenya."),
            text=text,
            codes=", ".join(unit.code for unit in found[:8]),
        )
    return found[0]
