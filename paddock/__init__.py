"""The client of a Paddock server, for notebooks and programs: it talks HTTP and needs nothing else of ours."""
