// How many requests were noted with their answers.
//
//   $rows  LIST<MAP>  the properties of each
//
//   :param {rows: [{properties: {id: 'req-1', principal: 'owner', operation: 'recordMeeting', bodyHash: 'bdy-1', answer: ['mtg-1'], revision: 7}}]}
UNWIND $rows AS row
CREATE (r:Request)
SET r = row.properties
WITH count(r) AS saved
RETURN [{saved: saved}] AS rows
