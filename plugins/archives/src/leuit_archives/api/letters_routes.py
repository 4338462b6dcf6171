"""The JSON routes of letters in and dispositions, below `/api/archives/v1`."""

from leuit.plugins import ApiPath, Route
from leuit.values import _
from leuit_archives.permissions import RECEIVE, REGISTER
from leuit_archives.service.letter_uploads import MOST_IN

from . import dispositions, letters
from .letters_values import BroughtAnswer, LetterAnswer, TurnsAnswer

_LETTERS = ApiPath("/letters", LetterAnswer)
_FILES = ApiPath("/letters/files", BroughtAnswer)
_ONE = _LETTERS / "{letter_id:uuid}"
_ADDRESSEE = _LETTERS / "addressees/{addressee_id:uuid}"
_RECEIVER = _LETTERS / "dispositions/{receiver_id:uuid}"
_MAX = MOST_IN + 1024 * 1024
_FILE = "application/octet-stream"

ROUTES: list[Route] = [
    _LETTERS.get(
        letters.list_letters,
        RECEIVE,
        "api_letters",
        _("Surat masuk dan keluar, yang terbaru lebih dahulu"),
        query=letters.LettersQuery,
        answer=letters.LetterLines,
    ),
    _LETTERS.post(
        letters.register, REGISTER, "api_letter_new", _("Catat surat masuk"), letters.NewLetterBody
    ),
    _FILES.post(
        letters.bring,
        REGISTER,
        "api_letter_bring",
        _("Bawa berkas surat, dan baca usul datanya"),
        letters.BroughtForm,
        max_body=_MAX,
    ),
    (_FILES / "{file_id:uuid}").get(
        letters.show_brought,
        REGISTER,
        "api_letter_brought",
        _("Berkas yang dibawa dengan usul datanya"),
        answer=BroughtAnswer,
    ),
    _ONE.get(letters.show, RECEIVE, "api_letter", _("Satu surat; tercatat sebagai dibaca")),
    _ONE.put(
        letters.mend,
        REGISTER,
        "api_letter_mend",
        _("Perbaiki data surat"),
        letters.RevisedLetterBody,
    ),
    (_ONE / "send").post(
        letters.send,
        REGISTER,
        "api_letter_send",
        _("Teruskan surat kepada penerimanya"),
        letters.LetterVersion,
    ),
    (_ONE / "files").post(
        letters.attach,
        REGISTER,
        "api_letter_attach",
        _("Tambahkan lampiran surat"),
        letters.LetterFileForm,
        max_body=_MAX,
    ),
    (_ONE / "files/{place:int}").get(
        letters.download,
        RECEIVE,
        "api_letter_file",
        _("Unduh berkas surat"),
        answer=bytes,
        media_type=_FILE,
    ),
    (_ONE / "turns").get(
        letters.show_turns,
        RECEIVE,
        "api_letter_turns",
        _("Yang dapat Anda lakukan dengan surat ini"),
        answer=TurnsAnswer,
    ),
    (_ONE / "disposition.pdf").get(
        letters.print_sheet,
        RECEIVE,
        "api_disposition_sheet",
        _("Lembar disposisi"),
        answer=bytes,
        media_type="application/pdf",
    ),
    (_ADDRESSEE / "instruct").post(
        dispositions.give,
        RECEIVE,
        "api_disposition_give",
        _("Beri disposisi"),
        dispositions.InstructBody,
    ),
    (_ADDRESSEE / "settle").post(
        dispositions.let_be,
        RECEIVE,
        "api_letter_settle",
        _("Catat cukup diketahui"),
        dispositions.SettleBody,
    ),
    (_RECEIVER / "hand-on").post(
        dispositions.give_on,
        RECEIVE,
        "api_disposition_hand_on",
        _("Teruskan disposisi"),
        dispositions.HandOnBody,
    ),
    (_RECEIVER / "recall").post(
        dispositions.take_back, RECEIVE, "api_disposition_recall", _("Tarik kembali disposisi")
    ),
    (_RECEIVER / "report").post(
        dispositions.tell,
        RECEIVE,
        "api_disposition_report",
        _("Laporkan kemajuan atau selesainya disposisi"),
        dispositions.ReportBody,
    ),
    (_RECEIVER / "report-file").post(
        dispositions.tell_with_file,
        RECEIVE,
        "api_disposition_report_with",
        _("Laporkan disposisi dengan berkas"),
        dispositions.ReportForm,
        max_body=_MAX,
    ),
    (_RECEIVER / "report-file").get(
        dispositions.download_report,
        RECEIVE,
        "api_disposition_report_file",
        _("Unduh berkas laporan disposisi"),
        answer=bytes,
        media_type=_FILE,
    ),
]
