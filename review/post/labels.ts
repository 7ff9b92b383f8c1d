import { createHash } from 'node:crypto';
import type { Label } from './code-host';
import { CHANGE_KINDS, type ChangeKind } from './posting';

/** GitHub's longest name of a label, in characters. Its longest description has a hundred. */
const LONGEST_NAME = 50;
const PREFIX = 'kakehashi/';

const LOOKS: Readonly<Record<ChangeKind, { readonly colour: string; readonly description: string }>> = {
  outage: { colour: 'b60205', description: 'An apply stops traffic, or changes addresses or keys' },
  destroyed: { colour: 'd93f0b', description: 'An apply destroys something' },
  replaced: { colour: 'fbca04', description: 'An apply makes something anew' },
  widened: { colour: '5319e7', description: 'An apply lets somebody reach, read or do more' },
  changes: { colour: '0e8a16', description: 'An apply changes something, and nothing of more weight' },
  none: { colour: 'c5def5', description: 'An apply changes nothing' },
};

/** The labels that a pull request is to have for an environment, and the names of those that it is to have no longer. */
export interface LabelChange {
  readonly add: readonly Label[];
  readonly remove: readonly string[];
}

/** @param present - the labels of the pull request; what is none of this environment's stays */
export function labelChange(
  environment: string,
  kinds: readonly ChangeKind[],
  present: readonly string[],
): LabelChange {
  const is = (name: string) => present.some((one) => one.toLowerCase() === name.toLowerCase());
  const wanted = new Set<ChangeKind>(kinds);
  return {
    add: CHANGE_KINDS.filter((kind) => wanted.has(kind))
      .map((kind) => ({ name: labelName(environment, kind), ...LOOKS[kind] }))
      .filter(({ name }) => !is(name)),
    remove: CHANGE_KINDS.filter((kind) => !wanted.has(kind))
      .map((kind) => labelName(environment, kind))
      .filter(is),
  };
}

/** The label of an environment's open issue. */
export function driftLabel(environment: string): Label {
  return {
    name: labelName(environment, 'drift'),
    colour: 'e99695',
    description: 'Something differs from what was applied',
  };
}

/**
 * `kakehashi/dev/outage`. A long environment's name is cut, and a part of its digest keeps two of them apart. A comma would part
 * two labels at GitLab.
 */
function labelName(environment: string, kind: ChangeKind | 'drift'): string {
  const room = LONGEST_NAME - PREFIX.length - Math.max(...CHANGE_KINDS.map(({ length }) => length)) - 1;
  const plain = environment.replaceAll(',', '-');
  const digest = createHash('sha256').update(environment).digest('hex').slice(0, 6);
  const short =
    plain === environment && plain.length <= room
      ? plain
      : `${Array.from(plain)
          .slice(0, (room - 7) / 2)
          .join('')}-${digest}`;
  return `${PREFIX}${short}/${kind}`;
}
