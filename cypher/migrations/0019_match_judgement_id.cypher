// No two MatchJudgement nodes share an id.
CREATE CONSTRAINT match_judgement_id IF NOT EXISTS FOR (n:MatchJudgement) REQUIRE n.id IS UNIQUE
