"""The figures of domestic products as dated editions (`ecatalog.domestic`)."""

import cattrs

from leuit.builtin.regulations import RegulationKind, edition
from leuit.values import _
from leuit.work import View
from leuit_ecatalog.rules.domestic import DomesticFigures, check_figures

REGULATION = "ecatalog.domestic"
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)

EXAMPLE = DomesticFigures(sum_from=4_000, tkdn_from=2_500)
"""Perpres 46/2025 Pasal 66, as reported: a region confirms it before it puts it in force."""

KIND = RegulationKind(
    REGULATION,
    _("Produk dalam negeri"),
    DomesticFigures,
    lambda plain: check_figures(_CONVERTER.structure(plain, DomesticFigures)),
    _CONVERTER.unstructure,
    labels={
        "sum_from": _("TKDN ditambah BMP mulai (perseratus persen)"),
        "tkdn_from": _("TKDN mulai (perseratus persen)"),
    },
    example=EXAMPLE,
)


def domestic_figures(view: View) -> DomesticFigures | None:
    """The figures of today; None without an edition: then nobody is offered to choose by them."""
    found = edition(view, REGULATION, view.today)
    return None if found is None else found.figures
