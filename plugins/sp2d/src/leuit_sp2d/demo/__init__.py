"""Demonstration data of payments: six invented people, a budget, and payments at every step."""

from .fill import fill

__all__ = ["fill"]
