"""Forms of the pages of members."""
