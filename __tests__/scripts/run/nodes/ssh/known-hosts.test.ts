import {
  fingerprint,
  type HostKey,
  keyChange,
  knownHostsText,
  parseKnownHosts,
} from '../../../../../scripts/run/nodes/ssh/known-hosts';

/** The key and what `ssh-keygen -l` of OpenSSH 9.2 says of it. */
const KEY: HostKey = {
  host: '172.30.2.4',
  type: 'ssh-ed25519',
  key: 'AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl',
};

test("keys are read from ssh-keyscan's lines, without its comments", () => {
  const text = `# 172.30.2.4:22 SSH-2.0-OpenSSH_9.2\n172.30.2.4 ${KEY.type} ${KEY.key}\n\n172.30.2.4 broken\n[172.30.2.4]:20022 ssh-rsa AAAA\n`;
  expect(parseKnownHosts(text)).toEqual([KEY, { host: '[172.30.2.4]:20022', type: 'ssh-rsa', key: 'AAAA' }]);
});

test('the same keys give the same bytes', () => {
  const other = { ...KEY, host: '172.30.2.10' };
  const text = `172.30.2.10 ${KEY.type} ${KEY.key}\n172.30.2.4 ${KEY.type} ${KEY.key}\n`;
  expect(knownHostsText([KEY, other, KEY])).toBe(text);
  expect(knownHostsText([other, KEY])).toBe(text);
  expect(knownHostsText([])).toBe('');
});

test('a fingerprint is as ssh-keygen shows it', () => {
  expect(fingerprint(KEY)).toBe('SHA256:+DiY3wvvV6TuJJhbpZisF/zLDA0zPMSvHdkr4UvCOqU');
});

test.each([
  ['known', [KEY]],
  ['new', []],
  ['new', [{ ...KEY, type: 'ssh-rsa' }]],
  ['new', [{ ...KEY, host: '[172.30.2.4]:20022' }]],
  ['changed', [{ ...KEY, key: 'AAAA' }]],
] as const)('a key is %s', (expected, before) => {
  expect(keyChange(KEY, before)).toBe(expected);
});
