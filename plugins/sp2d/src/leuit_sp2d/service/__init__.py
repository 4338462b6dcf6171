"""Use cases of payments: take a unit of work, check, change, audit."""
