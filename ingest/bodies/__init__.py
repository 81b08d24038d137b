"""The bodies and parties that a text names, and whom they mean in their document."""
