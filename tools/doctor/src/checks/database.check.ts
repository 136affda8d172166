import { Trouble } from '@gatehouse/workspace';
import type { Check, Finding } from '../check.ts';
import { hasDatabase, openDatabaseOf } from '../database/readable.database.ts';
import type { ServiceSetup } from '../setup/setup.ts';

/** Each database can be reached, and is one. */
export const databaseCheck: Check = {
  name: 'database',
  holds: 'every database answers',
  async look({ services, root }) {
    const withData = services.filter(hasDatabase);
    if (withData.length === 0) return { nothing: 'no service with data is built' };
    return (await Promise.all(withData.map((service) => findingOf(service, root)))).flat();
  },
};

async function findingOf(service: ServiceSetup, root: string): Promise<Finding[]> {
  try {
    await (await openDatabaseOf(service, root))?.close();
    return [];
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    const [cause = '', ...remedy] = error.message.split(/(?<=\.) /);
    return [{ service: service.name, cause, remedy: remedy.join(' ') }];
  }
}
