"""Verbs of `leuit attendance`."""
