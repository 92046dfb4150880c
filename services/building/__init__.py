"""How views are built from the log: batches, positions, rebuilding beside what is shown."""
