"""Figures of local content (TKDN, BMP) as dated editions, `ecatalog.local_content`."""

from collections.abc import Collection

import cattrs

from leuit.builtin.regulations import RegulationKind, edition
from leuit.values import ConflictError, _
from leuit.work import View
from leuit_ecatalog.rules.bmp import EXAMPLE, LocalContent, bmp_of, check_local_content

REGULATION = "ecatalog.local_content"
_CONVERTER = cattrs.Converter(forbid_extra_keys=True)

KIND = RegulationKind(
    REGULATION,
    _("TKDN dan BMP"),
    LocalContent,
    lambda plain: check_local_content(_CONVERTER.structure(plain, LocalContent)),
    _CONVERTER.unstructure,
    labels={
        "factors": _("Faktor BMP"),
        "code": _("Kode"),
        "title": _("Nama"),
        "weight": _("Bobot (perseratus persen)"),
        "bmp_most": _("BMP paling banyak (perseratus persen)"),
    },
    example=EXAMPLE,
)


def local_content(view: View) -> LocalContent | None:
    """The figures of today; None without an edition."""
    found = edition(view, REGULATION, view.today)
    return None if found is None else found.figures


def weight_of(view: View, codes: Collection[str]) -> int:
    """What chosen factors weigh today; ConflictError where no edition says it."""
    figures = local_content(view)
    if figures is None:
        raise ConflictError(
            _("Faktor BMP belum ditetapkan di sini."),
            advice=_("Isi angka BMP dari sertifikat, atau hubungi pengelola katalog."),
        )
    return bmp_of(figures, codes)
