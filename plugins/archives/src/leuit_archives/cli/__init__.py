"""Archives: commands."""
