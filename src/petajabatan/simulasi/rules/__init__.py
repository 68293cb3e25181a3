"""What a simulated nation consists of, on plain values: plan, structures, people. No Django, no database."""
