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
    # The listing follows from vendors, products and prices.
    unaudited=(
        "ecatalog_listing",
        "ecatalog_listing_token",
        "ecatalog_listing_word",
        "ecatalog_listing_value",
        "ecatalog_listing_fts",
    ),
    uses=("archives", "esign", "sp2d"),
)
