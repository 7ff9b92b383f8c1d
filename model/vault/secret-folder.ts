import { ValueError } from '../value-error';
import { CUBBYHOLE, SecretReference } from './secret-reference';

/**
 * Where secrets are listed: `vault://<secret engine>` or a path below it, with or without a slash at its end.
 *
 * Written without that slash, so that it has one spelling.
 */
export class SecretFolder {
  private constructor(
    /** The mount, one segment. */
    readonly engine: string,
    /** Below the mount, without slashes at its ends; empty: the mount itself. */
    readonly path: string,
  ) {}

  /** @throws {@link ValueError}; the text is not in the message, because it may be a credential that was put in its place */
  static parse(text: string): SecretFolder {
    const trimmed = text.replace(/\/$/, '');
    try {
      // A mount alone is a folder and no secret: one more segment makes it one, and proves the engine's form.
      const { engine } = SecretReference.parse(`${trimmed}/x`);
      return new SecretFolder(engine, trimmed.slice(`vault://${engine}/`.length));
    } catch (error) {
      if (!(error instanceof ValueError)) throw error;
      throw new ValueError('a folder like vault://secret or vault://secret/aws', 'something else, not shown');
    }
  }

  /** The folder that a secret lies in. */
  static of(reference: SecretReference): SecretFolder {
    return new SecretFolder(reference.engine, reference.path.split('/').slice(0, -1).join('/'));
  }

  get isCubbyhole(): boolean {
    return this.engine === CUBBYHOLE;
  }

  toString(): string {
    return this.path === '' ? `vault://${this.engine}` : `vault://${this.engine}/${this.path}`;
  }
}
