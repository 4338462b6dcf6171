"""How letters out look and are numbered, as dated editions; national usage while none holds."""

import datetime as dt

import attrs
import cattrs

from leuit.builtin.regulations import RegulationKind, edition
from leuit.values import NotFoundError, _, local_day
from leuit.work import View
from leuit_archives.documents import FONTS, LetterPage
from leuit_archives.models import Letter
from leuit_archives.rules.letter_kinds import LetterKind
from leuit_archives.rules.number_pattern import GIVEN, SCOPES, Numbering

from .letter_levels import letter_kinds

PAGE, NUMBERING = "archives.page", "archives.numbering"


NATIONAL = LetterPage()


@attrs.frozen
class LetterTemplate:
    """The words with which a letter of a kind begins and ends when somebody starts to write it."""

    kind: str
    body: str = ""
    closing: str = ""


@attrs.frozen
class PageRules:
    """Paper and type, and the words of kinds."""

    page: LetterPage = NATIONAL
    templates: tuple[LetterTemplate, ...] = ()

    def template_of(self, kind: str) -> LetterTemplate:
        """The words of a kind, or none."""
        return next((one for one in self.templates if one.kind == kind), LetterTemplate(kind))


EXAMPLE = PageRules(
    NATIONAL,
    (
        LetterTemplate(
            "Surat Dinas",
            "Sehubungan dengan …, bersama ini kami sampaikan bahwa …",
            "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.",
        ),
        LetterTemplate(
            "Surat Undangan",
            "Dalam rangka …, kami mengundang Saudara untuk hadir pada:\n\n"
            "hari, tanggal : …\nwaktu : pukul … WIB sampai selesai\ntempat : …\nacara : …",
            "Demikian disampaikan, atas perhatian Saudara diucapkan terima kasih.",
        ),
        LetterTemplate("Nota Dinas", "Bersama ini kami laporkan bahwa …", "Demikian dilaporkan."),
        LetterTemplate(
            "Surat Tugas",
            "Dasar : …\n\nMENUGASKAN:\n\nKepada : …\n\nUntuk :\n\n1. …",
            "Demikian surat tugas ini dibuat untuk dilaksanakan.",
        ),
    ),
)
"""Words in common use; nothing prescribes them."""

_CONVERTER = cattrs.Converter(forbid_extra_keys=True)


def page_kind() -> RegulationKind:
    """Paper, type and words, as registered with the regulations."""
    return RegulationKind(
        PAGE,
        _("Tampilan surat keluar"),
        PageRules,
        lambda plain: _CONVERTER.structure(plain, PageRules),
        _CONVERTER.unstructure,
        {
            "page": _("Halaman"),
            "width": _("Lebar kertas, mm"),
            "height": _("Tinggi kertas, mm"),
            "left": _("Tepi kiri, mm"),
            "top": _("Tepi atas, mm"),
            "right": _("Tepi kanan, mm"),
            "bottom": _("Tepi bawah, mm"),
            "font": _("Huruf (%(names)s)") % {"names": ", ".join(FONTS)},
            "font_size": _("Ukuran huruf"),
            "templates": _("Kata-kata menurut jenis"),
            "kind": _("Jenis naskah"),
            "body": _("Isi awal"),
            "closing": _("Penutup"),
        },
        example=EXAMPLE,
    )


def numbering_kind() -> RegulationKind:
    """How letters are counted, as registered with the regulations."""
    return RegulationKind(
        NUMBERING,
        _("Penomoran surat keluar"),
        Numbering,
        lambda plain: _CONVERTER.structure(plain, Numbering),
        _CONVERTER.unstructure,
        {
            "per_unit": _("Tiap unit menghitung sendiri"),
            "scope": _("Satu urutan untuk (%(choices)s)") % {"choices": ", ".join(SCOPES)},
            "given": _("Nomor diberikan sebelum atau sesudah tanda tangan (%(choices)s)")
            % {"choices": ", ".join(GIVEN)},
        },
        example=Numbering(),
    )


def page_rules(view: View, day: dt.date) -> PageRules:
    """Those of a day."""
    found = edition(view, PAGE, day)
    rules: PageRules = found.figures if found else EXAMPLE
    return rules


def numbering_on(view: View, day: dt.date) -> Numbering:
    """How letters of a day are counted."""
    found = edition(view, NUMBERING, day)
    numbering: Numbering = found.figures if found else Numbering()
    return numbering


def letter_kinds_on(view: View, day: dt.date) -> tuple[LetterKind, ...]:
    """Kinds of a day that can be written here: forms are filled in elsewhere."""
    return tuple(one for one in letter_kinds(view, day) if one.page_shape != "formulir")


def kind_to_write(view: View, name: str) -> LetterKind:
    """A kind of today that can be written here; NotFoundError for any other."""
    for kind in letter_kinds_on(view, view.today):
        if kind.kind.casefold() == name.casefold():
            return kind
    raise NotFoundError(_("Jenis naskah itu tidak ada."), advice=_("Pilih jenisnya dari daftar."))


def kind_of(view: View, letter: Letter) -> LetterKind:
    """The kind of a letter as it was when it was begun."""
    return kind_on(view, letter.kind, local_day(letter.created_at, view.app.zone))


def kind_on(view: View, name: str, day: dt.date) -> LetterKind:
    """A kind as it was on a day; a plain one without a number where it is not known."""
    for kind in letter_kinds_on(view, day):
        if kind.kind == name:
            return kind
    return LetterKind(name, "korespondensi", "", "korespondensi")
