"""The Word layer: what a draft says becomes a document."""
