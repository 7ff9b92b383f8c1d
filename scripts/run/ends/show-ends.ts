import { beside } from '../../../base/screen';
import type { BothEnds, HostChange } from '../../../review/both-ends';
import { entryLines, fileLines, filesWords, stepLines } from '../../../review/page/ends-text';
import type { Session } from '../../session/session';

const INDENT = '          ';
/** More lines of files, and of their differences, are shown with `--full` only: plan.md and the events have all. */
const FILE_LINES = 6;
const PATCH_LINES = 24;

/** Shows what changes at the gateway and for the controller, and writes the events. */
export function showEnds(session: Session, ends: BothEnds): void {
  showHosts(session, ends);
  showEntries(session, ends);
  for (const text of ends.unknown) note(session, text);
}

function showHosts(session: Session, { hosts, neighbours, folders }: BothEnds): void {
  const { report } = session;
  for (const host of hosts) {
    report.event({
      type: 'gateway_planned',
      folder: host.folder,
      public_ip: host.publicIp,
      host: host.host,
      changes: host.changes,
      new_keys: host.newKeys,
      steps: host.steps,
    });
    report.say();
    const keys = host.newKeys.map((tunnel) => `new key: ${tunnel}`);
    paragraphs(session, `gateway   ${host.publicIp}: `, [filesWords(host), ...keys, ...neighbours]);
    lines(session, stepLines(host, 'after the apply'));
    showFiles(session, host);
    const folder = folders.find((one) => one.folder === host.folder);
    if (folder === undefined)
      note(session, `${host.folder}/ is not on this disk: the states alone are compared`);
    else if (folder.unlike.length > 0)
      note(
        session,
        `${folder.folder}/ on this disk is not as it is applied now: ${some(folder.unlike)}; see: kakehashi gateway ${session.environment} --diff`,
      );
  }
  if (hosts.length === 0 && neighbours.length > 0) {
    report.say();
    paragraphs(session, 'gateway   ', neighbours);
  }
}

function showFiles(session: Session, host: HostChange): void {
  const { report } = session;
  const isFull = session.settings.full;
  const files = fileLines(host);
  const shown = isFull ? files : files.slice(0, FILE_LINES);
  const left = files.length - shown.length;
  lines(session, [
    ...shown,
    ...(left > 0 ? [`… ${left} more: --full shows all with their differences`] : []),
  ]);
  const patches = host.changes
    .filter(({ kind }) => isFull || kind === 'changed')
    .map(({ patch }) => patch.trimEnd());
  const text = patches.join('\n\n');
  // A difference is not wrapped: one that does not fit is shown where it is asked for.
  const fits = text.split('\n').every((line) => line.length <= report.screen.width);
  if (text !== '' && (isFull || (fits && text.split('\n').length <= PATCH_LINES))) report.say(`\n${text}`);
}

function showEntries(session: Session, { entries, configuration }: BothEnds): void {
  const files = [
    { file: 'vpn_catalog.yml', changes: entries },
    { file: 'vcp_config.yml', changes: configuration },
  ];
  for (const { file, changes } of files) {
    if (changes.length === 0) continue;
    session.report.event({ type: 'entries_planned', file, changes });
    session.report.say(`\nentries   ${file}, for the controller:`);
    lines(session, entryLines(changes, session.settings.full));
  }
}

function note({ report }: Session, text: string): void {
  report.event({ type: 'note', level: 'info', text });
  report.say(beside(`${INDENT}· `, [text], report.screen.width));
}

function paragraphs({ report }: Session, label: string, texts: readonly string[]): void {
  const [first = '', ...rest] = texts;
  report.say(beside(label, [first], report.screen.width));
  for (const text of rest) report.say(beside(INDENT, [text], report.screen.width));
}

/** Each line wraps below its own indent. */
function lines({ report }: Session, texts: readonly string[]): void {
  for (const text of texts) {
    const mark = /^\s*(?:\d+\. |[-+~] )?/.exec(text)?.[0] ?? '';
    report.say(beside(`${INDENT}${mark}`, [text.slice(mark.length)], report.screen.width));
  }
}

function some(paths: readonly string[]): string {
  return `${paths.slice(0, 3).join(', ')}${paths.length > 3 ? ` and ${paths.length - 3} more` : ''}`;
}
