"""What every request passes before it is answered: a deadline, a watch on who asks, and a place among the others."""
