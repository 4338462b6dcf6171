"""Positions that forms offer while somebody types one; any other may be typed as well."""

from leuit.builtin.organisation import likely_posts
from leuit.web import Choice
from leuit.work import View

POSITION = 250
"""Letters of a position with its unit's code."""
_MOST = 200


def positions(view: View) -> list[Choice]:
    """Those near the reader, each with who signs for it today."""
    return [Choice(one.text, one.holder) for one in likely_posts(view, _MOST)]
