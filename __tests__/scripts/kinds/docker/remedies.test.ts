import { DOCKER_REMEDIES, explainDocker } from '../../../../scripts/kinds/docker/remedies';
import type { Diagnostic } from '../../../../terraform/messages';

/** Errors of the provider (kreuzwerker/docker 3.6.2 and 4.5.0) and of engines, and how the only remedy begins. */
const ERRORS: readonly (readonly [error: string, remedy: string])[] = [
  [
    'Unable to start container: Error response from daemon: Bind for 0.0.0.0:80 failed: port is already allocated',
    'a port is taken',
  ],
  [
    'driver failed programming external connectivity: listen tcp4 10.0.2.31:80: bind: address already in use',
    'a port is taken',
  ],
  ['container failed to be in healthy state', 'the container runs, and its health check fails'],
  ['container exited immediately', 'the command of the container ended at once'],
  ['Error pinging Docker server, please make sure that unix:///x is reachable', 'the Docker daemon'],
  [
    'Error response from daemon: Conflict. The container name "/x" is already in use by container "a"',
    'somebody else',
  ],
  ['Error response from daemon: remove x: volume is in use - [a]', 'a container that is not from here'],
  ['client version 1.41 is too old. Minimum supported API version is 1.44', "the host's engine is newer"],
  ['client version 1.51 is too new. Maximum supported API version is 1.41', "the host's engine is older"],
  [
    'Error response from daemon: manifest for x@sha256:a not found: manifest unknown',
    'the host does not get the image',
  ],
  ['pull access denied for x, repository does not exist', 'the host does not get the image'],
  ['kex_exchange_identification: read: Connection reset by peer', 'sshd of the host'],
];

it.each(ERRORS)('%s: %s', (error, beginning) => {
  const lines = DOCKER_REMEDIES.filter((remedy) => remedy.error.test(error)).map(({ line }) => String(line));
  expect(lines).toEqual([expect.stringMatching(new RegExp(`^${beginning}`))]);
});

const diagnostic = (summary: string, detail = ''): Diagnostic => ({ severity: 'error', summary, detail });

it('shows of a host that is not reached the words of the program there alone, once', () => {
  const text = `error during connect: Head "http://docker.example.com/_ping": command [ssh -F x -l root -- 10.0.2.31 docker system dial-stdio] has exited with exit status 255, make sure the URL is valid: stderr=@@@@@@@@\n@ WARNING: changed @\n@@@@@@@\nHost key verification failed.\r\n`;
  const other = diagnostic('something else');
  expect(explainDocker([diagnostic(text), other, diagnostic('Error pinging', text)])).toEqual({
    lines: ['@ WARNING: changed @ Host key verification failed.'],
    rest: [other],
  });
});

it('leaves the errors of other providers alone', () => {
  const error = diagnostic('the command failed: stderr=x');
  expect(explainDocker([error])).toEqual({ lines: [], rest: [error] });
});
