"""Examining signed PDFs in a process of its own, which a hostile file may only harm itself.

`examiner` is the side of the asker; `worker` is what runs in the process, the only place where
pyHanko's validation is imported. They speak JSON, a line each way. Import their modules by name:
this one stays empty, so that neither side loads what only the other needs.
"""
