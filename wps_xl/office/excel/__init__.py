"""Excel workbooks: text, heights, saving; packages part by part; native PivotTables."""
