"""The command line: `leuit`.

A command that needs no installation runs at once; everything else is loaded for all others.
"""

import sys

from .quick import run_quick


def main() -> None:
    """Entry point of the console script."""
    status = run_quick(sys.argv[1:])
    if status is None:
        from .main import run  # late: it loads what quick commands do without

        status = run(sys.argv[1:])
    sys.exit(status)


__all__ = ["main"]
