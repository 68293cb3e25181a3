"""Pure rules about people: what a NIP says, what a row of an export says, which columns may be kept."""
