"""Sectors as data: taxonomies, evidence models, settings of the demo generator."""
