"""A whole job from one text: the example that stands in the box."""
