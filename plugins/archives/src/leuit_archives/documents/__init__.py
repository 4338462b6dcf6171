"""Papers that archives print, and letters out as PDF: plain values in, never read as markup."""

from .letter import FONTS, NO_NUMBER, LetterPage, LetterSheet, draw_letter

__all__ = ["FONTS", "NO_NUMBER", "LetterPage", "LetterSheet", "draw_letter"]
