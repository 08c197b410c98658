"""What can be asked: one typed function for each question, as far as whoever asks may see."""
