"""Templates of official documents of attendance."""

from pathlib import Path

RECAP = Path(__file__).parent / "recap.typ"
