"""Use cases of e-sign."""
