import type { BothEnds, HostChange } from '../../review/both-ends';
import { entryLines, fileLines, filesWords } from './ends-text';

/** Tildes, because the files of a gateway have backticks in them. */
const FENCE = '~~~~~~';

/** What a plan changes at both ends, as parts of a Markdown page. */
export function endsMarkdown({
  hosts,
  entries,
  configuration,
  neighbours,
  unknown,
}: BothEnds): readonly string[] {
  return [
    ...hosts.flatMap(hostMarkdown),
    ...neighbours.flatMap((text) => ['', `**${escaped(text)}**`]),
    ...entriesMarkdown('vpn_catalog.yml', entries),
    ...entriesMarkdown('vcp_config.yml', configuration),
    ...(unknown.length > 0 ? ['', ...unknown.map((text) => `- ${escaped(text)}`)] : []),
  ];
}

function hostMarkdown(host: HostChange): readonly string[] {
  const { publicIp, changes, newKeys, steps, ends } = host;
  return [
    '',
    `## Gateway ${publicIp}`,
    '',
    `${filesWords(host)}.${ends ? ' Nothing ends there after the apply.' : ''}`,
    ...(newKeys.length > 0 ? ['', `New keys: ${newKeys.join(', ')}.`] : []),
    ...(steps.length > 0
      ? [
          '',
          `After the apply, as root on ${host.host}, in this order:`,
          '',
          ...steps.map((step, index) => `${index + 1}. \`${step}\``),
        ]
      : []),
    '',
    `<details><summary>${changes.length} files</summary>`,
    '',
    `${FENCE}diff`,
    ...fileLines(host),
    '',
    ...changes.map(({ patch }) => patch.trimEnd()),
    FENCE,
    '',
    '</details>',
  ];
}

function entriesMarkdown(file: string, changes: BothEnds['entries']): readonly string[] {
  if (changes.length === 0) return [];
  return [
    '',
    `## ${file}`,
    '',
    ...changes.map(({ name, kind }) => `- ${kind} \`${name}\``),
    '',
    `<details><summary>keys of ${changes.length === 1 ? 'it' : 'them'}</summary>`,
    '',
    `${FENCE}diff`,
    ...entryLines(changes, true),
    FENCE,
    '',
    '</details>',
  ];
}

function escaped(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('<', '&lt;');
}
