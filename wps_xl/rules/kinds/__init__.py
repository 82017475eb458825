"""One module a kind of rule, each with its ``KIND``; a new kind is a new module here."""
