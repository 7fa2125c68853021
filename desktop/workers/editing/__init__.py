"""What the document service is made of: the picture's pixels and steps, their display, and the folder that outlives a crash."""
