import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

/** The features of a kustomization that are used here; see https://kubectl.docs.kubernetes.io/references/kustomize. */
export interface Kustomization {
  readonly resources: readonly string[];
  readonly namespace?: string;
  readonly labels?: readonly { readonly pairs: Readonly<Record<string, string>> }[];
  readonly images?: readonly Image[];
  readonly patches?: readonly Patch[];
}

/** Another name or tag for an image. */
export interface Image {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
}

/** Operations of RFC 6902 on every resource that the target names. */
export interface Patch {
  readonly target: { readonly kind: string; readonly name?: string };
  readonly patch: string;
}

const KNOWN = new Set(['apiVersion', 'kind', 'resources', 'namespace', 'labels', 'images', 'patches']);

/** @throws Error where it uses what nobody here would render */
export function readKustomization(folder: string): Kustomization {
  const file = join(folder, 'kustomization.yaml');
  const kustomization = parse(readFileSync(file, 'utf8')) as Kustomization;
  const unknown = Object.keys(kustomization).filter((name) => !KNOWN.has(name));
  if (unknown.length > 0)
    throw new Error(`${file} uses ${unknown.join(', ')}, which tools/manifests does not render`);
  return kustomization;
}
