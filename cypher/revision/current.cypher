// The store's last revision; none where nothing was written yet.
//
//   :param {}
MATCH (r:Revision {id: 'revision'})
RETURN collect({number: r.number, micros: r.micros}) AS rows
