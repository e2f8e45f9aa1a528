"""Places in the line of authority, from the cell upwards."""

SEATS = ("cell", "section", "grassroots", "direct_superior", "province", "central")
