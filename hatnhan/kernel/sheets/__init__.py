"""Spreadsheets as people have them: read safely in a process of their own, columns recognised by their headings."""
