const ARGON2ID =
  /^\$argon2id\$v=19\$m=(?<kibibytes>\d+),t=(?<passes>\d+),p=(?<lanes>\d+)\$[+/A-Za-z0-9]{11,86}\$[+/A-Za-z0-9]{16,86}$/;
const BCRYPT = /^\$2[aby]\$(?<cost>\d\d)\$[./A-Za-z0-9]{53}$/;

// Each step of bcrypt's cost doubles the work: 15 are about two seconds, 31 would be two days.
const MAX_BCRYPT_COST = 15;
const MAX_KIBIBYTES = 262_144;
const MAX_PASSES = 10;
const MAX_LANES = 16;

/** Whether it looks like a digest of argon2id, in the PHC string format. */
export function isArgon2id(digest: string): boolean {
  return ARGON2ID.test(digest);
}

/** Whether it looks like a digest of bcrypt, as Devise keeps them. */
export function isBcrypt(digest: string): boolean {
  return BCRYPT.test(digest);
}

/** Whether a sign-in can compare with it, and in good time: what comes from elsewhere could keep a thread for days. */
export function isAffordable(digest: string): boolean {
  const { cost } = BCRYPT.exec(digest)?.groups ?? {};
  if (cost !== undefined) return Number(cost) >= 4 && Number(cost) <= MAX_BCRYPT_COST;
  const { kibibytes, passes, lanes } = ARGON2ID.exec(digest)?.groups ?? {};
  return within(kibibytes, MAX_KIBIBYTES) && within(passes, MAX_PASSES) && within(lanes, MAX_LANES);
}

function within(text: string | undefined, most: number): boolean {
  return Number(text) >= 1 && Number(text) <= most;
}
