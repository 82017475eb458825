"""The draft of the Secretary-General's report: what is said, and how it looks in Word."""
