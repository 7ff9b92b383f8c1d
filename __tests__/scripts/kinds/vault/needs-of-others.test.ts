import type { NeighbourNeeds } from '../../../../catalog/ground/need';
import { type Lost, refuseLossOfOthers } from '../../../../scripts/kinds/vault/needs-of-others';
import { tryLoad } from '../../../catalog/folder-of';

const ADDRESS = 'https://10.0.2.15:8443';
const TEAM = `cci_version: '1.0'
vault: { address: '${ADDRESS}', mounts: { secret: { create: {} }, team/kv: { create: {} } } }
`;
const HEAD = "cci_version: '1.0'\n";
const vault = (section: string, address = ADDRESS) => `${HEAD}vault: { address: '${address}', ${section} }\n`;

/** What `team` finds of one other environment. */
function neighbours(lab: string): readonly NeighbourNeeds[] {
  const { loaded, problems } = tryLoad({ 'team.yml': TEAM, 'lab.yml': lab }, 'team');
  if (loaded === undefined) throw new Error(JSON.stringify(problems));
  return loaded.neighbourNeeds;
}

const refused = (lab: string, lost: Partial<Lost>, namespace?: string) => () =>
  refuseLossOfOthers(
    { place: { address: ADDRESS, ...(namespace === undefined ? {} : { namespace }) } },
    neighbours(lab),
    { mounts: [], logIns: [], ...lost },
  );
const message = (what: string, line: string) =>
  `${what}: must stay, because other environments use the same Vault, and what is in it would be destroyed:\n  ${line}\n  help: keep these secrets elsewhere and take the keys out of those catalogs first, or leave its create where it is`;

const AWS = 'providers: { aws: { access_key: vault://secret/aws/a, secret_key: vault://secret/aws/s } }\n';

describe('a mount of Vault is not destroyed', () => {
  test.each([
    [
      'credentials',
      vault('mounts: {}') + AWS,
      'providers.aws.access_key (vault://secret/aws/a) and providers.aws.secret_key (vault://secret/aws/s)',
    ],
    [
      'pre-shared keys',
      vault('preshared_keys: vault://secret/vpn'),
      'vault.preshared_keys (vault://secret/vpn)',
    ],
    [
      'keys that the host reads',
      `${vault('server: vault')}site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000, gateway: { key_reference: vault://secret/vpn } }\n`,
      'site.gateway.key_reference (vault://secret/vpn)',
    ],
    [
      'a policy',
      vault('policies: { deploy: { rules: [{ path: secret/aws/*, capabilities: [read] }], create: {} } }'),
      'vault.policies.deploy (secret/aws/*)',
    ],
    ['users, whose shared mount it is', vault('users: { ann: { create: {} } }'), 'vault.users.ann'],
    ['its own list of mounts', vault('mounts: { secret: {} }'), 'vault.mounts.secret'],
    [
      'credentials at the same server, spelled otherwise',
      vault('mounts: {}', 'https://10.0.2.15:8443'.toUpperCase().replace('HTTPS', 'https')) + AWS,
      'providers.aws.access_key (vault://secret/aws/a) and providers.aws.secret_key (vault://secret/aws/s)',
    ],
    [
      'much',
      vault(
        'mounts: { secret: {} }, preshared_keys: vault://secret/vpn, users: { ann: { create: {} }, bob: { create: {} } }',
      ) + AWS,
      'vault.preshared_keys (vault://secret/vpn), providers.aws.access_key (vault://secret/aws/a), providers.aws.secret_key (vault://secret/aws/s), vault.users.ann and 2 more',
    ],
  ])('where another environment has there: %s', (_, lab, keys) => {
    expect(refused(lab, { mounts: ['secret'] })).toThrow(message('mount secret', `lab needs it: ${keys}`));
  });

  test.each([
    ['an unreadable file', 'vault: [\n'],
    [
      'a broken section',
      `${HEAD}vault: { address: 'http://10.0.2.15', preshared_keys: vault://secret/vpn }\n`,
    ],
    ['a broken reference', `${vault('mounts: {}')}providers: { aws: { access_key: 5 } }\n`],
    ['a missing parent', `${HEAD}extends: none.yml\n`],
  ])('where another environment cannot be read: %s', (_, lab) => {
    expect(refused(lab, { mounts: ['secret'] })).toThrow(
      message(
        'mount secret',
        "lab may need it: its catalog can't be read as a whole (kakehashi validate lab)",
      ),
    );
  });

  test('nor a log-in method by which another environment logs in', () => {
    const lab = vault('auth: { method: approle, role_id: abc }');
    expect(refused(lab, { logIns: ['approle'] })).toThrow(
      message('log-in method approle', 'lab needs it: vault.auth'),
    );
    expect(refused(lab, { mounts: ['secret'] })).not.toThrow();
  });
});

describe('a mount of Vault may go', () => {
  test.each([
    ['it is another mount', vault('preshared_keys: vault://vpn/lab'), { mounts: ['secret', 'team/kv'] }],
    ['it begins alike', vault('preshared_keys: vault://secret/vpn'), { mounts: ['sec', 'secret/vpn/lab2'] }],
    [
      'it is another server',
      vault('preshared_keys: vault://secret/vpn', 'https://10.0.2.16:8443'),
      { mounts: ['secret'] },
    ],
    [
      'it is another namespace',
      vault('namespace: lab, preshared_keys: vault://secret/vpn'),
      { mounts: ['secret'] },
    ],
    ['nothing of the other is there', vault('mounts: {}'), { mounts: ['secret'] }],
    ['the other has no Vault', HEAD, { mounts: ['secret'] }],
    ['what is broken is something else', `${HEAD}aws: { default: { create: 5 } }\n`, { mounts: ['secret'] }],
    ['nothing is destroyed', 'vault: [\n', {}],
  ])('where %s', (_, lab, lost) => {
    expect(refused(lab, lost)).not.toThrow();
  });
});

test('an environment that makes nothing any more, and has something to destroy, looks at the others too', () => {
  const files = {
    'team.yml': `${HEAD}vault: { address: '${ADDRESS}' }\n`,
    'team.lock.yml': `version: 1\nstacks:\n  team-vault: { kind: vault, provider: vault, address: '${ADDRESS}', backend: local }\ntunnels: {}\n`,
    'lab.yml': vault('preshared_keys: vault://secret/vpn'),
  };
  const { loaded } = tryLoad(files, 'team');
  expect(loaded?.neighbourNeeds.map(({ needs }) => needs.map(({ path }) => path))).toEqual([['secret/vpn']]);
});
