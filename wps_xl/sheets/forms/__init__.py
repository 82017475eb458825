"""The writer of the reporting forms (contract 2)."""
