"""Open XML packages part by part: what is ours is replaced, what staff added stays byte by byte."""
