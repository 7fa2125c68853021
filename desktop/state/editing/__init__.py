"""What the editor's state is made of: the mask, what can be undone, how long things took here, and what is shown."""
