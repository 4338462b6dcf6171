"""Demonstration data of the catalogue."""
