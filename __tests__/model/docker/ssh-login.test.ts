import { parseSshLogin, sshLoginText } from '../../../model/docker/ssh-login';

it.each([
  ['root@10.0.2.31:20022', { user: 'root', address: '10.0.2.31', port: 20022 }],
  ['admin@bastion.example.org', { user: 'admin', address: 'bastion.example.org', port: 22 }],
  ['_svc-1@h:65535', { user: '_svc-1', address: 'h', port: 65535 }],
])('reads %s', (text, login) => {
  expect(parseSshLogin(text, 22)).toEqual(login);
});

it.each([
  'bastion.example.org',
  'root@',
  '@host',
  'root@host:0',
  'root@host:65536',
  'root@host:',
  'root@host:22:22',
  'a@b@c',
  'Root@host',
  'root@-oProxyCommand=x',
  'root@host;id',
  'root@host name',
  'root@host\nHost *',
])('refuses %j', (text) => {
  expect(() => parseSshLogin(text, 22)).toThrow(
    `must be a login like admin@bastion.example.org:22, got ${JSON.stringify(text)}`,
  );
});

it('writes what it reads', () => {
  expect(sshLoginText(parseSshLogin('root@10.0.2.31', 20022))).toBe('root@10.0.2.31:20022');
});
