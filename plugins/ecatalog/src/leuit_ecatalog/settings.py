"""The table `[plugins.ecatalog]` of the settings."""

import attrs


@attrs.frozen
class CatalogueSettings:
    """`price_outlier_factor`: from how many times the median of its category a price is pointed out
    to the vendor and the moderator; it never blocks. `ocid_prefix` begins the ids of open
    contracting data; the Open Contracting Partnership gives a publisher its own, and until then it
    is the one in use for Indonesia with the code of the region. `open_license` and `open_policy`
    are addresses that tell under which terms the data may be used and what is published.
    """

    price_outlier_factor: int = 5
    ocid_prefix: str = ""
    open_license: str = ""
    open_policy: str = ""
