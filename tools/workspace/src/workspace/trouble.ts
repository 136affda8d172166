/** What went wrong, in one sentence for the person at the terminal, with the remedy. Printed without a stack. */
export class Trouble extends Error {
  override readonly name = 'Trouble';
}
