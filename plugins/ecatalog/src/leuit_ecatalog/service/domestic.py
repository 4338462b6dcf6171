"""The figures by which buyers choose domestic products: those of the edition of buying of today."""

from leuit.builtin.regulations import edition
from leuit.work import View
from leuit_ecatalog.rules.domestic import DomesticFigures

from .buying_edition import BUYING


def domestic_figures(view: View) -> DomesticFigures | None:
    """The figures of today; None without an edition: then nobody is offered to choose by them."""
    found = edition(view, BUYING, view.today)
    if found is None:
        return None
    return DomesticFigures(found.figures.sum_least, found.figures.tkdn_least)
