"""The case of an applicant: its steps, its dossier, its page and the board."""
