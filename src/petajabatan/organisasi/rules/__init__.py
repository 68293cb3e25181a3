"""Pure rules of the organisation: what a load of units consists of, and the checks it must pass."""
