"""What the rules say of facts, read plainly and read fast.

``reference`` reads plainly and is the specification; ``generated`` answers in practice, with code that is made of ``stems``, ``shapes`` and
``nest``, and says the same of every case.
"""
