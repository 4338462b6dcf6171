"""The bank's files: orders out (pain.001), statements in (camt.053); values and bytes only."""
