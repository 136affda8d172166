import { formatFiles, type GeneratorCallback, type Tree } from '@nx/devkit';
import { stopSignal } from '@gatehouse/workspace';
import { completeWorkspace } from './completion.ts';
import { refuseMisspelt, refuseTakenFolder, refuseTakenName, refuseUncountable } from './name.rules.ts';
import { remember } from './remembered.files.ts';
import { register } from './registrations/registrations.ts';
import { newService, type Service } from './service.ts';
import { writeServiceFiles } from './service.files.ts';
import { refuseReserved, refuseUnwritable } from './written.code.ts';

/** What `nx g @gatehouse/generators:service` takes. */
export interface ServiceOptions {
  /** The plural of what the service keeps. */
  readonly name: string;
}

/** Makes a guarded service. Refuses before anything is written; what it returns links and completes what was. */
export default async function serviceGenerator(
  tree: Tree,
  { name }: ServiceOptions,
): Promise<GeneratorCallback> {
  refuseMisspelt(name);
  refuseTakenFolder(tree, name);
  refuseUncountable(name);
  const service = newService(tree, name);
  refuseReserved(service);
  refuseTakenName(tree, service);
  await writeService(tree, service);
  const restore = remember(tree.root, tree.listChanges());
  // From before the files are written: whoever stops it in the midst of that finds everything as it was.
  const signal = stopSignal();
  return () =>
    completeWorkspace(tree.root, signal).catch((error: unknown) => {
      restore();
      throw error;
    });
}

/** The service as it would be made now, and all that knows of it. Leaves nothing changed of what is that already. */
export async function writeService(tree: Tree, service: Service): Promise<void> {
  writeServiceFiles(tree, service);
  refuseUnwritable(tree, service);
  register(tree, service);
  await formatFiles(tree);
}
