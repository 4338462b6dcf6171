"""What the plugin says of itself."""

from importlib_metadata import version

from leuit.plugins import Plugin

plugin = Plugin(
    name="archives",
    title="Kearsipan",
    version=version("leuit-archives"),
    module="leuit_archives",
    hooks="leuit_archives.hooks",
    models="leuit_archives.models:Base",
    # How far a pass has come; what it finds, and that it ended, is audited.
    unaudited=("archives_fixity_run",),
)
