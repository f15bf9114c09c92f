"""`bin/run`: web server, worker and clock together on one small machine, with no server beside them.

`address` takes the port, `preparation` makes the folder and the database ready, `parts` are the processes,
`together` starts them, watches them and leaves nothing running.
"""
