import { TerraformStack } from 'cdktf';
import type { IConstruct } from 'constructs';
import { LONGEST_NAME } from '../../model/clouds/aws/names';
import { refuse } from '../props-error';
import { isKnown } from '../tokens';

/** The name that other names are made of. */
const NAME = new RegExp(`^[A-Za-z0-9_-]{1,${LONGEST_NAME}}$`);

/** What may be a part of a resource address, in our stacks as in any other. */
const KEY = /^[A-Za-z0-9_-]{1,64}$/;

/** @throws {@link PropsError} unless the name is a token, or 1 to 50 letters, digits, `_` and `-` */
export function checkName(construct: IConstruct, prop: string, name: string): void {
  if (isKnown(name) && !NAME.test(name))
    refuse(
      construct,
      `${prop}: must be 1 to ${LONGEST_NAME} characters of A-Z a-z 0-9 _ -, got ${JSON.stringify(name)}`,
    );
}

/** Checks keys that become parts of resource addresses. @throws {@link PropsError} */
export function checkKeys(
  construct: IConstruct,
  prop: string,
  keyed: Readonly<Record<string, unknown>>,
): void {
  const bad = isKnown(keyed) ? Object.keys(keyed).find((key) => !KEY.test(key)) : 'a token';
  if (bad === undefined) return;
  refuse(
    construct,
    `${prop}: must have keys of 1 to 64 characters of A-Z a-z 0-9 _ -, because they are parts of resource addresses, got ${JSON.stringify(bad)}`,
  );
}

/** @throws {@link PropsError} unless the id is a token, or `<prefix>-…` as AWS writes its ids */
export function checkId(construct: IConstruct, prop: string, prefix: string, id: string): void {
  if (isKnown(id) && !new RegExp(`^${prefix}-[0-9a-z]+$`).test(id))
    refuse(
      construct,
      `${prop}: must be an id like ${prefix}-0123456789abcdef0 or a token, got ${JSON.stringify(id)}`,
    );
}

/** Who has a name, by stack: AWS, or the state, would otherwise have one thing in the place of two. */
const owners = new WeakMap<TerraformStack, Map<string, string>>();

/** A name that must be unique within a stack. */
export interface Claim {
  readonly prop: string;
  /** What has such names, for instance `VPNs`. */
  readonly things: string;
  readonly name: string;
  /** Where the name must be unique, if it need not be so in the whole stack. */
  readonly within?: string;
  /** What to do where it is not. */
  readonly fix?: string;
}

/**
 * Takes a name for a construct.
 *
 * @throws {@link PropsError} that names the construct which has the name already
 */
export function claimName(construct: IConstruct, { prop, things, name, within = '', fix }: Claim): void {
  const stack = TerraformStack.of(construct);
  const names = owners.get(stack) ?? new Map<string, string>();
  owners.set(stack, names);
  const key = JSON.stringify([things, within, name]);
  const owner = names.get(key);
  if (owner !== undefined) {
    const got = isKnown(name) ? JSON.stringify(name) : 'a token';
    refuse(
      construct,
      `${prop}: must be unique among the ${things} of the stack, got ${got}, which ${owner} has${fix === undefined ? '' : `; ${fix}`}`,
    );
  }
  names.set(key, construct.node.path);
}
