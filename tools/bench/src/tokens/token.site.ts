import { IdentityProcess } from '../revocation/identity.process.js';
import { KeepAliveConnection } from '../load/keep-alive.connection.js';

/** The settings under which identity is measured: whoever measures signs in more often than people do. */
export const SETTINGS = { LOGIN_LIMITS: 'off' };

const FORM = 'application/x-www-form-urlencoded';

/** What a token endpoint answers. */
interface Tokens {
  readonly access_token: string;
  readonly refresh_token: string;
}

/** One connection to a token endpoint, and the refresh token it has got last. */
export class TokenCustomer {
  constructor(
    private readonly connection: KeepAliveConnection,
    private readonly path: string,
    private readonly client: Record<string, string>,
    private refreshToken = '',
  ) {}

  /** RFC 6749 §6: each answer brings the token for the next request. */
  readonly refresh = async (): Promise<void> => {
    const answer = await this.ask({ grant_type: 'refresh_token', refresh_token: this.refreshToken });
    if (answer.refresh_token === this.refreshToken) throw new Error('the refresh token was not rotated');
    this.refreshToken = answer.refresh_token;
  };

  /** RFC 6749 §4.4 */
  readonly clientCredentials = async (): Promise<void> => {
    await this.ask({ grant_type: 'client_credentials' });
  };

  private async ask(parameters: Record<string, string>): Promise<Tokens> {
    const form = new URLSearchParams({ ...this.client, ...parameters }).toString();
    const { status, body } = await this.connection.post(this.path, form, FORM);
    if (status !== 200) throw new Error(`${this.path} answered ${status}: ${body}`);
    return JSON.parse(body) as Tokens;
  }
}

/** Identity on one database, with customers that have signed in. */
export class TokenSite {
  private constructor(
    readonly databaseUrl: string,
    readonly identity: IdentityProcess,
    readonly customers: readonly TokenCustomer[],
  ) {}

  static async open(databaseUrl: string, connections: number): Promise<TokenSite> {
    const identity = await IdentityProcess.start(databaseUrl, SETTINGS);
    const customers: TokenCustomer[] = [];
    for (let i = 0; i < connections; i += 1) {
      const connection = await KeepAliveConnection.open(identity.url);
      const client = { client_id: 'consumer', client_secret: 'consumer-secret-for-development' };
      // Sessions of the door, since that needs no client to renew them, as Doorkeeper's apps do.
      customers.push(new TokenCustomer(connection, '/oauth/token', client, await signIn(connection)));
    }
    return new TokenSite(databaseUrl, identity, customers);
  }

  /** Refresh tokens of further sessions, for whoever sends the same statements. */
  async openSessions(count: number): Promise<string[]> {
    const connection = await KeepAliveConnection.open(this.identity.url);
    const tokens: string[] = [];
    while (tokens.length < count) tokens.push(await signIn(connection));
    return tokens;
  }
}

async function signIn(connection: KeepAliveConnection): Promise<string> {
  const person = { username: 'reader@example.com', password: 'opensesame-please' };
  const form = new URLSearchParams({ grant_type: 'password', ...person }).toString();
  const { status, body } = await connection.post('/oauth/token', form, FORM);
  if (status !== 200) throw new Error(`signing in answered ${status}: ${body}`);
  return (JSON.parse(body) as Tokens).refresh_token;
}
