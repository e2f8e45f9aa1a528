"""Working members and the cell where they live: introduced, registered, commented on; never counted there."""
