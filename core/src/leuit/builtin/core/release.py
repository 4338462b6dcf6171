"""The version of the core, as its distribution says."""

from importlib_metadata import version

VERSION: str = version("leuit-core")
