"""Lists of members on their way in: each row is planned without writing, then all are applied as one act."""
