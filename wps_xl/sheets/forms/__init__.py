"""The writer of the reporting forms."""
