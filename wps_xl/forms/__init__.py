"""The three reporting forms as data: sheets, columns, headings, rules (S/2007/567, para. 4)."""
