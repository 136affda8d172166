import type { Command, WithService } from '@gatehouse/service-kit';
import type { INestApplicationContext, Type } from '@nestjs/common';
import { consoleAct, type AdministrativeAct } from '../accounts/administration/administrative.act.js';
import { operatorName } from './operator.name.js';
import { Output } from './output.js';

/** What a command works with. */
export interface Desk {
  /** One of identity's services, wherever it lives. */
  readonly get: <T>(service: Type<T> | (abstract new (...args: never[]) => T)) => T;
  /** Who has called the command: goes to the audit trail. */
  readonly act: AdministrativeAct;
  readonly out: Output;
}

/** Options that every command has. */
export interface CommonOptions {
  as?: string;
  json?: boolean;
}

type Work<Args extends unknown[], Options> = (
  desk: Desk,
  options: Options & CommonOptions,
  ...args: Args
) => Promise<void>;

/** Adds one command to a group of them. */
export type AddCommand = (group: Command, operator: OperatorConsole) => void;

/** Lets operators act on the same services as the HTTP API does, without an account of their own. */
export class OperatorConsole {
  constructor(private readonly withService: WithService) {}

  /**
   * What a command does, as commander wants it told: the arguments as the command names them, then options and the
   * command itself. The application is opened once they were understood, not before.
   */
  action<Options = object, Args extends unknown[] = []>(work: Work<Args, Options>) {
    return async (...given: unknown[]): Promise<void> => {
      const command = given.at(-1) as Command;
      const options = command.optsWithGlobals<Options & CommonOptions>();
      const act = consoleAct(operatorName(options.as));
      const out = new Output(options.json === true);
      const args = given.slice(0, -2) as Args;
      await this.withService((app) => work(deskOf(app, act, out), options, ...args));
    };
  }
}

function deskOf(app: INestApplicationContext, act: AdministrativeAct, out: Output): Desk {
  return { get: (service) => app.get(service, { strict: false }), act, out };
}
