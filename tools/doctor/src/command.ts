import { parseArgs, styleText } from 'node:util';
import { text } from 'node:stream/consumers';
import { Trouble } from '@gatehouse/workspace';
import { examine } from './doctor.ts';
import { report } from './report/report.ts';
import { setupOf } from './setup/setup.ts';
import { explain } from './token/explain.ts';
import { questionOf, type TokenOptions } from './token/token.question.ts';

const USAGE = `npm run doctor                                        what is wrong with the set-up
npm run doctor -- --token <token> --service <url>     why that service refuses the token; --token - reads it from the
                                                      standard input, where no history keeps it
    [--path /articles] [--method POST] [--cookie]     what was asked for, and how
    [--audience <name>]                               whom the service takes tokens for, where it is none of ours
--json                                                for scripts. Exit code 1 where something is wrong.`;

const OPTIONS = {
  json: { type: 'boolean' },
  help: { type: 'boolean' },
  token: { type: 'string' },
  service: { type: 'string' },
  path: { type: 'string' },
  method: { type: 'string' },
  cookie: { type: 'boolean' },
  audience: { type: 'string' },
} as const;

/** `npm run doctor`; gives the exit code. */
export async function doctor(args: readonly string[]): Promise<number> {
  try {
    const { values } = parseArgs({ args: [...args], options: OPTIONS });
    if (values.help) console.log(USAGE);
    else if (values.token ?? values.service) return await aboutToken(values, values.json === true);
    else return await aboutSetup(values.json === true);
    return 0;
  } catch (error) {
    const code = (error as { code?: string }).code ?? '';
    if (!(error instanceof Trouble) && !code.startsWith('ERR_PARSE_ARGS')) throw error;
    console.error(styleText('red', (error as Error).message, { stream: process.stderr }));
    if (!(error instanceof Trouble)) console.error(`\n${USAGE}`);
    return 2;
  }
}

async function aboutSetup(json: boolean): Promise<number> {
  const results = await examine(await setupOf(process.env));
  console.log(json ? JSON.stringify(results, undefined, 2) : report(results));
  return results.some(({ state }) => state === 'wrong') ? 1 : 0;
}

async function aboutToken(options: TokenOptions, json: boolean): Promise<number> {
  const token = options.token === '-' ? await text(process.stdin) : options.token;
  const question = questionOf({ ...options, token }, process.env);
  const { reason, cause, remedy } = await explain(question, await setupOf(process.env));
  const style = reason === 'accepted' ? 'green' : 'red';
  console.log(
    json
      ? JSON.stringify({ reason, cause, remedy })
      : `\n  ${styleText(style, reason)}  ${cause}\n  ${styleText('bold', remedy)}\n`,
  );
  return reason === 'accepted' ? 0 : 1;
}
