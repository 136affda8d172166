import { styleText } from 'node:util';
import { table } from '@gatehouse/workspace';
import { type Canary, type Check, titleOf } from './canary.ts';
import type { Variant } from './variant.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** Canaries that were released, and what became of them. */
export class Releases {
  readonly #servers: Readonly<Record<string, string>>;
  /** Each check is tried once on the services as they are. */
  readonly #sound = new Map<string, Promise<Verdict>>();
  readonly #rows: string[][] = [];
  /** Those that no check has noticed, by name. */
  readonly survivors: string[] = [];

  constructor(servers: Readonly<Record<string, string>>) {
    this.#servers = servers;
  }

  /** @param variant a copy that nothing else uses meanwhile */
  async release({ name, flaw, edits, check }: Canary, variant: Variant): Promise<void> {
    const begun = performance.now();
    const sound = await this.#soundVerdict(check, variant);
    const { verdict, output } = await variant.with(edits, () => this.#verdict(check, variant));
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

  #soundVerdict(check: Check, variant: Variant): Promise<Verdict> {
    const title = titleOf(check);
    const verdict = this.#sound.get(title) ?? this.#verdict(check, variant).then((each) => each.verdict);
    this.#sound.set(title, verdict);
    return verdict;
  }

  /** Tests run from source; faults are done to what is built. */
  async #verdict(check: Check, variant: Variant): ReturnType<typeof verdictOf> {
    if ('fault' in check) await variant.build();
    return verdictOf(check, variant.root, this.#servers);
  }
}
