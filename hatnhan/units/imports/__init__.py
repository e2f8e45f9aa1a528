"""Lists of organisations on their way in: planned row by row without writing, then applied as one act."""
