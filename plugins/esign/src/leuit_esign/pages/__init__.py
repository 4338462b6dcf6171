"""Pages of e-sign."""
