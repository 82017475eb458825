"""The code lists and one loader. A new cycle, area or question needs no programmer."""

from wps_xl.codebook.loader import Codebook, CodeList, Cycle, Entry, from_tables, load, shipped

__all__ = ["CodeList", "Codebook", "Cycle", "Entry", "from_tables", "load", "shipped"]
