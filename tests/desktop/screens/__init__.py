"""Every screen in every state, as pictures to look at and as rules that can fail."""
