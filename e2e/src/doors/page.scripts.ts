// What runs in a page; it closes over nothing here.

/** What a script of the page sends. */
export interface Call {
  readonly method: string;
  readonly url: string;
  readonly body: object | undefined;
  readonly headers: Record<string, string>;
}

/** Sends JSON as a front end's script does, and reads the answer. */
export async function callFromPage({ method, url, body, headers }: Call): Promise<[number, unknown]> {
  const json = body && { body: JSON.stringify(body) };
  const type = body && { 'Content-Type': 'application/json' };
  const answer = await fetch(url, { method, headers: { ...type, ...headers }, ...json });
  return [answer.status, await answer.json()];
}

/** What any page may send anywhere without asking first; of the answer it learns nothing (Cross-Origin-Resource-Policy). */
export async function sendForm({
  url,
  fields,
}: {
  url: string;
  fields: Record<string, string>;
}): Promise<void> {
  const body = new URLSearchParams(fields);
  await fetch(url, { method: 'POST', mode: 'no-cors', credentials: 'include', body }).catch(() => undefined);
}

/** The cookies that scripts of the page see. */
export function readCookies(): [string, string][] {
  const { cookie } = (globalThis as unknown as { document: { cookie: string } }).document;
  return cookie.split('; ').map((pair) => pair.split('=', 2) as [string, string]);
}
