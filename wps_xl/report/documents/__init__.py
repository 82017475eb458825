"""Documents beside the report: briefs, scorecards, extracts, the compilation of practices."""
