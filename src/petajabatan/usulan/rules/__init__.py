"""What may be done to a map, what follows from it and what is wrong with it: pure values and functions."""
