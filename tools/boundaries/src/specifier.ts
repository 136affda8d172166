import { isBuiltin } from 'node:module';

/** The package a specifier belongs to: `@nestjs/common/x` is of `@nestjs/common`. */
export function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

export function isRelative(specifier: string): boolean {
  return specifier.startsWith('.');
}

/** A module that an npm package has to provide. */
export function isPackage(specifier: string): boolean {
  return !isRelative(specifier) && !isBuiltin(specifier);
}
