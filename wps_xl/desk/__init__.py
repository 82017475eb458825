"""The doors: commands, buttons, the programs that hold the workbook, what is asked and said."""
