"""What the plugin says of itself."""

from importlib_metadata import version

from leuit.plugins import Plugin

plugin = Plugin(
    name="ecatalog",
    title="Katalog lokal",
    version=version("leuit-ecatalog"),
    module="leuit_ecatalog",
    hooks="leuit_ecatalog.hooks",
    models="leuit_ecatalog.models:Base",
    uses=("archives", "esign", "sp2d"),
)
