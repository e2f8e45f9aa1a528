"""Back-up and restore: one file with the database, the stored files and the digests; never the keys."""
