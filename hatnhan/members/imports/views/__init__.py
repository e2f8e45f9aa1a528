"""Pages on which lists are brought in, compared and asked about."""
