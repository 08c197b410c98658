"""The console: routes, templates, drawings laid out in Python."""
