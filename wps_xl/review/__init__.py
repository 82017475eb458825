"""The office's workbook: what is kept, consolidated, answered and decided; the Register."""
