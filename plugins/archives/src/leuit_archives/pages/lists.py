"""Official lists to download, by page and for programs alike."""

from collections.abc import Mapping

from leuit.values import FieldError, InvalidInputError, NotFoundError, _, one_line
from leuit.web import Request, Response, stream_answer
from leuit_archives.service.list_files import Format, write_list
from leuit_archives.service.official_lists import (
    BY_RETENTION,
    CONTENTS,
    DOSSIERS,
    LETTERS_IN,
    LETTERS_OUT,
    Asked,
    OfficialList,
)
from leuit_archives.service.record_listing import DossierFilter

from .asked import id_in, unit_in, year_in

_FORMATS: Mapping[str, Format] = {"xlsx": "xlsx", "pdf": "pdf"}
_LETTERS: Mapping[str, OfficialList] = {"in": LETTERS_IN, "out": LETTERS_OUT}


def dossiers(request: Request) -> Response:
    """The list of dossiers (daftar berkas) as it is narrowed; by `retention` that of the active,
    the inactive, or those proposed to be destroyed.
    """
    wanted = DossierFilter(
        year=year_in(request),
        code=one_line(request.query.get("code", ""))[:40],
        text=one_line(request.query.get("q", ""))[:100],
        unit_id=unit_in(request),
    )
    kept = request.query.get("retention", "")
    return list_answer(request, BY_RETENTION.get(kept, DOSSIERS), Asked(dossiers=wanted))


def contents(request: Request) -> Response:
    """What lies in a dossier (daftar isi berkas)."""
    return list_answer(request, CONTENTS, Asked(dossier_id=id_in(request, "dossier_id")))


def letters(request: Request) -> Response:
    """The register of letters in or out (buku registrasi naskah)."""
    wanted = _LETTERS.get(str(request.params["direction"]))
    if wanted is None:
        raise NotFoundError(_("Daftar itu tidak ada."))
    return list_answer(request, wanted, Asked(unit_id=unit_in(request), year=year_in(request)))


def list_answer(request: Request, wanted: OfficialList, asked: Asked) -> Response:
    """A list in the form that the address asks for."""
    form = _FORMATS.get(request.query.get("format", "xlsx"))
    if form is None:
        sentence = _("Pilih xlsx atau pdf.")
        raise InvalidInputError(sentence, fields=[FieldError("format", sentence, "unknown")])
    made = write_list(request.app, request.identity, wanted, asked, form)
    return stream_answer(made.content, made.name, made.media_type)
