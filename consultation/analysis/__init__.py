"""The analyst's room: tables carried to other programs, and what an analyst looks at."""
