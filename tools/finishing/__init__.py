"""What happens to the built site after mkdocs, one module a step; each changes files in place."""
