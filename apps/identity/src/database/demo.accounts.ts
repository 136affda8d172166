import { DEMO_ADMIN_ID, DEMO_READER_ID, type Scope } from '@gatehouse/contracts';
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

/** A service whose secret everybody can read here. */
export interface DemoClient {
  id: string;
  secret: string;
  scopes: Scope[];
  /** Whom it may have tokens for, beside the default audience. */
  audiences: string[];
}

export const DEMO_CLIENTS: readonly DemoClient[] = [
  {
    id: 'consumer',
    secret: 'consumer-secret-for-development',
    scopes: ['articles:read', 'revocations:read', 'token:exchange'],
    audiences: ['gatehouse', 'articles'],
  },
];
