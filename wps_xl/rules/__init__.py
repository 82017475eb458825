"""What a form asks of its cells: one module a kind of rule in ``kinds``, listed by ``registry``."""
