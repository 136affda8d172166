/** What an identity can be asked for and told, each in its own way: the real one, and the one for tests. */
export interface ComparedIdentity {
  readonly issuer: string;
  userToken(): Promise<string>;
  adminToken(): Promise<string>;
  serviceToken(): Promise<string>;
  browserToken(): Promise<string>;
  /** A service's token for an audience that no guard here has. */
  tokenForElsewhere(): Promise<string>;
  /** A key of the same user with the scope `articles:read`. */
  apiKey(): Promise<string>;
  endSessionOf(token: string): Promise<unknown>;
  endToken(token: string): Promise<unknown>;
  endApiKey(key: string): Promise<unknown>;
  /** Disables the user, who is the one of {@link userToken}. */
  endUser(): Promise<unknown>;
  rotateKeys(): Promise<unknown>;
  /** Nobody is there any more. */
  stop(): Promise<unknown>;
}

/** The credentials of the client that both identities know. */
export const CLIENT = ['consumer', 'consumer-secret-for-development'] as const;
