import { type Diagnostic, error } from '../../protocol/diagnostics';
import { isList, type ObjectValue, type Value } from '../../protocol/values';

/** The address of the engine where the configuration names none. The sandbox does not see Terraform's DOCKER_HOST. */
const DEFAULT_HOST = 'unix:///var/run/docker.sock';

/** The variable that lists the hosts which do not answer: addresses as in `host`, separated by blanks or commas; `*` stands for any characters. */
const UNREACHABLE = 'KAKEHASHI_SANDBOX_DOCKER_UNREACHABLE';

function textIn(value: Value | undefined): string {
  return typeof value === 'string' ? value : '';
}

function isUnreachable(host: string): boolean {
  const listed = (process.env[UNREACHABLE] ?? '').split(/[\s,]+/).filter((entry) => entry !== '');
  return listed.some((entry) =>
    new RegExp(`^${entry.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(host),
  );
}

/** The command with which the provider reaches an engine over SSH, in the words of its errors. */
function sshCommand(url: URL, options: readonly string[]): string {
  const user = url.username === '' ? [] : ['-l', url.username];
  const port = url.port === '' ? [] : ['-p', url.port];
  return ['ssh', ...options, '-o', 'ConnectTimeout=30', '-T', ...user, ...port, '--', url.hostname].join(' ');
}

/** What the provider says after `Error:` of an engine that does not answer. */
function unreachable(host: string, options: readonly string[]): string {
  if (!host.startsWith('ssh://'))
    return `Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`;
  const url = new URL(host);
  return `error during connect: Head "http://docker.example.com/_ping": command [${sshCommand(url, options)} docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=ssh: connect to host ${url.hostname} port ${url.port || '22'}: Connection refused\r\n`;
}

/** The host that a provider configuration names. */
interface Host {
  readonly host: string;
}

/**
 * The host that a provider configuration names, or the error in it. The engine of each host is one of its own. Certificates are not
 * read, and neither are the contexts of the Docker client: one is a host of its name.
 */
export function hostOf(config: ObjectValue): Host | Diagnostic {
  const context = textIn(config.context);
  const host = context === '' ? textIn(config.host) || DEFAULT_HOST : `context://${context}`;
  const initializing = (problem: string) => error(`Error initializing Docker client: ${problem}`);
  const [certificate, key] = [textIn(config.cert_material), textIn(config.key_material)];
  if ((certificate === '') !== (key === ''))
    return initializing('cert_material, and key_material must be specified');
  if (certificate !== '' && textIn(config.cert_path) !== '')
    return initializing('cert_path must not be specified');
  if (!/^[a-z]+:\/\/./.test(host)) return initializing(`unable to parse docker host \`${host}\``);
  const options = isList(config.ssh_opts) ? config.ssh_opts.map(textIn) : [];
  if (isUnreachable(host) && config.disable_docker_daemon_check !== true)
    return error(
      `Error pinging Docker server, please make sure that ${host} is reachable and has a  '_ping' endpoint. Error: ${unreachable(host, options)}`,
    );
  return { host };
}

export function isHost(value: Host | Diagnostic): value is Host {
  return 'host' in value;
}
