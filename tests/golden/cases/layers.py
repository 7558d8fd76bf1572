"""Other layers."""
