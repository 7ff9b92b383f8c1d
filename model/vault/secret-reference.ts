import { ValueError } from '../value-error';

const SEGMENT = '[A-Za-z0-9_.=@+-]+';
const FORM = new RegExp(`^vault://(${SEGMENT})((?:/${SEGMENT})+)$`);

/** The longest reference that is taken, in characters. */
const LONGEST = 512;

/** The engine of which every token has its own (docs/reference/vault.md). */
export const CUBBYHOLE = 'cubbyhole';

/** What every server keeps for itself, where nothing else can be mounted, and which holds no secrets. */
export const NO_ENGINES: ReadonlySet<string> = new Set(['sys', 'auth', 'identity', 'audit']);

/**
 * Where a secret is kept: `vault://<secret engine>/<path>`. Each path holds one secret, in its field `value`
 * (docs/reference/vault.md).
 *
 * Parsing and formatting round-trip: a reference has one spelling.
 */
export class SecretReference {
  private constructor(
    /** The mount, one segment: `secret`, `cubbyhole`. */
    readonly engine: string,
    /** The path below the mount, without slashes at its ends: `aws/access_key`. */
    readonly path: string,
  ) {}

  /** @throws {@link ValueError}; the text is not in the message, because it may be a credential that was put in its place */
  static parse(text: string): SecretReference {
    const [, engine, path] = text.length > LONGEST ? [] : (FORM.exec(text) ?? []);
    if (engine === undefined || path === undefined || [engine, ...path.split('/')].some(isDots)) {
      throw new ValueError('a reference like vault://secret/aws/access_key', 'something else, not shown');
    }
    return new SecretReference(engine, path.slice(1));
  }

  /** Whether a text was meant as a reference, right or wrong. */
  static isMeant(text: string): boolean {
    return /^vault:/i.test(text);
  }

  get isCubbyhole(): boolean {
    return this.engine === CUBBYHOLE;
  }

  /** The secret of a name below this one. @throws {@link ValueError} */
  below(...names: readonly string[]): SecretReference {
    return SecretReference.parse([this.toString(), ...names].join('/'));
  }

  toString(): string {
    return `vault://${this.engine}/${this.path}`;
  }

  toJSON(): string {
    return this.toString();
  }
}

function isDots(segment: string): boolean {
  return /^\.+$/.test(segment);
}

/** What is wrong with a text that was meant as a reference, without a word of it: it may hold a credential. */
export function referenceFault(text: string): string {
  if (!text.startsWith('vault://')) return 'one that does not begin with vault://';
  const [engine = '', ...path] = text.slice('vault://'.length).split('/');
  if (engine === '') return 'one without an engine';
  if (path.length === 0 || (path.length === 1 && path[0] === '')) return 'an engine without a path';
  if (path.at(-1) === '') return 'one with a slash at its end';
  if (path.includes('')) return 'one with two slashes in its path';
  if ([engine, ...path].some((segment) => /^\.+$/.test(segment))) return 'one with dots for a segment';
  const isPlain = /^[A-Za-z0-9_.=@+/-]*$/.test(text.slice('vault://'.length));
  return isPlain ? 'one that is too long' : 'one with other characters than letters, digits and _ . = @ + -';
}
