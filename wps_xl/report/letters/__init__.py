"""Letters to the entities: who needs which, and what it says."""
