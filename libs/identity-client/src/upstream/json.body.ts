const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

/**
 * Lets a successful answer through only when it is JSON, as text. It runs before any cache sees the answer.
 *
 * @throws SyntaxError when it is something else
 */
export function jsonOnly(text: string, headers: { get(name: string): unknown }, status?: number): string {
  if (status === undefined || status >= 300 || status === 204) return text;
  if (!JSON_TYPE.test(String(headers.get('content-type')))) throw new SyntaxError('The answer is no JSON.');
  JSON.parse(text);
  return text;
}
