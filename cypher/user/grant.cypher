// The user with what they are granted now: what they had before, and these.
//
//   $id           STRING        of the user
//   $roles        LIST<STRING>  roles to add
//   $compartments LIST<STRING>  compartments to add
//
//   :param {id: 'pri-1', roles: ['staff'], compartments: []}
MATCH (p:Principal {id: $id})
SET p.roles = p.roles + [one IN $roles WHERE NOT one IN p.roles],
  p.compartments = p.compartments + [one IN $compartments WHERE NOT one IN p.compartments]
WITH p
RETURN [p {.id, .name, .roles, .compartments, .createdAt, .revokedAt}] AS rows
