"""United Nations editorial rules: style, names, and what an editor would change."""
