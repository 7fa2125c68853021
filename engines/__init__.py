"""What a model does to a picture or a sentence, and the devices that run it."""
