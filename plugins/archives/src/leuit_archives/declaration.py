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
    unaudited=(
        "archives_search_entry",
        "archives_search_text",
        "archives_search_word",
        "archives_search_fts",
    ),
)
