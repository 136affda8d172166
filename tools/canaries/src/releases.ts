import { styleText } from 'node:util';
import { table } from '@gatehouse/workspace';
import { type Canary, type Check, titleOf } from './canary.ts';
import type { Variant } from './variant.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Canaries that were released, one after the other, and what became of them. */
export class Releases {
  readonly #variant: Variant;
  readonly #servers: Readonly<Record<string, string>>;
  /** Each check is tried once on the services as they are. */
  readonly #sound = new Map<string, Verdict>();
  readonly #rows: string[][] = [];
  /** Those that no check has noticed, by name. */
  readonly survivors: string[] = [];

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
      this.survivors.push(name);
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
    const survivors = this.survivors.join(', ');
    console.log(survivors ? `  Survived: ${survivors}.` : `  All ${this.#rows.length} canaries were caught.`);
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
