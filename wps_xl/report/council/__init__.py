"""The draft of the report to the Security Council: sections, sentences, what they rest on."""
