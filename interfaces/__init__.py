"""What people and programs touch: command line, web app, later HTTP and MCP. Thin: each asks one function of a room."""
