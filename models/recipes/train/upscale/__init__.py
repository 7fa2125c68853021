"""The two enlargers that come with Homespun: `faithful` and `restore`. `train` makes weights, `export` the files."""
