"""Members who are temporarily elsewhere: there they take part without a vote, at home they are counted."""
