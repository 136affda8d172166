import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  environmentOf,
  findApps,
  freePort,
  ROOT,
  runTool,
  ServiceProcess,
  settingPrefix,
} from '@gatehouse/workspace';
import { send } from '../harness/http.js';

type Settings = Readonly<Record<string, string>>;

/** A set-up of its own: ports, databases and a root folder that a fault may spoil, and the services that run in it. */
export class DoctorsScene {
  /** What `npm start` and the doctor are given. */
  readonly env: Record<string, string | undefined>;
  /** A folder with the workspace's apps in it. */
  root = ROOT;
  readonly folder: string;
  readonly #services = new Map<string, ServiceProcess>();
  readonly #cleanups: (() => unknown)[] = [];

  private constructor(folder: string, own: Settings) {
    this.folder = folder;
    this.env = { ...process.env, LOG_LEVEL: 'warn', LOGIN_LIMITS: 'off', NO_COLOR: '1', ...own };
  }

  static async create(): Promise<DoctorsScene> {
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-doctor-'));
    const own: Record<string, string> = {};
    for (const app of findApps()) {
      own[`${settingPrefix(app)}_PORT`] = String(await freePort());
      own[`${settingPrefix(app)}_DATABASE_URL`] = `sqlite:${join(folder, `${app.name}.sqlite`)}`;
    }
    // Only who has a database is told of one.
    delete own['CONSUMER_DATABASE_URL'];
    return new DoctorsScene(folder, own);
  }

  port(name: string): number {
    return Number(this.env[`${name.toUpperCase()}_PORT`]);
  }

  url(name: string): string {
    return `http://127.0.0.1:${this.port(name)}`;
  }

  databaseFile(name: string): string {
    return join(this.folder, `${name}.sqlite`);
  }

  /** Starts one service, with settings of its own that the doctor does not know of; resolves when it listens. */
  async start(name: string, hidden: Settings = {}): Promise<ServiceProcess> {
    const apps = findApps();
    const app = apps.find((each) => each.name === name)!;
    const env = { ...environmentOf(app, apps, this.env), ...hidden };
    const service = new ServiceProcess(app, { env });
    this.#services.set(name, service);
    service.ended.catch(() => undefined);
    await service.listening;
    return service;
  }

  /** Starts all of them, and waits until they are ready. */
  async startAll(hidden: Readonly<Record<string, Settings>> = {}): Promise<void> {
    for (const { name } of findApps()) await this.start(name, hidden[name]);
    for (const { name } of findApps()) await this.ready(name);
  }

  async ready(name: string): Promise<void> {
    while ((await send(`${this.url(name)}/health/ready`)).status !== 200) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }

  service(name: string): ServiceProcess {
    return this.#services.get(name)!;
  }

  /** Starts and stops identity, so that its database is there. */
  async makeDatabase(): Promise<void> {
    const identity = await this.start('identity');
    await identity.stop();
  }

  /** A root of its own with the real apps; `.env` there reads as given. */
  withEnvironmentFile(text: string): void {
    this.root = join(this.folder, 'root');
    mkdirSync(this.root);
    symlinkSync(join(ROOT, 'apps'), join(this.root, 'apps'));
    writeFileSync(join(this.root, '.env'), text);
  }

  /** A root of its own with copies of what describes the apps, and a source that builds by itself. */
  withApps(source: string): void {
    this.root = join(this.folder, 'root');
    const options = { module: 'nodenext', composite: true, rootDir: 'src', outDir: 'dist', types: [] };
    for (const { name, directory } of findApps()) {
      const folder = join(this.root, 'apps', name);
      mkdirSync(join(folder, 'src'), { recursive: true });
      for (const file of ['package.json', '.env.example']) cpSync(join(directory, file), join(folder, file));
      writeFileSync(join(folder, 'src/main.ts'), source);
      writeFileSync(
        join(folder, 'tsconfig.json'),
        JSON.stringify({ compilerOptions: options, include: ['src'] }),
      );
    }
  }

  /** The same, and built. */
  async withBuiltApps(): Promise<void> {
    this.withApps('export {};');
    const folders = findApps().map(({ name }) => join(this.root, 'apps', name));
    await runTool('tsc', ['-b', ...folders], { quiet: true });
  }

  /** Done when the scene ends. */
  later(cleanup: () => unknown): void {
    this.#cleanups.push(cleanup);
  }

  async close(): Promise<void> {
    for (const cleanup of this.#cleanups) await cleanup();
    for (const service of this.#services.values()) service.signal('SIGCONT');
    await Promise.all([...this.#services.values()].map((service) => service.stop(2_000)));
    rmSync(this.folder, { recursive: true, force: true });
  }
}
