import path from 'node:path';
import { shownPath } from '../../../base/files';
import { counted } from '../../../base/text/counted';
import { shellWord } from '../../../base/text/shell-quoted';
import type { ScrubbedChange } from '../../../terraform/plan/scrub';
import type { StateInstance } from '../../../terraform/state/state-file';
import type { AdoptionReading } from '../../kinds/adoption';
import type { Session } from '../../session/session';
import type { Adopted } from './known-objects';

/** What is taken, and from where. */
export interface Import {
  /** How messages call what the objects come from. */
  readonly source: string;
  /** All managed objects of the source. */
  readonly instances: readonly StateInstance[];
  readonly reading: AdoptionReading;
  readonly adopted: readonly Adopted[];
}

/** The change of the catalog's file, as a unified diff. */
export function showCatalogDiff({ report }: Session, file: string, before: string, after: string): void {
  // This package is loaded only where something is compared.
  const { createTwoFilesPatch, FILE_HEADERS_ONLY } = require('diff') as typeof import('diff');
  const name = shownPath(file);
  report.show(
    createTwoFilesPatch(name, name, before, after, undefined, undefined, {
      context: 2,
      headerOptions: FILE_HEADERS_ONLY,
    }),
  );
}

/** Which object becomes which resource of ours, and which objects stay where they are. */
export function showObjects(session: Session, { adopted, source, ...all }: Import): void {
  const { report } = session;
  const rows = adopted.map(({ type, name, object }): readonly [string, string] => [
    object.how === 'taken'
      ? object.instance.address
      : object.how === 'imported'
        ? `(imported) ${object.id}`
        : `(written) ${String(object.attributes.id)}`,
    `${type}.${name}`,
  ]);
  const width = Math.max(0, ...rows.map(([from]) => from.length));
  report.say(`\nobjects   ${counted(rows.length, 'object')} of ${source} become resources of the stack:`);
  for (const [from, to] of rows) report.show(`  ${from.padEnd(width)}  ${to}`);
  const left = leftObjects({ adopted, source, ...all });
  if (left.length === 0) return;
  report.say(`left      not taken, because the catalog has no place for it; it stays in ${source}:`);
  for (const { address } of left) report.show(`  ${address}`);
}

/** The managed objects that stay where they are. */
export function leftObjects({ instances, adopted, reading }: Import): readonly StateInstance[] {
  const gone = new Set(retired({ adopted, reading }).map(({ address }) => address));
  return instances.filter(({ address, mode }) => mode === 'managed' && !gone.has(address));
}

/** The objects that must leave the old state. */
export function retired({ adopted, reading }: Pick<Import, 'adopted' | 'reading'>): readonly StateInstance[] {
  const taken = adopted.flatMap(({ object }) => (object.how === 'taken' ? [object.instance] : []));
  return [...taken, ...reading.covered];
}

/** The changes of the plan after the import that make something anew or destroy it, with what causes each. */
export function harmful(changes: readonly ScrubbedChange[], adopted: readonly Adopted[]): readonly string[] {
  const known = new Set(adopted.map(({ type, name }) => `${type}.${name}`));
  const gone = changes
    .filter(({ actions, address }) => actions.join() === 'create' && known.has(address))
    .map(
      ({ address }) =>
        `${address} would be made anew: the cloud does not have the object of the state any more`,
    );
  const harmed = changes
    .filter(({ actions }) => actions.includes('delete'))
    .map(({ address, actions, replacedBy, reason }) => {
      const why =
        replacedBy.length > 0 ? `: ${replacedBy.join(', ')}` : reason === undefined ? '' : `: ${reason}`;
      return `${address} would be ${actions.length > 1 ? 'replaced' : 'destroyed'}${why}`;
    });
  return [...gone, ...harmed];
}

/** What changes in place and what is made, a line for each group of resources. */
export function changeLines(changes: readonly ScrubbedChange[]): readonly string[] {
  const isTags = (name: string) => name === 'tags' || name === 'tags_all';
  const updated = changes.filter(({ actions }) => actions.join() === 'update');
  const onlyTags = updated.filter(({ changed }) => changed.every(isTags));
  const others = updated.filter((change) => !onlyTags.includes(change));
  return [
    ...(onlyTags.length === 0 ? [] : [`~ tags of ${counted(onlyTags.length, 'resource')}`]),
    ...others.map(
      (change) =>
        `~ ${change.address}: ${change.changed
          .filter((name) => !isTags(name))
          .map(
            (name) =>
              `${name} ${text(change.before[name])} -> ${text((change.planned ?? change.after)[name])}`,
          )
          .join(', ')}`,
    ),
    ...changes.filter(({ actions }) => actions.join() === 'create').map(({ address }) => `+ ${address}`),
  ];
}

function text(value: unknown): string {
  const json = JSON.stringify(value ?? null);
  return json.length > 60 ? `${json.slice(0, 59)}…` : json;
}

/** How the old state gives up what is taken, and what happens until then. */
export function showRetirement(
  { report }: Session,
  { source, ...all }: Import,
  file: string | undefined,
): void {
  const addresses = retired(all).map(({ address }) => address);
  if (addresses.length === 0) return;
  const isAll = leftObjects({ source, ...all }).length === 0;
  report.say(
    `\nUntil the old state gives them up, both manage the same objects: what one changes the other changes back, and a destroy or apply in the old folder can remove what this stack needs. The old state was not touched. Retire it:`,
  );
  const folder = file === undefined ? 'the folder of its configuration' : shownPath(path.dirname(file));
  if (isAll)
    report.show(
      `  it holds nothing else: move ${file === undefined ? '' : `${shownPath(file)} and `}its configuration away`,
    );
  report.show(
    `  in ${folder}${isAll ? ', or' : ''}:\n    terraform state rm ${addresses.map(shellWord).join(' ')}\n  and remove their blocks from its configuration: its next apply would build them anew`,
  );
}
