import { Ambiguous, type Carrier } from './carrier.js';

/** The cookie of a browser session. An Authorization header beats it: it is then ignored. */
export function cookieCarrier(name: string): Carrier {
  const prefix = `${name}=`;
  return ({ headers: { authorization, cookie } }) => {
    if (cookie === undefined || authorization !== undefined) return undefined;
    const [token, another] = cookie
      .split(';')
      .map((pair) => pair.trim())
      .filter((pair) => pair.startsWith(prefix))
      .map((pair) => pair.slice(prefix.length));
    // A second one may have been planted by another subdomain; which of them the browser means nobody can tell.
    if (another !== undefined) throw new Ambiguous('two session cookies');
    return token;
  };
}
