"""The tests mirror the folders; each folder is a package, so that two may have a file of one name."""
