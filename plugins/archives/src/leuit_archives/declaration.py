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
    # What the index holds follows from letters and records; of a pass over stored files, what it
    # finds and that it ended is audited, not how far it has come; of a report, that it was made.
    unaudited=(
        "archives_folder_import_row",
        "archives_fixity_run",
        "archives_search_entry",
        "archives_search_text",
        "archives_search_word",
        "archives_search_fts",
    ),
)
