"""The commands, one module for each answer or task; `interfaces/cli.py` puts them together."""
