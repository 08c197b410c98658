"""Records made by hand: one transaction each, which reads what it touches and happens once however often it is sent."""
