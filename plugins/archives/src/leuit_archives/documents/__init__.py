"""Letters as PDF: plain values in, nothing typed is ever read as markup."""

from .letter import FONTS, NO_NUMBER, LetterPage, LetterSheet, draw_letter

__all__ = ["FONTS", "NO_NUMBER", "LetterPage", "LetterSheet", "draw_letter"]
