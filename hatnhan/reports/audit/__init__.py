"""The reader's page of the log: what was done in the reader's part of the tree, by whom, and why."""
