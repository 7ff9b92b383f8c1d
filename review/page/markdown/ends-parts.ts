import type { EntryChange } from '../../../catalog/out/entry-changes';
import type { HostChange } from '../../both-ends';
import { entryLines, fileLines, filesWords } from '../ends-text';
import { withRenames } from '../renames';
import type { Part } from './budget';
import { first, folded, nameText, type PageOf, type Syntax, section } from './page';
import { atStart, clipped, code, fenced, inline } from './text';

/** What changes at the gateway hosts, and what is to be done there. */
export function gatewayPart({ review: { ends }, syntax }: PageOf): Part {
  const beside = (most: number, longest = Number.POSITIVE_INFINITY) => [
    ...bullets('', ends.neighbours, most, longest),
    ...bullets('not compared: ', ends.unknown, most, longest),
    ...bullets(
      '',
      ends.folders.map(
        ({ folder, unlike }) =>
          `the folder ${folder} on that disk is not as the plan counts on: ${unlike.join(', ')}`,
      ),
      most,
      longest,
    ),
  ];
  const apart = (lines: readonly string[]) => (lines.length === 0 ? [] : ['', ...lines]);
  return section('gateway', ends.hosts.length === 1 ? 'On-premises gateway' : 'On-premises gateways', [
    () => [
      ...ends.hosts.flatMap((host) => hostLines(host, syntax, true)),
      ...apart(beside(Number.POSITIVE_INFINITY)),
    ],
    () => [...ends.hosts.flatMap((host) => hostLines(host, syntax, false)), ...apart(beside(20))],
    () => [...first(ends.hosts, 5, (left) => `- and ${left} more hosts`, shortHost), ...beside(3, 200)],
    () => first(ends.hosts, 1, (left) => `- and ${left} more hosts`, shortHost),
    () => [],
  ]);
}

function hostLines(host: HostChange, syntax: Syntax, withPatches: boolean): readonly string[] {
  const { publicIp, changes, newKeys, steps, ends } = host;
  const files = filesWords(host);
  const patches = [...fileLines(host), '', ...changes.map(({ patch }) => patch.trimEnd())];
  return [
    '',
    `**${code(nameText(publicIp))}**: ${files === '' ? 'no file changes' : files}.${ends ? ' No tunnel ends there after the apply.' : ''}`,
    ...(newKeys.length > 0 ? ['', `New keys: ${newKeys.map(code).join(', ')}.`] : []),
    ...(steps.length > 0
      ? [
          '',
          `After the apply, as root on ${code(nameText(host.host))}, in this order:`,
          '',
          ...steps.map((step, index) => `${index + 1}. ${code(step)}`),
        ]
      : []),
    ...(changes.length === 0
      ? []
      : withPatches
        ? folded(syntax, 'what changes in its files (keys are hidden)', fenced(patches, 'diff'))
        : ['', ...fenced(fileLines(host), 'diff')]),
  ];
}

function shortHost(host: HostChange): string {
  const steps =
    host.steps.length === 0 ? '' : `; ${host.steps.length} steps to do on ${code(nameText(host.host))}`;
  return `- ${code(nameText(host.publicIp))}: ${filesWords(host)}${steps}`;
}

/** The entries that the controller reads, with their keys. */
export function entriesPart({ review: { ends }, syntax }: PageOf): Part {
  const { entries, configuration } = ends;
  const { renamed, others } = withRenames(entries);
  const lines = (most: number) => [
    ...first(
      renamed,
      most,
      (left) => `- and ${left} more are renamed`,
      ({ from, to, differing }) =>
        `- renamed: ${code(nameText(from.name))} → ${code(nameText(to.name))}${differing.length === 0 ? ', with the same values' : `; ${inline(differing.join(', '))} ${differing.length === 1 ? 'differs' : 'differ'}`}`,
    ),
    ...first(others, most, (left) => `- and ${left} more`, entryText),
    ...first(
      configuration,
      most,
      (left) => `- and ${left} more sections of ${code('vcp_config.yml')}`,
      (change) => `- ${code('vcp_config.yml')}: ${entryText(change).slice(2)}`,
    ),
  ];
  return section('entries', 'Catalog entries', [
    () => [
      ...lines(Number.POSITIVE_INFINITY),
      ...folded(
        syntax,
        'their keys',
        [...others, ...configuration].every(({ kind }) => kind === 'removed')
          ? []
          : fenced(entryLines([...others, ...configuration], true), 'diff'),
      ),
    ],
    () => lines(40),
    () => lines(5),
    () => [],
  ]);
}

const DONE = { added: 'new', removed: 'gone', changed: 'changed' } as const;

function entryText({ name, kind, keys }: EntryChange): string {
  const shown = kind === 'changed' ? ` (${inline(clipped(keys.map(({ key }) => key).join(', '), 120))})` : '';
  return `- ${DONE[kind]}: ${code(nameText(name))}${shown}`;
}

function bullets(label: string, texts: readonly string[], most: number, longest: number): readonly string[] {
  return first(
    texts,
    most,
    (left) => `- ${label}and ${left} more`,
    (text) => `- ${label}${label === '' ? atStart(clipped(text, longest)) : inline(clipped(text, longest))}`,
  );
}
