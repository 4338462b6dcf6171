"""XML from outside is bounded and plain before anybody looks for a meaning in it.

No document type, no entity, nothing fetched; at most 16 MB, 64 levels, 600,000 elements and
100,000 letters in one text. Whatever fails, failed as one kind of refusal that names its cause.
"""

from typing import Any
from xml.etree.ElementTree import Element, TreeBuilder

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from leuit.values import FieldError, InvalidInputError, Text, _

MAX_BYTES = 16 * 1024 * 1024
MAX_DEPTH = 64
MAX_ELEMENTS = 600_000
MAX_LETTERS = 100_000


class WrongFileError(InvalidInputError):
    """A file of the bank's that is not taken, and nothing of it.

    `cause` is the stable code of what is wrong; `place` names the statement and the entry where it
    was met, and is empty when the file as a whole is wrong. Both are in `fields` as well.
    """

    code = "wrong_bank_file"

    def __init__(self, cause: str, sentence: Text, place: str = "", **params: Any) -> None:
        super().__init__(
            sentence,
            fields=[FieldError(place, sentence, cause, params)],
            advice=_("Letak: %(place)s. Minta berkas yang benar; tidak ada yang dibukukan.")
            if place
            else _("Minta berkas yang benar; tidak ada yang dibukukan."),
            place=place,
            **params,
        )
        self.cause = cause
        self.place = place


def parse(data: bytes, wrong: type[WrongFileError]) -> Element:
    """The root element of a file within the bounds; else an error of the class `wrong`."""
    if len(data) > MAX_BYTES:
        raise wrong(
            "too_large", _("Berkas lebih besar dari %(limit)s MB."), limit=MAX_BYTES // 1024**2
        )
    parser = XMLParser(target=_Guard(wrong), forbid_dtd=True)
    try:
        parser.feed(data)
        root = parser.close()
    except DefusedXmlException as error:
        raise wrong(
            "forbidden_xml", _("Berkas memuat DTD atau entitas XML, yang tidak diterima.")
        ) from error
    except (ParseError, LookupError, ValueError) as error:
        # An unknown encoding is a LookupError, one of several bytes a ValueError.
        raise wrong("broken_xml", _("Berkas bukan XML yang utuh.")) from error
    assert isinstance(root, Element)
    return root


class _Guard(TreeBuilder):
    """Builds the tree and stops at the first element or letter beyond the bounds."""

    def __init__(self, wrong: type[WrongFileError]) -> None:
        super().__init__()
        self._wrong = wrong
        self._depth = self._elements = self._letters = 0

    def start(self, tag: str, attrs: dict[str, str], /) -> Element:
        self._depth += 1
        self._elements += 1
        self._letters = 0
        if self._depth > MAX_DEPTH:
            raise self._wrong("too_deep", _("Susunan XML terlalu dalam."))
        if self._elements > MAX_ELEMENTS:
            raise self._wrong("too_many", _("Berkas memuat terlalu banyak isian."))
        return super().start(tag, attrs)

    def end(self, tag: str, /) -> Element:
        self._depth -= 1
        self._letters = 0
        return super().end(tag)

    def data(self, data: str, /) -> None:
        self._letters += len(data)
        if self._letters > MAX_LETTERS:
            raise self._wrong("too_long", _("Berkas memuat teks yang terlalu panjang."))
        super().data(data)
