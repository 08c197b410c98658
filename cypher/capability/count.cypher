// How many capabilities there are, counted in no order.
//
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {vis: [0, 1]}
MATCH (n:Capability) WHERE n.vis IN $vis
WITH count(n) AS total
RETURN [{total: total}] AS rows
