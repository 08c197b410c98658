// No two CardExchange nodes share an id.
CREATE CONSTRAINT card_exchange_id IF NOT EXISTS FOR (n:CardExchange) REQUIRE n.id IS UNIQUE
