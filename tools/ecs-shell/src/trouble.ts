/** What stands in the way, in one sentence, and what to do about it. Printed without a stack. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}
