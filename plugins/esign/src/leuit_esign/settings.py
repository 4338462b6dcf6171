"""The table `[plugins.esign]` of the settings."""

import attrs


@attrs.frozen
class EsignSettings:
    """Who signs, and how large files may be.

    `provider` names the provider by which this installation signs; `max_megabytes` is the largest
    file that is signed or examined.
    """

    provider: str = "lokal"
    max_megabytes: int = 100
