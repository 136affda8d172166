import { createHash } from 'node:crypto';

const STYLE_ELEMENT = /<style[^>]*>([^]*?)<\/style>/g;
const STYLE_ATTRIBUTE = /\sstyle="([^"]*)"/g;

/** The style that Swagger UI's script adds to the page; a test in a browser sees when it changes. */
const SWAGGER_STYLE = "'sha256-RL3ie0nH+Lzz2YNqQN83mnU0J1ot4QL7b99vMdIX99w='";

/**
 * The `Content-Security-Policy` of a page that brings scripts and styles of its own, such as Swagger UI: nothing from
 * elsewhere, no script in the page itself, and of styles in it those that are there now (CSP level 3 §6.7.3).
 */
export function pagePolicy(html: string): string {
  const elements = [...html.matchAll(STYLE_ELEMENT)].map(([, style]) => hashOf(style!));
  const attributes = [...html.matchAll(STYLE_ATTRIBUTE)].map(([, style]) => hashOf(style!));
  return [
    "default-src 'none'",
    "script-src 'self'",
    ["style-src 'self'", SWAGGER_STYLE, ...elements].join(' '),
    ["style-src-attr 'unsafe-hashes'", ...attributes].join(' '),
    "img-src 'self' data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
