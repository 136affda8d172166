import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { applyPatch } from './json.patch.ts';
import { type Image, type Kustomization, readKustomization } from './kustomization.ts';

/** A Kubernetes object. */
export interface Resource {
  readonly apiVersion: string;
  readonly kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  [member: string]: unknown;
}

/** What `kubectl kustomize` would print for a folder, as objects. */
export function render(folder: string): Resource[] {
  const kustomization = readKustomization(folder);
  const resources = kustomization.resources.flatMap((path) => load(join(folder, path)));
  for (const resource of resources) place(resource, kustomization);
  for (const { target, patch } of kustomization.patches ?? []) {
    const targets = resources.filter(
      ({ kind, metadata }) => kind === target.kind && (!target.name || metadata.name === target.name),
    );
    if (targets.length === 0)
      throw new Error(`${folder}: a patch is for ${target.kind} ${target.name ?? ''}, and there is none`);
    for (const each of targets) applyPatch(each, patch);
  }
  return resources;
}

function load(path: string): Resource[] {
  if (statSync(path).isDirectory()) return render(path);
  return parseAllDocuments(readFileSync(path, 'utf8')).map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0]!.message}`);
    return document.toJS() as Resource;
  });
}

function place(resource: Resource, { namespace, labels = [], images = [] }: Kustomization): void {
  if (namespace && resource.kind === 'Namespace') resource.metadata.name = namespace;
  else if (namespace) resource.metadata.namespace = namespace;
  for (const { pairs } of labels) resource.metadata.labels = { ...resource.metadata.labels, ...pairs };
  rename(resource, images);
}

/** Every `image` of a container, however deep it is. */
function rename(value: unknown, images: readonly Image[]): void {
  if (typeof value !== 'object' || value === null) return;
  for (const [member, inner] of Object.entries(value)) {
    if (member === 'image' && typeof inner === 'string')
      Object.assign(value, { image: imageOf(inner, images) });
    else rename(inner, images);
  }
}

function imageOf(image: string, images: readonly Image[]): string {
  const [name, tag] = image.split(':');
  const change = images.find((each) => each.name === name);
  if (!change) return image;
  const newTag = change.newTag ?? tag;
  return `${change.newName ?? name}${newTag ? `:${newTag}` : ''}`;
}
