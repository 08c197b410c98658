"""What one may write, by subject."""
