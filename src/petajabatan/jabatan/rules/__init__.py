"""Pure rules of the map: the tree in memory, totals, recap, difference, layout."""
