"""The contact filter by itself."""
