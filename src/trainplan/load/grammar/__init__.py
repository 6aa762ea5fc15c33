"""What may stand in a cell: a small parser for each kind, returning the value or why not."""
