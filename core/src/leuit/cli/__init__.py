"""The command line: `leuit`."""

from .main import main

__all__ = ["main"]
