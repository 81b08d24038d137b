"""期限: what is due when, as tables, a month and an iCalendar file."""
