import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');

/** What this library exports of its own, and the file that declares it. */
function ownExports(): [name: string, file: string][] {
  const statements = read('index.ts').matchAll(/export (?:type )?\{([^}]*)\} from '(\.[^']+)\.js'/g);
  return [...statements].flatMap(([, names, file]) =>
    names!
      .split(',')
      .map((name) => name.replace(/\btype\b/, '').trim())
      .filter(Boolean)
      .map((name): [string, string] => [name, `${file}.ts`]),
  );
}

/** The comment right above the declaration, whatever decorators come between. */
function commentOn(name: string, file: string): string {
  const declaration = new RegExp(
    `(/\\*\\*(?:(?!\\*/)[^])*\\*/)\\s*(?:@\\w+\\([^]*?\\)\\s*)*export [\\w ]*\\b${name}\\b`,
  );
  return declaration.exec(read(file))?.[1] ?? '';
}

describe('what the library exports', () => {
  it('is more than a few things', () => {
    expect(ownExports().length).toBeGreaterThan(20);
  });

  it.each(ownExports())('%s says what it is for, with an example', (name, file) => {
    expect(commentOn(name, file)).toMatch(/^\/\*\*\s+\*? ?\S[^]*@example\n/);
  });
});

describe('a service of requests alone', () => {
  it('needs no package of gateways or microservices: they are imported where a message is refused', () => {
    const optional = /^import .*'@nestjs\/(?:websockets|platform-ws|microservices)/m;
    const files = globSync('**/*.ts', { cwd: import.meta.dirname }).filter(
      (file) => !/spec|testing/.test(file),
    );
    expect(files.length).toBeGreaterThan(40);
    expect(files.filter((file) => optional.test(read(file)))).toEqual([]);
    expect(read('messages/message.error.ts')).toContain("import('@nestjs/websockets')");
  });
});
