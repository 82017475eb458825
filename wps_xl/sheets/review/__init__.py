"""The review workbook: read as its users left it, written with its pivots."""
