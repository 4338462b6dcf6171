"""Positions that forms offer while somebody types one; any other may be typed as well."""

from leuit.web import Choice
from leuit.work import View
from leuit_esign.service.suggesting import suggestions

POSITION = 250
"""Letters of a position with its unit's code."""
_MOST = 200


def positions(view: View) -> list[Choice]:
    """Those near the reader, each with who signs for it today."""
    return [Choice(one.text, one.holder) for one in suggestions(view, _MOST)]
