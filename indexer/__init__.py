"""Files on disk → passages → one index → answers. The door of the search."""
