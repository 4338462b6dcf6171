"""Packages and official lists for programs."""

from typing import Literal
from uuid import UUID

import attrs

from leuit.values import FieldError, InvalidInputError, NotFoundError, _
from leuit.web import Request, Response, stream_answer
from leuit_archives.pages.bags import bag_answer
from leuit_archives.service.list_files import write_list
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

ANY = "application/octet-stream"
_LETTERS = {"in": LETTERS_IN, "out": LETTERS_OUT}


@attrs.frozen
class ListQuery:
    """A list as `xlsx`, or on paper as `pdf`; one that is long on paper is a ZIP of PDFs."""

    format: Literal["xlsx", "pdf"] = "xlsx"


@attrs.frozen
class DossierListQuery:
    """As of a list of dossiers; `code` is the beginning of one, `text` is looked for in titles.

    `retention` makes it the list of active or inactive dossiers, or of those proposed to be
    destroyed.
    """

    format: Literal["xlsx", "pdf"] = "xlsx"
    year: int = 0
    code: str = ""
    text: str = ""
    unit: UUID | None = None
    retention: Literal["", "active", "inactive", "to_destroy"] = ""


@attrs.frozen
class LetterListQuery:
    """The register of one year or unit, or of all that the asker may read."""

    format: Literal["xlsx", "pdf"] = "xlsx"
    year: int = 0
    unit: UUID | None = None


def bag(request: Request) -> Response:
    """A dossier as a BagIt package."""
    return bag_answer(request, request.params["dossier_id"])


def contents(request: Request) -> Response:
    """The list of what lies in a dossier."""
    query = request.decode_query(ListQuery)
    return _answer(request, CONTENTS, Asked(dossier_id=request.params["dossier_id"]), query.format)


def dossiers(request: Request) -> Response:
    """The list of dossiers."""
    query = request.decode_query(DossierListQuery)
    _check_year(query.year)
    wanted = DossierFilter(query.year or None, query.code[:40], query.text[:100], query.unit)
    made = BY_RETENTION.get(query.retention, DOSSIERS)
    return _answer(request, made, Asked(dossiers=wanted), query.format)


def letters(request: Request) -> Response:
    """The register of letters in or out."""
    wanted = _LETTERS.get(str(request.params["direction"]))
    if wanted is None:
        raise NotFoundError(_("Daftar itu tidak ada."))
    query = request.decode_query(LetterListQuery)
    _check_year(query.year)
    return _answer(
        request, wanted, Asked(unit_id=query.unit, year=query.year or None), query.format
    )


def _answer(
    request: Request, wanted: OfficialList, asked: Asked, form: Literal["xlsx", "pdf"]
) -> Response:
    made = write_list(request.app, request.identity, wanted, asked, form)
    return stream_answer(made.content, made.name, ANY)  # its name tells which of the three it is


def _check_year(year: int) -> None:
    if year and not 1900 <= year <= 9999:
        sentence = _("Tahun itu tidak dikenal.")
        raise InvalidInputError(sentence, fields=[FieldError("year", sentence, "out_of_range")])
