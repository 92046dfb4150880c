"""KEEPING TIME: the calendar as it stands in the log, deadlines counted again, what is late."""
