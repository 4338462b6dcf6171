"""An element of an ISO 20022 file, read strictly: what should be there once is there once.

Only elements of the file's own namespace count. Amounts are whole rupiah; a day is the day in
Western Indonesia, whose clock the payment rails of Bank Indonesia keep.
"""

import datetime as dt
import re
from collections.abc import Collection
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

import attrs

from leuit.values import Text, _
from leuit_sp2d.rules.rupiah import LARGEST

from .xml import WrongFileError

BANK_ZONE = ZoneInfo("Asia/Jakarta")
CURRENCY = "IDR"

_BLANKS = " \t\r\n"
_AMOUNT = re.compile(r"([0-9]{1,19})(?:\.([0-9]{0,5}))?")
_OFFSET = r"(Z|[+-][0-9]{2}:[0-9]{2})?"
_DAY = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})" + _OFFSET)
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?" + _OFFSET
)
_FLAGS = {"true": True, "1": True, "false": False, "0": False}


@attrs.frozen
class Node:
    """One element; `place` tells a person where it stands, `wrong` is how its faults are raised."""

    element: Element
    namespace: str
    wrong: type[WrongFileError]
    place: str = ""

    @property
    def name(self) -> str:
        return self.element.tag.rpartition("}")[2]

    def at(self, place: str) -> "Node":
        """The same element, whose faults and whose children's are reported at `place`."""
        return attrs.evolve(self, place=place)

    def fault(self, cause: str, sentence: Text, **params: object) -> WrongFileError:
        """The refusal of this element; its sentence may name `%(element)s`."""
        return self.wrong(cause, sentence, self.place, element=self.name, **params)

    def children(self, name: str) -> list["Node"]:
        """Every child of the name, in the order of the file."""
        return [
            Node(child, self.namespace, self.wrong, self.place)
            for child in self.element.findall(f"{{{self.namespace}}}{name}")
        ]

    def find(self, path: str) -> "Node | None":
        """The element at `A/B/C`, of which each step stands at most once; None where one lacks."""
        node = self
        for step in path.split("/"):
            found = node.children(step)
            if len(found) > 1:
                raise found[1].fault("repeated", _("“%(element)s” tertulis lebih dari sekali."))
            if not found:
                return None
            node = found[0]
        return node

    def need(self, path: str) -> "Node":
        """As `find`, where the element must not lack."""
        found = self.find(path)
        if found is None:
            raise self.fault(
                "missing", _("“%(wanted)s” tidak ada di dalam “%(element)s”."), wanted=path
            )
        return found

    def text(self, longest: int) -> str:
        """The plain text, without blanks around it; empty, nested and too long are refused."""
        text = self.words(longest)
        if not text:
            raise self.fault("empty", _("“%(element)s” kosong."))
        return text

    def words(self, longest: int) -> str:
        """As `text`, where nothing may be said."""
        text = self._plain()
        if len(text) > longest:
            raise self.fault(
                "too_long",
                _("“%(element)s” lebih panjang dari %(longest)s huruf."),
                longest=longest,
            )
        return text

    def told(self, path: str, longest: int) -> str:
        """The text at `path`; empty when the element lacks or is empty."""
        found = self.find(path)
        return "" if found is None else found.words(longest)

    def word(self, words: Collection[str]) -> str:
        """The text, which must be one of the words."""
        text = self.text(35)
        if text not in words:
            raise self.fault(
                "wrong_word", _("“%(element)s” berisi “%(text)s”, yang tidak dikenal."), text=text
            )
        return text

    def flag(self) -> bool:
        """A truth value as XML writes it."""
        return _FLAGS[self.word(_FLAGS)]

    def amount(self) -> int:
        """Whole rupiah, as `rupiah`, of an element that must tell IDR as its currency."""
        currency = self.element.get("Ccy", "")
        if currency != CURRENCY:
            raise self.fault(
                "wrong_currency",
                _("“%(element)s” dalam mata uang “%(currency)s”, bukan IDR."),
                currency=currency[:10],
            )
        return self.rupiah()

    def rupiah(self) -> int:
        """A number from zero to LARGEST, without sign, sen or exponent."""
        text = self._plain()
        match = _AMOUNT.fullmatch(text)
        if match is None or int(match[1]) > LARGEST:
            raise self.fault(
                "wrong_amount", _("“%(element)s” berisi “%(text)s”, bukan nilai."), text=text[:40]
            )
        if (match[2] or "").strip("0"):
            raise self.fault(
                "fraction",
                _("“%(element)s” berisi %(text)s; nilai harus rupiah utuh tanpa sen."),
                text=text,
            )
        return int(match[1])

    def day(self) -> dt.date:
        """The day of a choice between `Dt` and `DtTm`."""
        day, instant = self.find("Dt"), self.find("DtTm")
        if day is not None and instant is not None:
            raise self.fault("repeated", _("“%(element)s” memuat tanggal lebih dari sekali."))
        if instant is not None:
            return instant.instant_day()
        return self.need("Dt").plain_day()

    def plain_day(self) -> dt.date:
        """The day of a plain date; an offset, which XML allows a date, changes nothing."""
        match = _DAY.fullmatch(self.text(35))
        if match is None:
            raise self._wrong_date()
        try:
            return dt.date.fromisoformat(match[1])
        except ValueError as error:
            raise self._wrong_date() from error

    def instant_day(self) -> dt.date:
        """The day in Western Indonesia of an instant; one without offset is told in that clock."""
        text = self.text(35)
        if _INSTANT.fullmatch(text) is None:
            raise self._wrong_date()
        try:
            instant = dt.datetime.fromisoformat(text)
            return (instant.astimezone(BANK_ZONE) if instant.tzinfo else instant).date()
        except (ValueError, OverflowError) as error:
            raise self._wrong_date() from error

    def _plain(self) -> str:
        if len(self.element):
            raise self.fault("nested", _("“%(element)s” seharusnya isian tunggal."))
        return (self.element.text or "").strip(_BLANKS)

    def _wrong_date(self) -> WrongFileError:
        return self.fault(
            "wrong_date",
            _("“%(element)s” berisi “%(text)s”, bukan tanggal."),
            text=self._plain()[:40],
        )
