"""The JSON routes by which the budget and TPP base amounts come in."""

from typing import Any

from leuit.plugins import Route
from leuit.values import _
from leuit_sp2d.pages.budget_words import MAX_BODY
from leuit_sp2d.permissions import BUDGET, RELEASE, TPP

from . import budget, reports, tpp

_POST: dict[str, Any] = {"kind": "api", "methods": ("POST",)}
_FILE: dict[str, Any] = {**_POST, "max_body": MAX_BODY}

ROUTES: list[Route] = [
    Route(
        "/budget/dpa/try",
        budget.try_import,
        BUDGET,
        name="sp2d_dpa_try",
        summary=_("Coba berkas DPA; belum ada yang berubah"),
        body=budget.DpaForm,
        answer=budget.DpaReportAnswer,
        **_FILE,
    ),
    Route(
        "/budget/dpa",
        budget.import_dpa,
        BUDGET,
        name="sp2d_dpa_import",
        summary=_("Simpan DPA"),
        body=budget.DpaForm,
        answer=budget.DpaStoredAnswer,
        **_FILE,
    ),
    Route(
        "/budget/spd/try",
        budget.try_release,
        RELEASE,
        name="sp2d_spd_try",
        summary=_("Coba SPD dari berkas; belum ada yang berubah"),
        body=budget.SpdForm,
        answer=budget.SpdReportAnswer,
        **_FILE,
    ),
    Route(
        "/budget/spd",
        budget.release,
        RELEASE,
        name="sp2d_spd_issue",
        summary=_("Terbitkan SPD dari berkas"),
        body=budget.SpdForm,
        answer=budget.SpdIssuedAnswer,
        **_FILE,
    ),
    Route(
        "/budget/spd/share/try",
        budget.try_share,
        RELEASE,
        name="sp2d_spd_share_try",
        summary=_("Coba SPD persen dari pagu; belum ada yang berubah"),
        body=budget.SpdShareBody,
        answer=budget.SpdReportAnswer,
        **_POST,
    ),
    Route(
        "/budget/spd/share",
        budget.release_share,
        RELEASE,
        name="sp2d_spd_share",
        summary=_("Terbitkan SPD persen dari pagu"),
        body=budget.SpdShareBody,
        answer=budget.SpdIssuedAnswer,
        **_POST,
    ),
    Route(
        "/tpp/bases",
        tpp.list_bases,
        TPP,
        kind="api",
        name="sp2d_tpp_bases",
        summary=_("Besaran TPP menurut nama"),
        query=tpp.BasesQuery,
        answer=tpp.BasesAnswer,
    ),
    Route(
        "/tpp/bases/try",
        tpp.try_import,
        TPP,
        name="sp2d_tpp_try",
        summary=_("Coba berkas besaran TPP; belum ada yang berubah"),
        body=tpp.BasesForm,
        answer=reports.ReportAnswer,
        **_FILE,
    ),
    Route(
        "/tpp/bases",
        tpp.import_bases,
        TPP,
        name="sp2d_tpp_import",
        summary=_("Simpan besaran TPP"),
        body=tpp.BasesForm,
        answer=tpp.BasesStoredAnswer,
        **_FILE,
    ),
]
