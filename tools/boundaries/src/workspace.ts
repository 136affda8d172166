import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readSource, type SourceFile } from './source.file.ts';

/** The part of a package.json that the rules look at. */
export interface Manifest {
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** One project of the workspace. */
export interface Project {
  readonly name: string;
  /** Its folder, from the workspace's root. */
  readonly root: string;
  /** What it is to the others, such as `lib:tokens` or `app:articles`; from `nx.tags` in its package.json. */
  readonly tags: readonly string[];
  readonly manifest: Manifest;
  /** The names of the workspace's projects it depends on, as Nx sees it. */
  readonly dependsOn: readonly string[];
  readonly sources: readonly SourceFile[];
}

/** All that the rules are checked against. */
export interface Workspace {
  /** The root's package.json, whose development dependencies every test may use. */
  readonly manifest: Manifest;
  readonly projects: readonly Project[];
}

/** What `nx graph --file` writes, as far as it matters here. */
export interface NxGraph {
  readonly nodes: Readonly<Record<string, { name: string; data: { root: string; tags?: string[] } }>>;
  readonly dependencies: Readonly<Record<string, { target: string }[]>>;
}

const run = promisify(execFile);

/** Asks Nx for the projects of a workspace and reads their sources. */
export async function readWorkspace(root: string): Promise<Workspace> {
  return workspaceOf(root, await readGraph(root));
}

/** The workspace at `root` with the projects of a graph. */
export function workspaceOf(root: string, graph: NxGraph): Workspace {
  const projects = Object.values(graph.nodes).map(({ name, data }) => ({
    name,
    root: data.root,
    tags: data.tags ?? [],
    manifest: readManifest(join(root, data.root)),
    dependsOn: (graph.dependencies[name] ?? [])
      .map(({ target }) => target)
      .filter((target) => graph.nodes[target]),
    sources: sourcesUnder(root, data.root),
  }));
  return { manifest: readManifest(root), projects };
}

async function readGraph(root: string): Promise<NxGraph> {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-graph-'));
  const file = join(folder, 'graph.json');
  try {
    const nx = join(root, 'node_modules/nx/dist/bin/nx.js');
    await run(process.execPath, [nx, 'graph', `--file=${file}`], { cwd: root });
    return (JSON.parse(readFileSync(file, 'utf8')) as { graph: NxGraph }).graph;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readManifest(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
}

const NOT_SOURCE = new Set(['node_modules', 'dist']);

function sourcesUnder(root: string, folder: string): SourceFile[] {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return NOT_SOURCE.has(entry.name) ? [] : sourcesUnder(root, path);
    return /\.[cm]?[jt]s$/.test(entry.name) && !entry.name.endsWith('.d.ts')
      ? [readSource(path, readFileSync(join(root, path), 'utf8'))]
      : [];
  });
}
