"""Excel as the users meet it: forms, the review workbook, native PivotTables."""
