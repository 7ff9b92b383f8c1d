import { hostOf } from '../../../sandbox/docker/provider/host';

const UNREACHABLE = 'KAKEHASHI_SANDBOX_DOCKER_UNREACHABLE';
afterEach(() => {
  delete process.env[UNREACHABLE];
});

it('is the local engine unless the configuration names one', () => {
  expect(hostOf({ host: null })).toEqual({ host: 'unix:///var/run/docker.sock' });
  expect(hostOf({ host: 'tcp://10.0.2.15:2376' })).toEqual({ host: 'tcp://10.0.2.15:2376' });
  expect(hostOf({ host: 'tcp://10.0.2.15:2376', context: 'lab' })).toEqual({ host: 'context://lab' });
});

it.each([
  [{ host: '10.0.2.15' }, 'unable to parse docker host `10.0.2.15`'],
  [{ cert_material: 'x' }, 'cert_material, and key_material must be specified'],
  [{ cert_material: 'x', key_material: 'y', cert_path: '/z' }, 'cert_path must not be specified'],
])('refuses %j', (config, problem) => {
  expect(hostOf(config)).toMatchObject({ summary: `Error initializing Docker client: ${problem}` });
});

const PING = (host: string) =>
  `Error pinging Docker server, please make sure that ${host} is reachable and has a  '_ping' endpoint. Error: `;

it.each([
  [
    { host: 'ssh://root@10.0.2.31:20022', ssh_opts: ['-F', 'config'] },
    'error during connect: Head "http://docker.example.com/_ping": command [ssh -F config -o ConnectTimeout=30 -T -l root -p 20022 -- 10.0.2.31 docker system dial-stdio] has exited with exit status 255, make sure the URL is valid, and Docker 18.09 or later is installed on the remote host: stderr=ssh: connect to host 10.0.2.31 port 20022: Connection refused\r\n',
  ],
  [
    { host: 'unix:///var/run/docker.sock' },
    'Cannot connect to the Docker daemon at unix:///var/run/docker.sock. Is the docker daemon running?',
  ],
])('says in the words of the provider that %j does not answer', (config, reason) => {
  process.env[UNREACHABLE] = 'tcp://other:1, ssh://*:20022 unix:///var/run/docker.sock';
  expect(hostOf(config)).toEqual({
    severity: 'ERROR',
    summary: `${PING(config.host)}${reason}`,
  });
});

it('does not ask where the check is switched off, and asks hosts that are not listed', () => {
  process.env[UNREACHABLE] = 'tcp://10.0.2.1*';
  expect(hostOf({ host: 'tcp://10.0.2.15:2376', disable_docker_daemon_check: true })).toEqual({
    host: 'tcp://10.0.2.15:2376',
  });
  expect(hostOf({ host: 'tcp://10.0.2.25:2376' })).toEqual({ host: 'tcp://10.0.2.25:2376' });
});
