/** Which stacks the entries of a catalog have, and which names what they made bears. */
export interface Identities {
  /** The id of the stack of an entry, by its key: `aws/tokyo` may have `dev-aws-default`. */
  readonly idOf: (key: string) => string;
  /** The name that an entry was born with, by its key. Addresses of resources, names in the cloud and paths of keys bear it. */
  readonly bornOf: (key: string) => string;
}

/** The name in a key: of `aws/tokyo` it is `tokyo`, of `vault/mounts/team/secret` it is `team/secret`. */
export function entryName(key: string): string {
  return key.replace(/^vault\/[a-z]+\/|^[^/]*\//, '');
}
