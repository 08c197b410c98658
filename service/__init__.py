"""The program: command line, application, settings, typed questions and engines."""
