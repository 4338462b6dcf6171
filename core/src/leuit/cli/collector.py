"""How often a server looks for garbage in circles.

Python walks through everything that lives, time and again: with the modules and mapped classes of a
server that was a quarter of the time of a request that writes. What stands when serving begins is
set aside, and the rest is looked through after 50,000 new objects instead of 700.
"""

import gc

AFTER, ROUNDS, WHOLE = 50_000, 20, 100


def calm_collector() -> None:
    """Set all aside that a server has loaded; call it once, when it is about to serve."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(AFTER, ROUNDS, WHOLE)
