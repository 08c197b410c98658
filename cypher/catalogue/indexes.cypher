// Every index, in no order, and the constraint it belongs to.
//
//   :param {}
SHOW INDEXES YIELD name, type, labelsOrTypes, properties, owningConstraint
RETURN collect({name: name, kind: type, labels: labelsOrTypes, properties: properties, constraint: owningConstraint}) AS rows
