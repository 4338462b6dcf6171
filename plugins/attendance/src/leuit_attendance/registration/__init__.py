"""What attendance registers, by subject: devices and punches, days and rules, pages."""
