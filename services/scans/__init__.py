"""Scans of papers: made safe, sealed, shown through our own route."""
