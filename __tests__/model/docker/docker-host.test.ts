import { dockerHostUrl, parseDockerHost, socketPath } from '../../../model/docker/docker-host';

it.each([
  ['ssh://root@10.0.2.31:20022', undefined],
  ['ssh://root@10.0.2.31:22', 'admin@bastion.example.org:22'],
  ['unix:///var/run/docker.sock', undefined],
])('writes %s as it reads it', (url, jump) => {
  expect(dockerHostUrl(parseDockerHost(url, jump))).toBe(url);
});

it("reads a jump host, whose port is 22 where it has none, and a host's own port 20022", () => {
  expect(parseDockerHost('ssh://root@10.0.2.31', 'admin@bastion')).toEqual({
    kind: 'ssh',
    login: { user: 'root', address: '10.0.2.31', port: 20022 },
    jump: { user: 'admin', address: 'bastion', port: 22 },
  });
});

it.each(['tcp://10.0.2.31:2375', 'unix://docker.sock', 'http://x', ''])('refuses %j', (url) => {
  expect(() => parseDockerHost(url)).toThrow(
    `must be ssh://user@host:port or unix:///path, got ${JSON.stringify(url)}`,
  );
});

it('tells the socket of this machine from an address', () => {
  expect(socketPath('unix:///run/user/1000/docker.sock')).toBe('/run/user/1000/docker.sock');
  expect(socketPath('10.0.2.31')).toBeUndefined();
});
