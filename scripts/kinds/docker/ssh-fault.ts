import type { Fault } from '../../../base/fault';
import type { SshLogin } from '../../../model/docker/ssh-login';
import { sshLoginText } from '../../../model/docker/ssh-login';
import { fingerprint, type HostKey, knownName } from './known-hosts';

/** What is known of a host: who logs in, and the keys of the file. */
export interface AskedHost {
  readonly login: SshLogin;
  readonly known: readonly HostKey[];
  /** The file, as it is shown. */
  readonly file: string;
}

interface Cause {
  readonly pattern: RegExp;
  readonly fault: (host: AskedHost, lines: readonly string[]) => Fault;
}

/** Why a command on a host did not run, in OpenSSH's, a shell's and the Docker client's words. */
const CAUSES: readonly Cause[] = [
  { pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED/, fault: changedKey },
  {
    pattern: /host key is known for|Host key verification failed/,
    fault: ({ login, file }) => ({
      summary: `the key of ${knownName(login)} is not in ${file}, and it was not there to be asked before`,
      fixes: ['run the same command again when the host answers'],
    }),
  },
  {
    pattern: /Permission denied \(/,
    fault: ({ login }) => ({
      summary: `sshd at ${knownName(login)} refuses the login of ${login.user}`,
      fixes: [
        `put your public key into authorized_keys of ${login.user} there`,
        'load your key: ssh-add',
        'correct user in hosts',
      ],
    }),
  },
  {
    pattern: /kex_exchange_identification|Connection (reset|closed) by|MaxStartups/,
    fault: ({ login }) => ({
      summary: `sshd at ${knownName(login)} closes the connection before the login, as it does with many at once (MaxStartups)`,
      fixes: ['run the same command again', 'raise MaxStartups in sshd_config there'],
    }),
  },
  {
    pattern: /timed out|No route to host|Connection refused|Network is unreachable|Could not resolve/,
    fault: ({ login }, lines) => ({
      summary: `${sshLoginText(login)} is not reached: ${lastWords(lines)}`,
      fixes: ["check that the host is up and its sshd at this port, and the tunnel to the host's network"],
    }),
  },
  {
    pattern: /permission denied while trying to connect to the docker daemon|connect: permission denied/i,
    fault: ({ login }) => ({
      summary: `${login.user} may not use Docker at ${login.address}`,
      fixes: [`there, as root: usermod -aG docker ${login.user}`, 'correct user in hosts'],
    }),
  },
  {
    pattern: /Cannot connect to the Docker daemon|docker daemon running/i,
    fault: ({ login }) => ({
      summary: `the Docker daemon of ${login.address} does not answer`,
      fixes: ['there: systemctl start docker'],
    }),
  },
  {
    pattern: /command not found|docker: not found|No such file or directory/,
    fault: ({ login }) => ({
      summary: `${login.address} has no docker command in the PATH of ${login.user}`,
      fixes: ['install Docker there', 'correct user in hosts'],
    }),
  },
];

/** The fault that the output of a failed command tells; undefined for one that is not known. */
export function faultOf(lines: readonly string[], host: AskedHost): Fault | undefined {
  const text = lines.join('\n');
  return CAUSES.find(({ pattern }) => pattern.test(text))?.fault(host, lines);
}

function changedKey({ login, known, file }: AskedHost, lines: readonly string[]): Fault {
  const name = knownName(login);
  // OpenSSH names the host in a bracket where the port is not 22, and the key that it got.
  const text = lines.join(' ');
  const got = /fingerprint for the (\S+) key sent by the remote host is\s+(SHA256:[A-Za-z0-9+/]{43})/.exec(
    text,
  );
  const jump = /Host key for (\S+) has changed/.exec(text)?.[1];
  const meant = jump ?? name;
  const confirmed = known.filter((key) => key.name === meant).map(fingerprint);
  return {
    summary: `the host at ${meant} has another key than the one that was confirmed: ${got === null ? 'unknown' : `${got[1]} ${got[2]}`}, not ${confirmed.join(' or ') || 'that of another file'}; it was installed anew, or somebody answers in its place`,
    fixes: [
      `compare on the host: ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub; where it is right: ssh-keygen -f ${file} -R '${meant}', and run this again`,
    ],
  };
}

function lastWords(lines: readonly string[]): string {
  return (lines.at(-1) ?? '').replace(/^ssh: /, '').trim();
}
