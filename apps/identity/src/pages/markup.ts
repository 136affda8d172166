const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** A piece of HTML that is safe to send as it is. Only {@link markup} makes one. */
export class Markup {
  constructor(private readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/** HTML as a template; whatever is put into it is text and is escaped, except for what was made the same way. */
export function markup(parts: TemplateStringsArray, ...values: (string | Markup | Markup[])[]): Markup {
  return new Markup(parts.reduce((text, part, index) => text + safe(values[index - 1]!) + part));
}

function safe(value: string | Markup | Markup[]): string {
  if (Array.isArray(value)) return value.join('');
  return value instanceof Markup
    ? value.toString()
    : value.replace(/[&<>"']/g, (character) => ESCAPES[character]!);
}
