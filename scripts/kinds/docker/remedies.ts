import type { Diagnostic } from '../../../terraform/messages';
import type { Explained, Remedy } from '../kind';

/** What to do about errors of the provider and of the engine (tried with kreuzwerker/docker 3.6.2 and 4.5.0). */
export const DOCKER_REMEDIES: readonly Remedy[] = [
  {
    error:
      /port is already allocated|address already in use|failed to bind host port|ports are not available/i,
    line: 'a port is taken on the host: ss -ltnp shows there by what. The container stays there as Created; the next plan deletes it and makes it anew',
  },
  {
    error: /failed to be in healthy state|container .* unhealthy/i,
    line: 'the container runs, and its health check fails: docker logs there says why; the next plan replaces it',
  },
  {
    error: /container exited immediately/i,
    line: "the command of the container ended at once, and the provider has removed it: try it there with docker run -it; command in the group takes the place of the image's own",
  },
  {
    error: /Cannot connect to the Docker daemon|Error pinging Docker server/i,
    line: 'the Docker daemon of the host does not answer: there, systemctl status docker',
  },
  {
    error: /The container name .* is already in use|volume .* already exists/i,
    line: 'somebody else, or a run that was killed, made it on the host: remove it there, or give the group another name',
  },
  {
    error: /volume is in use|has active endpoints|timeout while waiting .*(volume|network)/i,
    line: 'a container that is not from here uses it: docker ps -a --filter volume=NAME on the host shows which',
  },
  {
    error: /client version \S+ is too old|Minimum supported API version/i,
    line: "the host's engine is newer than the provider: write providers.docker.version: '>= 4.5.0, < 5.0.0'",
  },
  {
    error: /client is newer than server|Maximum supported API version|server API version is too old/i,
    line: "the host's engine is older than the provider takes: install a newer one there",
  },
  {
    error:
      /manifest unknown|manifest for .* not found|pull access denied|unauthorized|no basic auth credentials|denied: requested access/i,
    line: 'the host does not get the image: its digest is not in the registry, or the registry wants a login; or take it by tar and sha256',
  },
  {
    error: /kex_exchange_identification|Exceeded MaxStartups/,
    line: 'sshd of the host refuses many connections that log in at once: run this again, or raise MaxStartups there',
  },
];

/** What comes before the words of the program on the host: they alone tell the cause. */
const STDERR = /stderr=([\s\S]+)$/;

/** Errors of a host that is not reached: the words of OpenSSH, once for all resources. */
export function explainDocker(errors: readonly Diagnostic[]): Explained {
  const told = errors.map((error) => ({ error, words: wordsOf(error) }));
  const lines = told.flatMap(({ words }) => words ?? []);
  return {
    lines: [...new Set(lines)],
    rest: told.flatMap(({ error, words }) => (words === undefined ? [error] : [])),
  };
}

function wordsOf({ summary, detail }: Diagnostic): string | undefined {
  const text = `${summary}\n${detail}`;
  const words = /docker|ssh/i.test(text) ? STDERR.exec(text)?.[1] : undefined;
  return words
    ?.split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^@+$/.test(line))
    .join(' ');
}
