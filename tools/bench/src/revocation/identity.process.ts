import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { machineTime } from './machine.time.js';

const MAIN = fileURLToPath(new URL('../../../../apps/identity/dist/main.js', import.meta.url));
const CLIENT = { client_id: 'consumer', client_secret: 'consumer-secret-for-development' };

/** The public URL of every identity here: replicas share it. */
export const ISSUER = 'http://identity.invalid';

/** One identity, as it was built, in a process of its own. */
export class IdentityProcess {
  private constructor(
    readonly url: string,
    private readonly process: ChildProcess,
  ) {}

  /** @param databaseUrl shared by replicas @param settings beside the usual ones */
  static async start(databaseUrl: string, settings: Record<string, string> = {}): Promise<IdentityProcess> {
    const env = {
      DATABASE_URL: databaseUrl,
      PUBLIC_URL: ISSUER,
      PORT: '0',
      LOG_LEVEL: 'warn',
      DEMO_DATA: 'on',
      ...settings,
    };
    const child = fork(MAIN, [], { env: { PATH: process.env['PATH'], ...env }, execArgv: [] });
    const gone = once(child, 'exit').then(([code]) => {
      throw new Error(`identity ended with ${code} before it listened`);
    });
    const [{ url }] = (await Promise.race([once(child, 'message'), gone])) as [{ url: string }];
    return new IdentityProcess(url, child);
  }

  get pid(): number {
    return this.process.pid!;
  }

  /** Ends a token, and tells when that was asked for and when it was acknowledged. */
  async revokeToken(): Promise<{ askedAt: number; acknowledgedAt: number }> {
    const { access_token: token } = (await this.post('token', { grant_type: 'client_credentials' })) as {
      access_token: string;
    };
    const askedAt = machineTime();
    await this.post('revoke', { token });
    return { askedAt, acknowledgedAt: machineTime() };
  }

  /** Stops it, where that has not been done yet. */
  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = once(this.process, 'exit');
    this.process.kill('SIGTERM');
    await gone;
  }

  private async post(path: string, fields: Record<string, string>): Promise<unknown> {
    const body = new URLSearchParams({ ...CLIENT, ...fields });
    const answer = await fetch(`${this.url}/oauth/${path}`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`POST /oauth/${path} answered ${answer.status}`);
    const text = await answer.text();
    return text && JSON.parse(text);
  }
}
