"""The JSON routes of instruments, and those by which packages and lists are downloaded."""

from leuit.builtin.regulations import MAY_READ
from leuit.plugins import ApiPath, Route
from leuit.values import _
from leuit_archives.permissions import READ_RECORDS, RECEIVE

from . import exchange, instruments

_INSTRUMENTS = ApiPath("/instruments")
_INSTRUMENT = _INSTRUMENTS / "{name}"
_DOSSIER = ApiPath("/dossiers/{dossier_id:uuid}", bytes)
_LISTS = ApiPath("/lists", bytes)

ROUTES: list[Route] = [
    _INSTRUMENTS.get(
        instruments.list_instruments,
        MAY_READ,
        "archives_instruments",
        _("Instrumen kearsipan dan edisi yang berlaku"),
        answer=instruments.InstrumentsAnswer,
    ),
    (_INSTRUMENT / "editions").get(
        instruments.list_editions,
        MAY_READ,
        "archives_editions",
        _("Edisi satu instrumen kearsipan"),
        answer=instruments.EditionsAnswer,
    ),
    (_INSTRUMENT / "rows").get(
        instruments.list_rows,
        MAY_READ,
        "archives_rows",
        _("Baris satu edisi, seluruhnya atau menurut kode"),
        query=instruments.RowsQuery,
        answer=instruments.RowsAnswer,
    ),
    (_DOSSIER / "bag").get(
        exchange.bag,
        READ_RECORDS,
        "archives_bag",
        _("Unduh berkas sebagai paket BagIt"),
        media_type="application/zip",
    ),
    (_DOSSIER / "list").get(
        exchange.contents,
        READ_RECORDS,
        "archives_contents_list",
        _("Unduh daftar isi berkas"),
        query=exchange.ListQuery,
        media_type=exchange.ANY,
    ),
    (_LISTS / "dossiers").get(
        exchange.dossiers,
        READ_RECORDS,
        "archives_dossier_list",
        _("Unduh daftar berkas"),
        query=exchange.DossierListQuery,
        media_type=exchange.ANY,
    ),
    (_LISTS / "letters/{direction}").get(
        exchange.letters,
        RECEIVE,
        "archives_letter_list",
        _("Unduh buku registrasi naskah masuk atau keluar"),
        query=exchange.LetterListQuery,
        media_type=exchange.ANY,
    ),
]
