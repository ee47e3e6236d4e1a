"""A finished report in each format. A renderer takes the report, the house style and the words, and gives bytes."""
