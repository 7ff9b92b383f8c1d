import { formatLock, lockAdditionsOf } from '../../catalog/environment/lock-text';
import { parseVaultAddress } from '../../catalog/kinds/vault/formats';
import { changed, GOOD, problemLines, tryLoad } from './folder-of';

const WHOLE = `cci_version: '1.0'
providers:
  aws: { access_key: vault://cubbyhole/aws/access_key, secret_key: vault://secret/aws/secret_key, token: vault://secret/aws/token }
vault:
  address: https://vault.example:8443
  namespace: team/lab
  ca_file: cert/ca.pem
  mounts:
    secret:
    kv2: { version: 2, description: keys, create: {} }
  policies:
    deploy:
      rules:
        - { path: kv2/aws/*, capabilities: [read, list] }
        - { path: kv2/aws/admin/*, capabilities: [deny] }
      may: [read kv2/aws/access_key, list kv2/aws]
      may_not: [update kv2/aws/access_key, read kv2/aws/admin/key]
      create: {}
      adopt: true
    nightly:
  users:
    bob: { role: super, api: readonly, create: , adopt: true }
    alice: {}
  approles:
    ci: { policies: [deploy, nightly, dev-super-readonly, default], secret_id_ttl_seconds: 600, create: {}, adopt: true }
  audits:
    file: { type: file, options: { file_path: /vault/logs/audit.log }, create: {} }
  preshared_keys: vault://kv2/vpn
`;

describe('the section vault', () => {
  test('is read as typed values, sorted by name', () => {
    const { loaded, problems } = tryLoad({ 'dev.yml': WHOLE });
    expect(problems.map(({ code }) => code)).toEqual(['older-servers', 'reaches-every-token']);
    expect(loaded?.catalog.kinds.vault).toEqual({
      address: 'https://vault.example:8443',
      namespace: 'team/lab',
      caFile: 'cert/ca.pem',
      server: 'vault',
      auth: { method: 'token' },
      mounts: [
        { path: 'kv2', version: 2, description: 'keys', create: true },
        { path: 'secret', version: 1, create: false },
      ],
      policies: [
        {
          name: 'deploy',
          rules: [
            { path: 'kv2/aws/*', capabilities: ['read', 'list'] },
            { path: 'kv2/aws/admin/*', capabilities: ['deny'] },
          ],
          may: [
            { capability: 'read', path: 'kv2/aws/access_key' },
            { capability: 'list', path: 'kv2/aws' },
          ],
          mayNot: [
            { capability: 'update', path: 'kv2/aws/access_key' },
            { capability: 'read', path: 'kv2/aws/admin/key' },
          ],
          create: true,
          adopt: true,
        },
        { name: 'nightly', rules: [], may: [], mayNot: [], create: false, adopt: false },
      ],
      users: [
        { name: 'alice', role: 'regular', api: 'fullaccess', create: false, adopt: false },
        { name: 'bob', role: 'super', api: 'readonly', create: true, adopt: true },
      ],
      approles: [
        {
          name: 'ci',
          policies: ['deploy', 'nightly', 'dev-super-readonly', 'default'],
          tokenTtlSeconds: 3600,
          secretIdTtlSeconds: 600,
          create: true,
          adopt: true,
        },
      ],
      audits: [{ path: 'file', type: 'file', options: { file_path: '/vault/logs/audit.log' }, create: true }],
      presharedKeys: expect.objectContaining({ engine: 'kv2', path: 'vpn' }),
    });
    expect(JSON.parse(JSON.stringify(loaded?.catalog.kinds['aws-network']?.settings.credentials))).toEqual({
      accessKey: 'vault://cubbyhole/aws/access_key',
      secretKey: 'vault://secret/aws/secret_key',
      sessionToken: 'vault://secret/aws/token',
    });
  });

  test('has secret as KV v1 where it names no mount, and token as its log-in', () => {
    for (const mounts of ['', ', mounts: {}', ', mounts:']) {
      const { loaded, problems } = tryLoad({
        'dev.yml': `${GOOD}vault: { address: 'http://127.0.0.1:8200'${mounts} }\n`,
      });
      expect(problems).toEqual([]);
      expect(loaded?.catalog.kinds.vault?.mounts).toEqual([{ path: 'secret', version: 1, create: false }]);
      expect(loaded?.catalog.kinds.vault?.auth).toEqual({ method: 'token' });
    }
  });

  test('logs in with an AppRole', () => {
    const { loaded } = tryLoad({
      'dev.yml': `${GOOD}vault: { address: https://10.0.2.15:8443, server: openbao, auth: { method: approle, role_id: 7b3d3a5e-0a52 } }\n`,
    });
    expect(loaded?.catalog.kinds.vault?.auth).toEqual({ method: 'approle', roleId: '7b3d3a5e-0a52' });
    expect(loaded?.catalog.kinds.vault?.server).toBe('openbao');
  });

  test('takes a path of a mount with several segments in a reference', () => {
    const text = `${GOOD}vault: { address: https://10.0.2.15:8443, mounts: { team/kv: {} }, preshared_keys: vault://team/kv/vpn }\n`;
    expect(problemLines({ 'dev.yml': text })).toEqual([]);
  });

  test('comes from a base, whose create a child can delete', () => {
    const base = 'vault: { address: https://10.0.2.15:8443, mounts: { secret: { create: {} } } }\n';
    const child = `${GOOD}extends: base.yml\nvault: { mounts: { secret: { create: null } } }\n`;
    const { loaded, problems } = tryLoad({ 'base.yml': base, 'dev.yml': child });
    expect(problems).toEqual([]);
    expect(loaded?.catalog.kinds.vault?.mounts).toEqual([{ path: 'secret', version: 1, create: false }]);
  });

  test('needs a good name of the environment where it creates something, and only there', () => {
    const vault = (create: string): string =>
      `cci_version: '1.0'\nvault: { address: https://10.0.2.15:8443, mounts: { secret: { ${create} } } }\n`;
    expect(problemLines({ 'my-lab.yml': vault('') }, 'my-lab')).toEqual([]);
    expect(problemLines({ 'my-lab.yml': vault('create: {}') }, 'my-lab')).toEqual([
      'my-lab.yml:1:1-19 bad-name environment: must be a name of a small letter and up to 15 small letters and digits, got "my-lab" | rename the file, or write environment: NAME in it',
    ]);
  });
});

describe('the stack of Vault', () => {
  test('is there where something is created, first, and names what it makes', () => {
    const { loaded } = tryLoad({ 'dev.yml': `${GOOD}${WHOLE.slice(WHOLE.indexOf('vault:\n'))}` });
    expect(loaded?.stacks.map(({ id, kind, requires }) => [id, kind, requires])).toEqual([
      ['dev-vault', 'vault', []],
      ['dev-aws-default', 'aws-network', []],
    ]);
    expect(loaded?.stacks[0]).toMatchObject({
      place: { address: 'https://vault.example:8443', namespace: 'team/lab' },
      gone: false,
      members: [
        'vault/mounts/kv2',
        'vault/policies/deploy',
        'vault/users/bob',
        'vault/approles/ci',
        'vault/audits/file',
      ],
    });
  });

  test('is left out where nothing is created', () => {
    const { loaded } = tryLoad({ 'dev.yml': `${GOOD}vault: { address: https://10.0.2.15:8443 }\n` });
    expect(loaded?.stacks.map(({ id }) => id)).toEqual(['dev-aws-default']);
  });
});

const LOCK = `# What must not move when the catalog changes: its stacks, and what their tunnels were given.
# Written by kakehashi; commit it with the catalog.
version: 1
stacks:
  dev-vault: { kind: vault, provider: vault, address: 'https://[fd00::1]:8443', namespace: '12', backend: local }
tunnels: {}
`;

describe('the lock', () => {
  const vault = (rest: string): string =>
    `cci_version: '1.0'\nvault: { address: 'https://[fd00::1]:8443', namespace: '12'${rest} }\n`;

  test('remembers the server', () => {
    const { loaded } = tryLoad({ 'dev.yml': vault(', mounts: { secret: { create: {} } }') });
    const { lock } = lockAdditionsOf(loaded as NonNullable<typeof loaded>);
    expect(formatLock(lock)).toBe(LOCK);
  });

  test('keeps the stack when its last create is gone, until it is destroyed', () => {
    const { loaded, problems } = tryLoad({ 'dev.yml': vault(''), 'dev.lock.yml': LOCK });
    expect(problems).toEqual([]);
    expect(loaded?.stacks).toEqual([
      {
        id: 'dev-vault',
        kind: 'vault',
        place: { address: 'https://[fd00::1]:8443', namespace: '12' },
        backend: expect.objectContaining({ type: 'local' }),
        members: [],
        requires: [],
        gone: true,
      },
    ]);
  });

  test.each([
    [
      'the section gone',
      "cci_version: '1.0'\n",
      "dev.yml:1:1-19 vault-gone : key \"vault\" is missing: dev-vault is in the lock file, and what it made in https://[fd00::1]:8443 must be destroyed first | write vault: { address: 'https://[fd00::1]:8443', namespace: '12' }, without any create, until kakehashi apply dev has destroyed it; if nothing of dev-vault was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog",
    ],
    [
      'another server',
      "cci_version: '1.0'\nvault: { address: https://10.0.2.15:8443, namespace: '12' }\n",
      'dev.yml:2:19-41 vault-moved vault.address: must stay https://[fd00::1]:8443, where the lock file has dev-vault, got "https://10.0.2.15:8443" | go back, and remove every create until it is destroyed there; or, where it is the same server by another name, correct the lock file; if nothing of dev-vault was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
    ],
    [
      'another namespace',
      "cci_version: '1.0'\nvault: { address: 'https://[FD00::1]:8443', namespace: team }\n",
      'dev.yml:2:56-60 vault-moved vault.namespace: must stay "12", as the lock file has dev-vault, got "team" | go back, and remove every create until it is destroyed there; or, where it is the same server by another name, correct the lock file; if nothing of dev-vault was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
    ],
    [
      'another backend',
      `${vault('')}backend: { type: gcs, bucket: b }\n`,
      'dev.yml:3:18-21 backend-moved backend.type: dev-vault is gone from the catalog, but its state lies in backend local, not gcs | go back to backend local until dev-vault is destroyed, or move its state and correct the lock file; if nothing of dev-vault was ever applied, kakehashi plan dev sees that in its state, and goes by the catalog',
    ],
    [
      'another backend for what lives',
      `${vault(', mounts: { secret: { create: {} } }')}backend: { type: gcs, bucket: b }\n`,
      'dev.yml:3:18-21 warning backend-moved backend.type: the state of dev-vault lies in backend local, not gcs | move the state before you apply',
    ],
  ])('reports %s', (_, text, line) => {
    expect(problemLines({ 'dev.yml': text, 'dev.lock.yml': LOCK })).toEqual([line]);
  });

  test('reports a section that is gone also where the line of its stack is broken', () => {
    const lock = LOCK.replace('address:', 'adress:');
    expect(problemLines({ 'dev.yml': "cci_version: '1.0'\n", 'dev.lock.yml': lock })).toEqual([
      expect.stringMatching(
        /^dev.yml:1:1-19 vault-gone : key "vault" is missing: dev-vault is in the lock file, and what it made in its server must/,
      ),
      expect.stringMatching(/^dev.lock.yml:5:3-12 missing-key stacks.dev-vault: key "address" is missing/),
      expect.stringMatching(
        /^dev.lock.yml:5:46-52 unknown-key stacks.dev-vault: unknown key "adress"; did you mean "address"/,
      ),
    ]);
  });

  test('refuses a stack without its server', () => {
    const lock = LOCK.replace("address: 'https://[fd00::1]:8443', ", '');
    expect(problemLines({ 'dev.yml': vault(''), 'dev.lock.yml': lock })).toEqual([
      'dev.lock.yml:5:3-12 missing-key stacks.dev-vault: key "address" is missing: where the stack\'s resources are',
    ]);
  });
});

describe('two environments with one Vault', () => {
  const of = (rest: string, address = 'https://vault.example'): string =>
    `cci_version: '1.0'\nvault: { address: ${address}, ${rest} }\n`;
  const lines = (dev: string, prod: string): readonly string[] =>
    problemLines({ 'dev.yml': dev, 'prod.yml': prod });

  test.each([
    [
      'a mount',
      'mounts: { secret: { create: {} } }',
      'mounts: { secret: { create: {} } }',
      '2:56-62 made-twice vault.mounts.secret: the environment prod makes the mount secret too',
    ],
    [
      'a mount within the other',
      'mounts: { team: { create: {} } }',
      'mounts: { team/kv: { create: {} } }',
      '2:56-60 made-twice vault.mounts.team: the environment prod makes the mount team/kv too',
    ],
    [
      'a policy',
      'policies: { ci: { rules: [{ path: a/b, capabilities: [read] }], create: {} } }',
      'policies: { ci: { rules: [{ path: a/b, capabilities: [read] }], create: {} } }',
      '2:58-60 made-twice vault.policies.ci: the environment prod makes the policy ci too',
    ],
    [
      'a policy of the other one’s users',
      'policies: { prod-regular-fullaccess: { rules: [{ path: a/b, capabilities: [read] }], create: {} } }',
      'users: { alice: { create: {} } }',
      '2:58-81 made-twice vault.policies.prod-regular-fullaccess: the environment prod makes the policy prod-regular-fullaccess too',
    ],
    [
      'the log-in of AppRoles',
      'approles: { ci: { policies: [default], create: {} } }',
      'approles: { nightly: { policies: [default], create: {} } }',
      '2:58-60 made-twice vault.approles.ci: the environment prod makes the log-in method approle too',
    ],
    [
      'an audit device',
      'audits: { log: { type: syslog, create: {} } }',
      'audits: { log: { type: syslog, create: {} } }',
      '2:56-59 made-twice vault.audits.log: the environment prod makes the audit device log too',
    ],
  ])('must not both make %s', (_, dev, prod, line) => {
    const mend = line.includes('log-in method')
      ? 'make all AppRoles of a server in one environment: name these there too'
      : 'make it in one environment; in the other, leave create out';
    const end = `, in the same Vault (https://vault.example) | ${mend}`;
    expect(lines(of(dev, 'https://Vault.example:443'), of(prod))).toEqual([`dev.yml:${line}${end}`]);
    expect(lines(of(dev), of(prod, 'https://other.example'))).toEqual([]);
    expect(lines(of(dev), of(`${prod}, namespace: team`))).toEqual([]);
  });

  test('share what one of them makes, and their users by the environment’s name', () => {
    const both = 'users: { alice: { create: {} } }';
    expect(
      lines(of(`mounts: { secret: { create: {} } }, ${both}`), of(`mounts: { secret: {} }, ${both}`)),
    ).toEqual([]);
  });
});

describe('an address', () => {
  test.each([
    ['https://10.0.2.15:8443', 'https://10.0.2.15:8443'],
    ['https://Vault.Example:443', 'https://vault.example'],
    ['http://127.0.0.1:8200', 'http://127.0.0.1:8200'],
    ['http://localhost:8200', 'http://localhost:8200'],
    ['http://[::1]:8200', 'http://[::1]:8200'],
  ])('%s is taken', (text, origin) => {
    expect(parseVaultAddress(text)).toBe(origin);
  });

  test.each([
    'http://128.0.0.1:8200',
    'http://localhost.example:8200',
    'http://127.0.0.1.example',
    'https://',
    'https://[::1',
    'https://a b',
    'https://host:99999',
    'https://host/',
    'ftp://host',
  ])('%s is refused', (text) => {
    expect(() => parseVaultAddress(text)).toThrow('must be a URL of https');
  });
});

test('site.gateway.interface chooses the kind of tunnel interface, and must be the same at one gateway', () => {
  const xfrm = changed(['asn: 65000', 'gateway: { version: 4, interface: xfrm }']);
  expect(tryLoad({ 'dev.yml': xfrm }).loaded?.catalog.site?.gateways[0]).toEqual({
    publicIp: '198.51.100.10',
    address: '10.0.2.15',
    metric: 100,
    daemon: 'libreswan',
    version: 4,
    interface: 'xfrm',
    behindNat: false,
    linkMtu: 1500,
  });
  expect(tryLoad({ 'dev.yml': GOOD }).loaded?.catalog.site?.gateways[0].interface).toBeUndefined();
  const other = GOOD.replaceAll('172.30.', '172.29.');
  expect(problemLines({ 'dev.yml': xfrm, 'prod.yml': other })).toEqual([
    "dev.yml:2:1-5 site-differs site.gateway.interface: must be the same in all environments of one gateway: xfrm here, the daemon's own in prod | move site into a file that both extend",
  ]);
});

describe('a backend beside credentials from Vault', () => {
  const withBackend = (backend: string): readonly string[] => {
    const { problems } = tryLoad({ 'dev.yml': `${WHOLE}backend: ${backend}\n` });
    return problems
      .filter(({ where }) => where.path[0] === 'backend')
      .map(({ code, severity }) => `${severity} ${code}`);
  };

  test('is noted where it would be reached with them', () => {
    expect(withBackend('{ type: s3, bucket: states, region: ap-northeast-1 }')).toEqual([
      'note shared-credentials',
    ]);
  });

  test('is not where it has a profile of its own, or needs none', () => {
    expect(withBackend('{ type: s3, bucket: states, region: ap-northeast-1, profile: states }')).toEqual([]);
    expect(withBackend('{ type: local }')).toEqual([]);
  });
});
