"""Archives: use cases."""
