"""Reads of drafts: as rules see them, as pages show them, as lists name them."""
