"""Templates of the papers that archives print."""
