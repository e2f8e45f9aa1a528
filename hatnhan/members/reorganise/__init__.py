"""Merging cells and splitting one, in five steps, with the new posts: what people do every week of a reorganisation."""
