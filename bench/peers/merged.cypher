// How many identifiers now carry the id they would make: others cannot work it out.
UNWIND $rows AS row
MATCH (i:Identifier {id: row.id})
SET i.agent = row.agent
RETURN count(i) AS written
