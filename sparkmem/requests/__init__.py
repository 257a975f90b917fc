"""What is done with answers: asked for, set side by side, taken away as a configuration, and read in another format."""
