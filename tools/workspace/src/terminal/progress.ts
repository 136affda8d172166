import { styleText } from 'node:util';
import type { Plan, ServiceState } from '../processes/fleet.ts';
import type { App } from '../workspace/apps.ts';
import { Screen } from './screen.ts';
import { serviceTable } from './service.table.ts';
import { welcome, welcomeJson } from './welcome.ts';

/** What a start shows: one table that fills, then the welcome. To a script nothing, then one line of JSON. */
export class Progress {
  readonly #plans: readonly Plan[];
  readonly #json: boolean;
  readonly #screen = new Screen();
  readonly #states = new Map<string, ServiceState>();

  constructor(plans: readonly Plan[], json: boolean) {
    this.#plans = plans;
    this.#json = json;
  }

  /** One service has come further. */
  note(app: App, state: ServiceState): void {
    this.#states.set(app.name, state);
    if (!this.#json) this.#screen.show(`\n${this.#table()}`);
  }

  /** What needs a person's eye, whatever else is shown. */
  notice(app: App, words: string): void {
    this.#screen.above(
      `${styleText('yellow', app.name, { stream: process.stderr })}  ${words}`,
      process.stderr,
    );
  }

  ready(): void {
    this.#screen.end(this.#json ? welcomeJson(this.#plans) : welcome(this.#plans));
  }

  stopping(): void {
    if (!this.#json) console.log(styleText('dim', '\nStopping.'));
  }

  #table(): string {
    return serviceTable(this.#plans, (name) => this.#states.get(name) ?? 'waiting');
  }
}
