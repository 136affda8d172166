/**
 * The demo users, with ids that never change: identity seeds them, and articles seeds the reader's articles in a
 * database of its own. They exist outside production alone.
 */
export const DEMO_USERS = {
  reader: { id: 'usr_demo_reader', email: 'reader@example.com', password: 'opensesame-please' },
  admin: { id: 'usr_demo_admin', email: 'admin@example.com', password: 'opensesame-admin-please' },
} as const;

/** The demo service client. It exists outside production alone. */
export const DEMO_CLIENT = { id: 'consumer', secret: 'consumer-secret-for-development' } as const;
