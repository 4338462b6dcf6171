"""The table `[plugins.esign]` of the settings."""

from typing import Literal

import attrs


@attrs.frozen
class EsignSettings:
    """Who signs, and how large files may be.

    `provider` names the provider by which this installation signs; `max_megabytes` is the largest
    file that is signed or examined. `paraf` is `record`, an approval that is written down, or
    `signature`, an invisible one with the approver's own key.
    """

    provider: str = "lokal"
    max_megabytes: int = 100
    paraf: Literal["record", "signature"] = "record"
