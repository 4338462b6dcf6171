"""What the plugin says of itself."""

from importlib_metadata import version

from leuit.plugins import Plugin

from .settings import EsignSettings

plugin = Plugin(
    name="esign",
    title="Tanda tangan",
    version=version("leuit-esign"),
    module="leuit_esign",
    hooks="leuit_esign.hooks",
    hookspecs="leuit_esign.hookspecs",
    settings=EsignSettings,
    models="leuit_esign.models:Base",
    uses=("archives",),  # by the port archive_record: without it signed letters stay here
    root_prefixes=("/verifikasi",),
)
