"""The JSON API of the catalogue."""
