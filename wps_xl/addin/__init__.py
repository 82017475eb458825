"""The Excel add-in: built from the text in macros/, installed, diagnosed, bundled for IT."""
