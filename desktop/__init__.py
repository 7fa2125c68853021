"""What a person meets: the command line now, the window with a later change. The top floor."""
