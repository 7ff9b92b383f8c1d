import { counted } from '../../../base/text/counted';
import { listed } from '../../../base/text/listed';
import type { AdoptedObject } from '../../../terraform/plan/stack-plan';
import type { TriedImport } from './failed-imports';

type Removal = ((id: string) => string) | undefined;

/** The sentence of a plan about what it adopts. */
export function adoptedSentences(adopted: readonly AdoptedObject[]): readonly string[] {
  const [first] = adopted;
  if (first === undefined) return [];
  const written = adopted.filter(({ how }) => how === 'state').length;
  const apart =
    written === 0
      ? ''
      : `; ${written} of them can't be imported, and ${written === 1 ? 'is' : 'are'} written into the state`;
  return [`${counted(adopted.length, 'object')} adopted, left by the run of ${runTime(first.at)}${apart}`];
}

/** The line of one object. */
export function adoptedLine({ address, id, at }: AdoptedObject): string {
  return `${address}   adopted, left by the run of ${runTime(at)} (${id})`;
}

/** `2026-05-04 09:12 UTC` */
function runTime(at: string): string {
  return `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}

export function ambiguousText(address: string, ids: readonly string[], removal: Removal): string {
  return `${address}: ${listed(ids)} bear its tags; remove what nobody needs${commandsText(ids, removal)}`;
}

export function foreignText({ address, id }: TriedImport, removal: Removal): string {
  return `${address}: ${id} exists already, and does not bear its tags; give it another name, or remove it where nobody needs it${commandsText([id], removal)}`;
}

/** The most commands that a sentence has. */
const SHOWN_COMMANDS = 3;

/** The sentence about what bore the tags before the apply. */
export function olderSentences(
  older: readonly { readonly id: string; readonly removal: string | undefined }[],
): readonly string[] {
  if (older.length === 0) return [];
  const commands = older.flatMap(({ removal }) => removal ?? []).slice(0, SHOWN_COMMANDS);
  const [them, are] = older.length === 1 ? ['it', 'is'] : ['them', 'are'];
  const how =
    commands.length === 0 ? '' : `: ${commands.join('; ')}${older.length > commands.length ? '; …' : ''}`;
  return [
    `${counted(older.length, 'object')} bore the same tags before that run, and ${are} not adopted, because another project may have made ${them}: ${listed(older.map(({ id }) => id))}; remove what nobody needs${how}`,
  ];
}

function commandsText(ids: readonly string[], removal: Removal): string {
  return removal === undefined ? '' : `: ${ids.map((id) => removal(id)).join('; ')}`;
}
