"""What Homespun is measured beside. Each peer says its version, and why it is missing when it is."""
