"""Archives: pages."""
