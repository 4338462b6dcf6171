"""What the plugin says of itself."""

from importlib_metadata import version

from leuit.plugins import Plugin

from .settings import PaymentSettings

plugin = Plugin(
    name="sp2d",
    title="Pembayaran",
    version=version("leuit-sp2d"),
    module="leuit_sp2d",
    hooks="leuit_sp2d.hooks",
    settings=PaymentSettings,
    models="leuit_sp2d.models:Base",
    uses=("esign", "archives"),
    unaudited=("sp2d_answer", "sp2d_change"),
)
