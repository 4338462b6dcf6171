"""Text of an XML part of an office file, as a stream: no tree, no document type, no entity."""

from collections.abc import Iterable, Iterator

import attrs
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, XMLParser

from .kinds import Fault

DEEPEST = 256


@attrs.frozen
class Words:
    """Which elements of a format mean text, by their names without namespace.

    `inside` holds text, `breaks` ends a line, `gaps` is a blank; below `skipped` nothing is read.
    With `heads`, only what lies inside one of those is read at all.
    """

    inside: frozenset[str]
    breaks: frozenset[str]
    gaps: frozenset[str]
    skipped: frozenset[str] = frozenset()
    heads: frozenset[str] = frozenset()


OPEN_XML = Words(
    inside=frozenset({"t"}),
    breaks=frozenset({"p", "br", "cr"}),
    gaps=frozenset({"tab", "tc"}),
    # Properties of paragraphs hold tab stops; a fallback repeats what a text box says.
    skipped=frozenset({"pPr", "rPr", "Fallback"}),
)
ODF = Words(
    inside=frozenset({"p", "h"}),
    breaks=frozenset({"p", "h", "line-break"}),
    gaps=frozenset({"s", "tab", "table-cell"}),
    skipped=frozenset({"tracked-changes"}),
    heads=frozenset({"body", "header", "footer"}),
)


def texts(chunks: Iterable[bytes], words: Words) -> Iterator[str]:
    """Pieces of text in the order of the part; Fault `broken` or `forbidden_xml`."""
    sink = _Sink(words)
    parser = XMLParser(target=sink, forbid_dtd=True)
    try:
        for chunk in chunks:
            parser.feed(chunk)
            yield from sink.taken()
        parser.close()
        yield from sink.taken()
    except DefusedXmlException:
        raise Fault("forbidden_xml") from None
    except (ParseError, LookupError, ValueError):
        # An unknown encoding is a LookupError, one of several bytes a ValueError.
        raise Fault("broken") from None


class _Sink:
    """What the parser tells: kept only as far as it is text."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._pieces: list[str] = []
        self._depth = self._inside = self._skipped = 0
        self._heads = 0 if words.heads else 1

    def taken(self) -> list[str]:
        pieces, self._pieces = self._pieces, []
        return pieces

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > DEEPEST:
            raise Fault("broken")
        name = _plain(tag)
        self._skipped += name in self._words.skipped
        self._heads += name in self._words.heads
        self._inside += name in self._words.inside
        if name in self._words.gaps:
            self._add(" ")

    def end(self, tag: str) -> None:
        self._depth -= 1
        name = _plain(tag)
        if name in self._words.breaks:
            self._add("\n")
        self._skipped -= name in self._words.skipped
        self._heads -= name in self._words.heads
        self._inside -= name in self._words.inside

    def data(self, data: str) -> None:
        if self._inside:
            self._add(data)

    def close(self) -> None:
        """The end of the part; what was read has been taken piece by piece."""

    def _add(self, text: str) -> None:
        if self._heads and not self._skipped:
            self._pieces.append(text)


def _plain(tag: str) -> str:
    return tag.rsplit("}", 1)[-1]
