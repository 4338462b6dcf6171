"""What the plugin says of itself."""

from importlib_metadata import version

from leuit.plugins import Plugin

from .settings import CatalogueSettings

plugin = Plugin(
    name="ecatalog",
    title="Katalog lokal",
    version=version("leuit-ecatalog"),
    module="leuit_ecatalog",
    hooks="leuit_ecatalog.hooks",
    settings=CatalogueSettings,
    models="leuit_ecatalog.models:Base",
    uses=("archives", "esign", "sp2d"),
)
