"""Letters as PDF and as pictures: plain values in, nothing typed is ever read as markup."""

from .letter import LetterPage, LetterSheet, draw_letter, letter_pictures

__all__ = ["LetterPage", "LetterSheet", "draw_letter", "letter_pictures"]
