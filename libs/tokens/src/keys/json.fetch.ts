const MAXIMUM_BYTES = 100_000;

/**
 * A small JSON document over HTTP. Redirects are refused: the address was configured, and no one else may choose it.
 *
 * @throws Error when there is no answer within `timeout` milliseconds, none with status 200, or a longer one than 100 kB
 */
export async function fetchJson(url: string, timeout: number): Promise<unknown> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(timeout),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`${url} answered ${response.status}`);
  }
  return JSON.parse(await boundedText(response));
}

async function boundedText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MAXIMUM_BYTES) throw new Error(`${response.url} answered more than ${MAXIMUM_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
