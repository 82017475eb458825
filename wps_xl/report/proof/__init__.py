"""Holding a draft against the workbook, and following a figure to its cells."""
