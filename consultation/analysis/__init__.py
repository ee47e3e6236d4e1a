"""The analyst's room: what an analyst asks of the tables, and tables carried to other programs.

`cases` says what is counted and by what; on it stand `crosstabs` and `people`. `finding` finds comments; `stripes`,
`cards` and `heat` show one thing each; `keyness` and `topics` gather words; `figures` counts a report again.
A question is a pure function of the named tables; `project.analysis` offers each with the settings filled in.
"""
