"""Lists for programs, cut into pages: so many rows after a cursor, which the page before gave."""

import base64
import json

from leuit.values import FieldError, InvalidInputError, _

from .reading import storable
from .request import Request

MOST_ROWS = 200


def cursor_page(request: Request, parts: int) -> tuple[list[str], int]:
    """The texts of the request's `cursor`, so many or none for the first page, and its `limit`."""
    text = request.query.get("limit", "50")
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= MOST_ROWS):
        sentence = _("Batas halaman 1 sampai %(most)s.")
        fault = FieldError("limit", sentence, params={"most": MOST_ROWS})
        raise InvalidInputError(sentence, fields=[fault], most=MOST_ROWS)
    given = request.query.get("cursor", "")
    if not given:
        return [], int(text)
    try:
        cursor = json.loads(base64.urlsafe_b64decode(given.encode("ascii")))
    except (ValueError, RecursionError):
        raise wrong_cursor() from None
    if not isinstance(cursor, list) or len(cursor) != parts:
        raise wrong_cursor()
    if not all(isinstance(part, str) and storable(part) for part in cursor):
        raise wrong_cursor()
    return cursor, int(text)


def cursor_after(*parts: str) -> str:
    """The cursor of the page after a row, out of what the list is sorted by."""
    return base64.urlsafe_b64encode(json.dumps(parts).encode()).decode()


def wrong_cursor() -> InvalidInputError:
    """The refusal of a cursor that no page gave."""
    sentence = _("Penanda halaman tidak dikenal.")
    return InvalidInputError(
        sentence,
        fields=[FieldError("cursor", sentence)],
        advice=_("Mulai lagi dari halaman pertama."),
    )
