"""How the models that Homespun ships were made. Needs the export environment; nothing here runs on a person's computer."""
