"""Command line verbs of payments."""
