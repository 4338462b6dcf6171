"""Migrations of the core's tables."""
