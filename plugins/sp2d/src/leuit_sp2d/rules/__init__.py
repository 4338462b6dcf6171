"""Rules of payments: pure functions over frozen values, without database and web."""
