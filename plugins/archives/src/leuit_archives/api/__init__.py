"""The JSON API of archives, below `/api/archives/v1`."""
