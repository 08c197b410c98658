// No two IntroducerLimits nodes share an id.
CREATE CONSTRAINT introducer_limits_id IF NOT EXISTS FOR (n:IntroducerLimits) REQUIRE n.id IS UNIQUE
