"""The server: what passes, what is sent, what leaves."""
