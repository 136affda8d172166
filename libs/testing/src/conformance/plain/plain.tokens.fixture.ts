import type { Flaw } from './flaws.fixture.js';

const API_KEY = 'urn:gatehouse:params:oauth:token-type:api-key';
const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange';

/** The tokens that the issuer gives to this service, as the client it is. */
export class PlainTokens {
  private readonly exchanged = new Map<string, Promise<string | undefined>>();

  constructor(
    private readonly issuer: string,
    private readonly client: { id: string; secret: string },
    private readonly flaw: Flaw | undefined,
  ) {}

  async own(): Promise<string> {
    return (await this.ask({ grant_type: 'client_credentials' }))!;
  }

  /** What an API key stands for; undefined for one that is not good. Asked for once. */
  forKey(key: string): Promise<string | undefined> {
    const exchange = { grant_type: EXCHANGE, subject_token_type: API_KEY, subject_token: key };
    let token = this.exchanged.get(key);
    if (!token || this.flaw === 'an exchange for each request')
      this.exchanged.set(key, (token = this.ask(exchange)));
    return token;
  }

  private async ask(fields: Record<string, string>): Promise<string | undefined> {
    const { id, secret } = this.client;
    const answer = await fetch(`${this.issuer}/oauth/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams(fields),
    });
    return ((await answer.json()) as { access_token?: string }).access_token;
  }
}
