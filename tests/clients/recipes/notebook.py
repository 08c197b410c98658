"""Routes and staff as frames and a graph: python notebook.py URL TOKEN."""

import sys

import networkx as nx

from paddock.client import Client
from paddock.frames import to_frame

url, token = sys.argv[1:]
with Client(url, token) as client:
    ann, cat = client.one("Ann Alloy"), client.one("Cat Camshaft")
    found = client.paths(ann, cat, as_of="2026-11-23")
    if found is None:
        sys.exit("one of the two is not there")
    for path in found:
        print(path, "because", path.reasons[0])

    # One row a step, the weakest last.
    steps = found.frame().sort_values("willingness", ascending=False)
    print(steps[["from_name", "to_name", "willingness", "tie_band"]].round(4).to_string(index=False))

    # Who would be asked most often, were every route taken.
    print(nx.degree_centrality(found.graph()))

    # Any list is an iterator over all of its pages, and any such list a frame.
    staff = to_frame(client.staff("org-forge", as_of="2026-11-23"))
    print(staff[["person_name", "role", "start", "provenance_source_name"]].to_string(index=False))
