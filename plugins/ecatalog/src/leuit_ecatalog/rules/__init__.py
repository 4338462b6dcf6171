"""The rules of the catalogue: pure functions over frozen values."""
