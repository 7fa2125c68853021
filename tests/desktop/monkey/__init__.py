"""Ten thousand random events over the whole app, with real workers: whatever a hand can do, it survives."""
