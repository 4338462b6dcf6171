"""The JSON routes by which budget and TPP base amounts come in and are read."""

from leuit.builtin.report_pages import MAX_REPORTED
from leuit.plugins import ApiPath, Route
from leuit.values import _
from leuit_sp2d.permissions import BUDGET, READ, RELEASE, TPP

from . import books, budget, budget_papers, reports, tpp

_BUDGET = ApiPath("/budget")
_DPA = _BUDGET / "dpa"
_SPD = _BUDGET / "spd"
_BASES = ApiPath("/tpp/bases")

ROUTES: list[Route] = [
    (_BUDGET / "{unit_id:uuid}/{year:int}").get(
        books.show_budget,
        READ,
        "sp2d_budget",
        _("Baris anggaran satu unit dan tahun"),
        query=books.BudgetQuery,
        answer=books.BudgetAnswer,
    ),
    (_BUDGET / "lines/{line_id:uuid}/movements").get(
        books.show_movements,
        READ,
        "sp2d_movements",
        _("Mutasi satu baris anggaran, yang terlama lebih dahulu"),
        query=books.MovementsQuery,
        answer=books.MovementsAnswer,
    ),
    _DPA.get(
        budget_papers.list_dpas,
        READ,
        "sp2d_dpas",
        _("DPA, yang terakhir masuk lebih dahulu"),
        query=budget_papers.DpasQuery,
        answer=budget_papers.DpasAnswer,
    ),
    (_DPA / "{dpa_id:uuid}").get(
        budget_papers.show_dpa,
        READ,
        "sp2d_dpa",
        _("Satu DPA dan barisnya"),
        query=budget_papers.PaperLinesQuery,
        answer=budget_papers.DpaAnswer,
    ),
    (_DPA / "try").post(
        budget.try_import,
        BUDGET,
        "sp2d_dpa_try",
        _("Coba berkas DPA; belum ada yang berubah"),
        budget.DpaForm,
        answer=budget.DpaReportAnswer,
        max_body=MAX_REPORTED,
    ),
    _DPA.post(
        budget.import_dpa,
        BUDGET,
        "sp2d_dpa_import",
        _("Simpan DPA"),
        budget.DpaForm,
        answer=budget.DpaStoredAnswer,
        max_body=MAX_REPORTED,
    ),
    _SPD.get(
        budget_papers.list_spds,
        READ,
        "sp2d_spds",
        _("SPD, yang terakhir terbit lebih dahulu"),
        query=budget_papers.SpdsQuery,
        answer=budget_papers.SpdsAnswer,
    ),
    (_SPD / "{spd_id:uuid}").get(
        budget_papers.show_spd,
        READ,
        "sp2d_spd",
        _("Satu SPD, barisnya, dan sisanya"),
        query=budget_papers.PaperLinesQuery,
        answer=budget_papers.SpdAnswer,
    ),
    (_SPD / "try").post(
        budget.try_release,
        RELEASE,
        "sp2d_spd_try",
        _("Coba SPD dari berkas; belum ada yang berubah"),
        budget.SpdForm,
        answer=budget.SpdReportAnswer,
        max_body=MAX_REPORTED,
    ),
    _SPD.post(
        budget.release,
        RELEASE,
        "sp2d_spd_issue",
        _("Terbitkan SPD dari berkas"),
        budget.SpdForm,
        answer=budget.SpdIssuedAnswer,
        max_body=MAX_REPORTED,
    ),
    (_SPD / "share/try").post(
        budget.try_share,
        RELEASE,
        "sp2d_spd_share_try",
        _("Coba SPD persen dari pagu; belum ada yang berubah"),
        budget.SpdShareBody,
        answer=budget.SpdReportAnswer,
    ),
    (_SPD / "share").post(
        budget.release_share,
        RELEASE,
        "sp2d_spd_share",
        _("Terbitkan SPD persen dari pagu"),
        budget.SpdShareBody,
        answer=budget.SpdIssuedAnswer,
    ),
    _BASES.get(
        tpp.list_bases,
        TPP,
        "sp2d_tpp_bases",
        _("Besaran TPP menurut nama"),
        query=tpp.BasesQuery,
        answer=tpp.BasesAnswer,
    ),
    (_BASES / "try").post(
        tpp.try_import,
        TPP,
        "sp2d_tpp_try",
        _("Coba berkas besaran TPP; belum ada yang berubah"),
        tpp.BasesForm,
        answer=reports.ReportAnswer,
        max_body=MAX_REPORTED,
    ),
    _BASES.post(
        tpp.import_bases,
        TPP,
        "sp2d_tpp_import",
        _("Simpan besaran TPP"),
        tpp.BasesForm,
        answer=tpp.BasesStoredAnswer,
        max_body=MAX_REPORTED,
    ),
]
