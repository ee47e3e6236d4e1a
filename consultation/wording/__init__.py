"""The wording room: from tags and phrase findings to points, changes, decisions and a proof that all was answered.

Each module takes tables and the ledger's events and returns tables; `project.py` joins them in this order: `miner`,
`points`, `proposals`, `decisions`, `blocks`. Then `workbook`, `audit`, `claims`, `addendum`, `pack` and `trace` read
what was made.
"""
