"""Tests of Leuit: of the core, of attendance, of the whole, and benchmarks."""
