// @neo4j/graphql behind Apollo Server on Fastify, as they are shipped: node server.mjs bolt://127.0.0.1:7687 password
import { readFile } from "node:fs/promises";
import { ApolloServer } from "@apollo/server";
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from "@as-integrations/fastify";
import { Neo4jGraphQL } from "@neo4j/graphql";
import fastify from "fastify";
import neo4j from "neo4j-driver";

const [address, password] = process.argv.slice(2);
const driver = neo4j.driver(address, neo4j.auth.basic("neo4j", password), { telemetryDisabled: true });
const typeDefs = await readFile(new URL("types.graphql", import.meta.url), "utf-8");
const mergedIds = ({ id, identifiers }) => identifiers.map(({ agent }) => agent).filter((agent) => agent !== id).sort();
const schema = await new Neo4jGraphQL({ typeDefs, driver, resolvers: { Person: { mergedIds } } }).getSchema();
const app = fastify();
const server = new ApolloServer({ schema, introspection: false, plugins: [fastifyApolloDrainPlugin(app)] });
await server.start();
app.route({ url: "/graphql", method: ["POST"], handler: fastifyApolloHandler(server) });
console.log(`answers at ${await app.listen({ host: "127.0.0.1", port: 0 })} now`);

process.once("SIGTERM", async () => {
  await server.stop();
  await driver.close();
  process.exit(0);
});
