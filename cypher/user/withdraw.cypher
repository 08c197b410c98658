// The user with what they are granted still: what they had before, without these.
//
//   $id           STRING        of the user
//   $roles        LIST<STRING>  roles to take back
//   $compartments LIST<STRING>  compartments to take back
//
//   :param {id: 'pri-1', roles: ['staff'], compartments: []}
MATCH (p:Principal {id: $id})
SET p.roles = [one IN p.roles WHERE NOT one IN $roles],
  p.compartments = [one IN p.compartments WHERE NOT one IN $compartments]
WITH p
RETURN [p {.id, .name, .roles, .compartments, .createdAt, .revokedAt}] AS rows
