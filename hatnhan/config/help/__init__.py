"""The guides of the program, in both languages, and their pages."""
