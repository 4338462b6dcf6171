"""Letters out and numbers set aside for programs: the same services as the pages."""
