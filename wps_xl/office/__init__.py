"""Excel and Word files as files: nothing here knows what they are about."""
