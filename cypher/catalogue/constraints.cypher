// Every constraint, in no order.
//
//   :param {}
SHOW CONSTRAINTS YIELD name, type, labelsOrTypes, properties
RETURN collect({name: name, kind: type, labels: labelsOrTypes, properties: properties}) AS rows
