// The user with this id.
//
//   $id STRING  of the user
//
//   :param {id: 'pri-1'}
MATCH (p:Principal {id: $id})
RETURN [p {.id, .name, .roles, .compartments, .createdAt, .revokedAt}] AS rows
