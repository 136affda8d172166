import { runService } from '@gatehouse/service-kit';
import { IDENTITY } from './identity.service.js';

await runService(IDENTITY);
