"""Deletion with a reason, and the way back."""
