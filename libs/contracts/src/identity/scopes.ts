/** Every scope that identity grants, with what it opens. */
export const SCOPES = {
  'articles:read': 'Read articles',
  'articles:write': 'Create, change and delete articles',
  account: 'See and change the own account',
  admin: 'Administer users, clients and keys; needs the role admin as well',
  'revocations:read': 'Follow the revocation feed',
  'token:exchange': "Exchange a caller's token for one of another audience",
} as const;

/** One scope by name. */
export type Scope = keyof typeof SCOPES;

/** What every user may do, in the order tokens name it; admins may `admin` besides. A service may what it is registered with. */
export const USER_SCOPES: readonly Scope[] = ['articles:read', 'articles:write', 'account'];
