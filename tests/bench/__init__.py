"""Benchmarks: ratios against a baseline measured in the same run, never a timed assertion.

Each area is a module with `measure()`, which returns lines of name, engine, value, baseline, ratio,
goal and holds. `make bench` runs them all, `make bench AREA=days` one.
"""
