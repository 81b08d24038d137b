"""The screens of the web app: read widgets, call one function, draw what it returns."""
