import { Client, fetchExchange } from "@urql/core";
import { RoutesDocument, type RoutesQuery } from "./documents.js";

export type Routes = NonNullable<RoutesQuery["introductionPaths"]>;

export async function routes(url: string, token: string, from: string, to: string, asOf: string): Promise<Routes> {
  const client = new Client({
    url: `${url}/graphql`,
    preferGetMethod: false,
    fetchOptions: { headers: { Authorization: `Bearer ${token}` } },
    exchanges: [fetchExchange],
  });
  const { data, error } = await client.query(RoutesDocument, { from, to, asOf });
  if (error) throw error;
  if (!data?.introductionPaths) throw new Error("one of the two is not there");
  return data.introductionPaths;
}
