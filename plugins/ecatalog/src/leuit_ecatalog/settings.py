"""The table `[plugins.ecatalog]` of the settings."""

import attrs


@attrs.frozen
class CatalogueSettings:
    """`price_outlier_factor`: from how many times the median of its category a price is pointed out
    to the vendor and the moderator; it never blocks.
    """

    price_outlier_factor: int = 5
