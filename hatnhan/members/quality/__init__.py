"""What is missing or cannot be true in the records of a unit, each with the act that mends it."""
