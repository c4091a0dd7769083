"""Documents of a file: templates with named fields, what is made of them, and what was issued, frozen."""
