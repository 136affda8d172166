import { parseSync } from 'vite';

interface Span {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

/** The list or the table that a file declares by this name. */
interface Declared {
  /** What each of its entries says. */
  readonly entries: readonly string[];
  /** Where another entry goes. */
  readonly end: number;
}

/**
 * Adds entries to the list or table that a TypeScript file declares as a constant, those that are there already aside.
 * Layout is left to prettier.
 *
 * @returns nothing when the file declares no such constant
 */
export function addEntries(text: string, constant: string, entries: readonly string[]): string | undefined {
  const declared = declaredAs(text, constant);
  if (!declared) return undefined;
  const missing = entries.filter((entry) => !declared.entries.some((known) => startsAlike(known, entry)));
  if (missing.length === 0) return text;
  const before = text.slice(0, declared.end).trimEnd();
  const comma = /[,[{]$/.test(before) ? '' : ',';
  return `${before}${comma}\n${missing.join(',\n')},\n${text.slice(declared.end)}`;
}

function declaredAs(text: string, constant: string): Declared | undefined {
  const { body } = parseSync('declaration.ts', text).program;
  for (const statement of body) {
    const declaration = statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement;
    if (declaration?.type !== 'VariableDeclaration') continue;
    for (const { id, init } of declaration.declarations) {
      if (id.type !== 'Identifier' || id.name !== constant || !init) continue;
      const value = init.type === 'TSAsExpression' ? init.expression : init;
      const spans: readonly (Span | null)[] =
        value.type === 'ArrayExpression'
          ? value.elements
          : value.type === 'ObjectExpression'
            ? value.properties
            : [];
      return {
        entries: spans.filter((span) => span !== null).map(({ start, end }) => text.slice(start, end)),
        end: value.end - 1,
      };
    }
  }
  return undefined;
}

/** Which scope or client an entry is about is in its first string. */
function startsAlike(a: string, b: string): boolean {
  const [one, other] = [a, b].map((entry) => /'([^']*)'/.exec(entry)?.[1]);
  return one !== undefined && one === other;
}
