import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@gatehouse/workspace';

/** A setting as an app's generated `.env.example` describes it. */
export interface DescribedSetting {
  readonly name: string;
  /** What it is where nobody sets it; in development. */
  readonly default: string | undefined;
  readonly secret: boolean;
  /** The setting whose value it takes where nobody sets it. */
  readonly sameAs: string | undefined;
}

const ASSIGNMENT = /^(# )?([A-Z][A-Z0-9_]*)=(.*)$/m;

/** Every setting of an app, from its `.env.example`: it is generated, so it is true, and it is there without a build. */
export function describedSettings(app: App): ReadonlyMap<string, DescribedSetting> {
  const text = readFileSync(join(app.directory, '.env.example'), 'utf8');
  return new Map(
    text.split(/\n{2,}/).flatMap((block) => {
      const [, , name, value] = ASSIGNMENT.exec(block) ?? [];
      if (name === undefined) return [];
      const sameAs = /\bAs ([A-Z][A-Z0-9_]*) where not set\./.exec(block)?.[1];
      const secret = block.includes('A secret:');
      return [[name, { name, default: value || undefined, secret, sameAs }] as const];
    }),
  );
}
