"""Who is who: names found, people compared, files linked and merged."""
