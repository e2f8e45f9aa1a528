"""The invented world of a demonstration. No person, place or number in it is real."""
