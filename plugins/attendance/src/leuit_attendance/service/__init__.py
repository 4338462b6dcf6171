"""What attendance does: every change of rows goes through these functions; no web here."""
