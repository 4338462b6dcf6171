"""Legal basis: where a figure comes from and how sure we are of it.

Every figure that a day is judged by is data, and every datum names its source. The label is what a
reason shows as its article; the confidence mark is shown to users beside it.
"""

from __future__ import annotations

from typing import Literal

from attrs import field, frozen

Confidence = Literal["primary", "secondary", "derived", "unverified"]
"""primary: read in the regulation itself; secondary: read in a text quoting it; derived: computed
from facts of the same source; unverified: common practice, to be confirmed by the regency."""


@frozen
class Basis:
    """The regulation behind a figure.

    `source` names the regulation ("PermenPANRB 6/2018"), `article` the place in it ("Pasal 4 ayat
    (1)", empty when not known), `note` what a reader should know about the reading.
    """

    source: str
    article: str = ""
    confidence: Confidence = "unverified"
    note: str = ""
    label: str = field(init=False, eq=False, repr=False)
    """`source` and `article` as one line, the text that reasons carry."""

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "label", f"{self.source} {self.article}".strip())
