"""Papers: what is handed to people outside the cockpit. A paper is data; page, PDF and Markdown are three ways to print it."""
