"""The public GraphQL contract: types, root fields, limits."""
