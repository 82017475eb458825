"""Reading workbooks from files that anybody may have made; ``intake/open.py`` is its door."""
