# A question with its variables; what is wrong with it comes as a 4xx where curl is told to want that.
curl --silent --fail-with-body "$URL/graphql" \
  --header "Authorization: Bearer $TOKEN" \
  --header "Content-Type: application/json" \
  --header "Accept: application/graphql-response+json" \
  --data '{
    "query": "query ($a: ID!, $b: ID!) { tie(a: $a, b: $b, asOf: \"2026-11-23\") { band evidenceCount } }",
    "variables": { "a": "per-ann", "b": "per-ben" }
  }'
