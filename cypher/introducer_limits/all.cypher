// How often introducers may be asked and for whom never, of everybody who set a limit, by person.
//
//   $vis LIST<INTEGER>  visibility classes the viewer may see
//
//   :param {vis: [0, 1, 2, 3]}
MATCH (n:IntroducerLimits) WHERE n.vis IN $vis
WITH n ORDER BY n.person, n.id
RETURN collect({person: n.person, asksPerQuarter: n.asksPerQuarter, never: coalesce(n.never, [])}) AS rows
