"""Parts of the core on the same hooks as any plugin."""

from leuit.plugins import Plugin

from .core import plugin as core

BUILTINS: tuple[Plugin, ...] = (core,)

__all__ = ["BUILTINS"]
