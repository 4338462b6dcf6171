"""For authors of plugins and for the tests of Leuit itself."""

from .conformance import check_plugin
from .installation import Installation, installation
from .people import Cast, cast

__all__ = ["Cast", "Installation", "cast", "check_plugin", "installation"]
