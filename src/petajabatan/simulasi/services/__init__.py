"""Filling a database with a nation: plan, workers, and closing (indexes, totals, checks)."""
