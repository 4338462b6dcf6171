"""The hook by which other plugins bring providers of signatures."""

from collections.abc import Iterable

from leuit.plugins import Context, hookspec

from .providers import Provider


@hookspec
def esign_register_providers(context: Context) -> Iterable[Provider]:  # type: ignore[empty-body]  # a specification
    """Providers of signatures, each with a name of its own.

    `[plugins.esign] provider` says which of them signs. A plugin that implements this marks it
    `hookimpl(optionalhook=True)`, so that it also works where e-sign is not installed.
    """
