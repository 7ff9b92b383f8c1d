/** The user, or the machine, asked this process to stop. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';

  constructor(message = 'stopped; nothing was lost; run the same command again to go on') {
    super(message);
  }
}
