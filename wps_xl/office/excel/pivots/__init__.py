"""Native Excel PivotTables on top of openpyxl."""
