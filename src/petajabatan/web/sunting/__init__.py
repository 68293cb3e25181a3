"""Working in an usulan as on the map itself: the draft as chart and table, edited in place."""
