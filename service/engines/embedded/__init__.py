"""The embedded engine: ArcadeDB as a supervised child of this process, or of another one on the same folder."""
