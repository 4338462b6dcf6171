"""Command line verbs of the catalogue."""
