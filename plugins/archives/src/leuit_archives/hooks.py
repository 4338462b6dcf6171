"""What archives bring to the host; each hook points at the rooms that know."""
