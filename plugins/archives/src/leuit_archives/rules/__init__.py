"""Rules of archives: codes, phrases of retention schedules, checks of instruments; all pure."""
