import { writeFile } from 'node:fs/promises';
import { commandOptions, type CommandOptions, UsageError, USAGE } from './command.options.js';
import { checkConformance } from './conformance.js';
import { type ConformanceSettings, environmentOf } from './conformance.settings.js';
import { reportAsJson, reportAsJunit, reportAsTable } from './report.formats.js';

/** Where a command writes. */
export interface Terminal {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
}

/**
 * `gatehouse-conform URL --route 'GET /orders' …`: tries a service that runs somewhere, in whatever language.
 *
 * @returns the exit code: 0 when it conforms, 1 when it does not, 2 when nothing could be tried
 */
export async function run(args: readonly string[], { stdout, stderr }: Terminal): Promise<number> {
  try {
    const options = commandOptions(args);
    if (options === undefined) {
      stdout.write(USAGE);
      return 0;
    }
    return await check(options, (text) => void stdout.write(text));
  } catch (error) {
    stderr.write(`${error instanceof UsageError ? error.message : sentenceOf(error)}\n`);
    return 2;
  }
}

async function check(options: CommandOptions, say: (text: string) => void): Promise<number> {
  const { url, profile, issuerPort, patience } = options;
  const report = await checkConformance({
    profile,
    issuerPort,
    patience,
    start: async (settings) => {
      say(invitation(settings, url));
      return { url };
    },
  });
  say(`\n${reportAsTable(report)}`);
  if (options.json) await writeFile(options.json, reportAsJson(report));
  if (options.junit) await writeFile(options.junit, reportAsJunit(report));
  return report.failures.length === 0 ? 0 : 1;
}

function invitation(settings: ConformanceSettings, url: string): string {
  const lines = Object.entries(environmentOf(settings)).map(([name, value]) => `  ${name}=${value}`);
  return `Start the service now (or again) at ${url}, so that it trusts this issuer:\n\n${lines.join('\n')}\n\nWaiting for it …\n`;
}

function sentenceOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'EADDRINUSE') return 'The issuer’s port is in use: give another one with --issuer-port.';
  return message;
}
