"""What the rows say together: themes, counts, money (S/2007/567, paras. 40-49)."""
