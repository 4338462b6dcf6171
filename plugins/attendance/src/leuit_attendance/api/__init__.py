"""HTTP routes that answer programs and devices."""
