import openapiTypes, { astToString } from 'openapi-typescript';

/** The types of a typed client, as TypeScript: what openapi-fetch takes for `paths`. */
export async function clientTypes(document: object): Promise<string> {
  return astToString(await openapiTypes(document as never));
}
