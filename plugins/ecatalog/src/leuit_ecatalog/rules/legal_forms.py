"""Legal forms of vendors, and which papers each must bring.

The owner of a UD is a natural person before the law, and a group has no legal form of its own: what
is known of them is personal data. A firm of one of the other forms is known publicly by its NIB.
"""

from collections.abc import Mapping

import attrs

from leuit.values import Text, _


@attrs.frozen
class LegalForm:
    """A form by its code; `is_firm` where it stands apart from the people behind it."""

    code: str
    title: Text
    is_firm: bool


@attrs.frozen
class PaperKind:
    """A kind of document: who must bring it, and what to know before one looks for it."""

    code: str
    title: Text
    hint: Text
    of_firms: bool = True
    of_people: bool = True
    required: bool = True

    def is_asked(self, form: LegalForm) -> bool:
        """Whether a vendor of this form is asked for it."""
        return self.of_firms if form.is_firm else self.of_people


_FORMS = (
    LegalForm("perorangan", _("Perorangan"), is_firm=False),
    LegalForm("UD", _("Usaha dagang (UD)"), is_firm=False),
    LegalForm("kelompok", _("Kelompok usaha (KUBE, KUB)"), is_firm=False),
    LegalForm("CV", _("CV"), is_firm=True),
    LegalForm("PT", _("PT"), is_firm=True),
    LegalForm("koperasi", _("Koperasi"), is_firm=True),
    LegalForm("BUMDes", _("BUMDes"), is_firm=True),
)
LEGAL_FORMS: Mapping[str, LegalForm] = {form.code: form for form in _FORMS}
SOMEBODY = _FORMS[0]

_PAPERS = (
    PaperKind("nib", _("Dokumen NIB"), _("Unduh dari oss.go.id, atau potret lembarannya.")),
    PaperKind("npwp", _("Kartu NPWP"), _("Kartu, atau surat keterangan terdaftar.")),
    PaperKind("ktp", _("KTP pemilik"), _("Pemilik usaha, atau ketua kelompok."), of_firms=False),
    PaperKind("akta", _("Akta pendirian"), _("Dengan perubahan terakhirnya."), of_people=False),
    PaperKind(
        "surat_kerja",
        _("Surat keterangan kerja"),
        _("Untuk orang yang memakai akun ini atas nama usaha."),
        of_people=False,
    ),
    PaperKind(
        "pkp", _("Surat PKP atau pernyataan bukan PKP"), _("Bukan PKP: cukup surat pernyataan.")
    ),
    PaperKind(
        "rekening",
        _("Halaman depan buku rekening"),
        _("Nama bank, nomor dan pemilik harus terbaca."),
    ),
    PaperKind(
        "izin",
        _("Izin lain"),
        _("Misalnya PIRT atau sertifikat halal, bila ada."),
        required=False,
    ),
)
PAPER_KINDS: Mapping[str, PaperKind] = {paper.code: paper for paper in _PAPERS}


def form_of(code: str) -> LegalForm:
    """The form of a code; a vendor who has not said it is taken for a natural person."""
    return LEGAL_FORMS.get(code, SOMEBODY)


def papers_of(code: str) -> tuple[PaperKind, ...]:
    """The papers that a vendor of a form is asked for, in the order of the page."""
    form = form_of(code)
    return tuple(paper for paper in _PAPERS if paper.is_asked(form))


def missing_papers(code: str, brought: set[str]) -> tuple[PaperKind, ...]:
    """What a vendor of a form must still bring."""
    return tuple(paper for paper in papers_of(code) if paper.required and paper.code not in brought)
