"""Long work on pictures: what is to be done is a table on disk, and there is one path from the wish to the result.

Its modules are the door: `job.py` (what one job is), `journal.py` (the table on disk), `table.py` (the order of things),
`work.py` (`Jobs`, which gives them to a process one after another), `pictures.py` (what is done to one picture, for the
command line too), `walk.py` (which pictures a folder holds).
"""
