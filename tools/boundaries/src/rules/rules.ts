import type { Project, Workspace } from '../workspace.ts';
import { declaredRule } from './declared.rule.ts';
import { environmentRule } from './environment.rule.ts';
import { frameworkFreeRule } from './framework-free.rule.ts';
import { knowsRule } from './knows.rule.ts';
import { relativeRule } from './relative.rule.ts';

/** A place where a boundary is crossed. */
export interface Breach {
  /** From the workspace's root. */
  readonly file: string;
  readonly line?: number;
  readonly sentence: string;
}

/** One rule, applied to one project at a time. */
export type Rule = (project: Project, workspace: Workspace) => Breach[];

const RULES: readonly Rule[] = [knowsRule, declaredRule, relativeRule, frameworkFreeRule, environmentRule];

/** Every breach of every rule in the workspace. */
export function breachesOf(workspace: Workspace): Breach[] {
  return workspace.projects.flatMap((project) => RULES.flatMap((rule) => rule(project, workspace)));
}
