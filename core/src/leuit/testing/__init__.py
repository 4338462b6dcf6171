"""For authors of plugins and for the tests of Leuit itself."""
