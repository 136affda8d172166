import { DEMO_ADMIN_ID, DEMO_READER_ID } from '@gatehouse/contracts';
import type { Role } from '../accounts/user.entity.js';

/** A user whose password everybody can read here. */
export interface DemoUser {
  id: string;
  email: string;
  password: string;
  roles: Role[];
}

export const DEMO_USERS: readonly DemoUser[] = [
  { id: DEMO_READER_ID, email: 'reader@example.com', password: 'opensesame-please', roles: [] },
  { id: DEMO_ADMIN_ID, email: 'admin@example.com', password: 'opensesame-admin-please', roles: ['admin'] },
];

export const DEMO_CLIENT = { id: 'consumer', secret: 'consumer-secret-for-development' };
