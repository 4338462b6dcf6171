"""Commands that need neither settings nor a database: found by metadata, run before anything loads.

A distribution names one in the entry point group `leuit.quick`, by its words joined by dots:
`"esign.verify" = "leuit_esign.quick:verify"`. The function takes the words that follow and returns
an exit status, or None to leave the call to the command of that name among the plugin's others.
"""

from importlib.metadata import entry_points

GROUP = "leuit.quick"


def run_quick(arguments: list[str]) -> int | None:
    """The exit status of the quick command that the arguments name, or None when there is none."""
    if len(arguments) < 2 or arguments[0].startswith("-"):
        return None
    name = ".".join(arguments[:2])
    for point in entry_points(group=GROUP, name=name):
        status: int | None = point.load()(arguments[2:])
        return status
    return None
