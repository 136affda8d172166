import { parseArgs, styleText } from 'node:util';
import { LentServers, stopSignal, table, Trouble } from '@gatehouse/workspace';
import { CANARIES } from './canaries.ts';
import { type Canary, type Check, titleOf } from './canary.ts';
import { Variant } from './variant.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } });

/** Breaks a copy of the services in one way after another, and tells which checks noticed. */
async function main(): Promise<void> {
  const canaries = chosen(values.only);
  const servers = await LentServers.start();
  const variant = new Variant();
  const stopped = stopSignal();
  try {
    const run = new Run(variant, servers.environment);
    for (const canary of canaries) {
      if (stopped.aborted) break;
      await run.release(canary);
    }
    run.print();
  } finally {
    variant.remove();
    await servers.close();
  }
}

function chosen(names: readonly string[] | undefined): readonly Canary[] {
  const unknown = names?.find((name) => !CANARIES.some((canary) => canary.name === name));
  if (unknown !== undefined) {
    const all = CANARIES.map(({ name }) => name).join(', ');
    throw new Trouble(`No such canary: ${unknown}. There are ${all}.`);
  }
  return CANARIES.filter(({ name }) => names?.includes(name) ?? true);
}

class Run {
  readonly #variant: Variant;
  readonly #servers: Readonly<Record<string, string>>;
  /** Each check is tried once on the services as they are. */
  readonly #sound = new Map<string, Verdict>();
  readonly #rows: string[][] = [];

  constructor(variant: Variant, servers: Readonly<Record<string, string>>) {
    this.#variant = variant;
    this.#servers = servers;
  }

  async release({ name, flaw, edits, check }: Canary): Promise<void> {
    const begun = performance.now();
    const sound = await this.#soundVerdict(check);
    const { verdict, output } = await this.#variant.with(edits, () => this.#verdict(check));
    const seconds = ((performance.now() - begun) / 1_000).toFixed(1);
    const caught = sound === 'green' && verdict === 'red';
    if (!caught) {
      process.exitCode = 1;
      console.error(
        `${output}\n${name}: ${flaw}, and its check is ${sound} without and ${verdict} with that.`,
      );
    }
    console.log(`${name}: ${caught ? 'caught' : 'SURVIVED'}, ${seconds} s`);
    this.#rows.push([
      name,
      flaw,
      titleOf(check),
      sound,
      styleText(caught ? 'red' : 'bold', verdict),
      seconds,
    ]);
  }

  print(): void {
    console.log(`\n${table(['canary', 'flaw', 'check', 'sound', 'broken', 's'], this.#rows)}\n`);
    const caught = this.#rows.length - (process.exitCode ? 1 : 0);
    console.log(process.exitCode ? '  A canary survived.' : `  All ${caught} canaries were caught.`);
  }

  async #soundVerdict(check: Check): Promise<Verdict> {
    const title = titleOf(check);
    if (!this.#sound.has(title)) {
      await this.#variant.build();
      this.#sound.set(title, (await this.#verdict(check)).verdict);
    }
    return this.#sound.get(title)!;
  }

  #verdict(check: Check): ReturnType<typeof verdictOf> {
    return verdictOf(check, this.#variant.root, this.#servers);
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Trouble)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
