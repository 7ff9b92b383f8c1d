import { Failure } from '../../../base/errors';
import type { Fault } from '../../../base/fault';
import { dockerHostUrl } from '../../../model/docker/docker-host';
import type { Engine } from './engine';
import { HOST_SCRIPT } from './host-script';

/** What runs a script on a host. */
type HostShell = Pick<Engine, 'host' | 'script' | 'failure'>;

/** What is asked of a file on a host. */
export interface HostQuestion {
  /** `digest`: the SHA-256 of a file whose text must not leave the host. */
  readonly what: 'text' | 'digest';
  readonly path: string;
}

/** A file on a host: its text or digest, or why there is none. */
export type HostFile =
  | { readonly kind: 'absent' | 'link' | 'other' | 'denied' }
  | { readonly kind: 'text' | 'digest'; readonly value: string };

/** What is written on a host. */
export type HostWrite =
  /** A folder with exactly this mode, of root's where root writes. */
  | { readonly what: 'folder'; readonly path: string; readonly mode: number }
  /** A folder that is made where there is none, for an owner like `1000:100`; one that is there keeps owner and mode. */
  | { readonly what: 'place'; readonly path: string; readonly mode: number; readonly owner?: string }
  /** `kept`: the former file stays beside it, as `<name>.former`. */
  | { readonly what: 'file' | 'kept'; readonly path: string; readonly mode: number; readonly text: string }
  /** A file, or a folder where it is empty. */
  | { readonly what: 'remove'; readonly path: string };

/** Reads files on a host, in their order. @throws {@link Failure} */
export async function readHostFiles(
  engine: HostShell,
  questions: readonly HostQuestion[],
): Promise<readonly HostFile[]> {
  const lines = questions.map(({ what, path }) => `${what} - ${encoded(path)}`);
  const answers = (await run(engine, lines)).split('\n');
  return questions.map((_, index): HostFile => {
    const [kind = '', value = ''] = (answers[index] ?? '').split(' ');
    if (kind === 'text') return { kind, value: Buffer.from(value, 'base64').toString('utf8') };
    if (kind === 'digest') return { kind, value };
    return { kind: kind === 'link' || kind === 'other' || kind === 'denied' ? kind : 'absent' };
  });
}

/** Writes files and folders on a host, all of them or none. @throws {@link Failure} that says which place is wrong; no text is in it */
export async function writeHostFiles(engine: HostShell, writes: readonly HostWrite[]): Promise<void> {
  if (writes.length > 0) await run(engine, writes.map(lineOf));
}

async function run(engine: HostShell, lines: readonly string[]): Promise<string> {
  const answer = await engine.script(HOST_SCRIPT, `${[...lines, 'end'].join('\n')}\n`);
  if (answer.exitCode === 0) return answer.stdout;
  const own = answer.lines.flatMap((line) => /^kakehashi: (\S+) ?(.*)$/.exec(line) ?? []);
  const [, word, path = ''] = own;
  if (word === undefined) throw engine.failure(answer);
  throw new Failure({ where: dockerHostUrl(engine.host), ...faultOf(word, path, engine) });
}

function lineOf(write: HostWrite): string {
  const mode = write.what === 'remove' ? '-' : write.mode.toString(8);
  const data = dataOf(write);
  return `${write.what} ${mode} ${encoded(write.path)}${data === undefined ? '' : ` ${encoded(data)}`}`;
}

function dataOf(write: HostWrite): string | undefined {
  if (write.what === 'place') return write.owner;
  return write.what === 'file' || write.what === 'kept' ? write.text : undefined;
}

function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64');
}

function faultOf(word: string, path: string, { host }: HostShell): Omit<Fault, 'where'> {
  const user = host.kind === 'ssh' ? host.login.user : 'this user';
  switch (word) {
    case 'link':
      return {
        summary: `${path} is a symbolic link, and is not written to: it may lead elsewhere`,
        fixes: ['remove it there', 'name the folder that it leads to in volumes'],
      };
    case 'no-folder':
      return { summary: `${path} must be a folder, and is something else`, fixes: ['move it away there'] };
    case 'no-file':
      return { summary: `${path} must be a file, and is something else`, fixes: ['move it away there'] };
    case 'denied':
      return {
        summary: `${user} may not write ${path}, or its disk is full`,
        fixes: [
          `there, as root: chown -R ${host.kind === 'ssh' ? user : '"$USER"'} the folder that it is in`,
          'log in as root',
          'let the login use sudo without a password',
        ],
      };
    case 'tool':
      return { summary: `the host has no ${path}`, fixes: ['install coreutils there'] };
    default:
      return {
        summary: 'the connection ended while files were sent: none of them was changed',
        fixes: ['run the same command again'],
      };
  }
}
