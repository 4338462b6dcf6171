"""Commands below `leuit esign`."""
