import { runService } from '@gatehouse/service-kit';
import { IDENTITY } from './identity.options.js';

await runService(IDENTITY);
