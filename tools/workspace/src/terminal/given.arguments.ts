import { parseArgs, type ParseArgsConfig } from 'node:util';

/** What a command was given. What it does not take ends it with 2, and with how it is to be given. */
export function givenArguments<Config extends ParseArgsConfig>(
  config: Config,
  usage: string,
): ReturnType<typeof parseArgs<Config>> {
  try {
    return parseArgs(config);
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    return process.exit(2);
  }
}
