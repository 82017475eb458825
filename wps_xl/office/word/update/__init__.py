"""A drafter's own document, brought up to date with tracked changes."""
