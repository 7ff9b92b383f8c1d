import fc from 'fast-check';
import { stringify } from 'yaml';
import { CatalogError } from '../../catalog/ground/catalog-error';
import { loadEnvironment } from '../../catalog/load';
import { synthesize } from '../../stacks/synthesize';
import { temporaryFolder } from '../support/catalog-folder';

jest.setTimeout(300_000);

const name = (longest: number) =>
  fc.oneof(
    fc.constantFrom(
      'a',
      'A',
      'default',
      'default-Table',
      'default_Table',
      'Vpc',
      'Zones',
      'a-Table',
      'x'.repeat(longest),
    ),
    fc.stringMatching(new RegExp(`^[a-zA-Z][a-zA-Z0-9_-]{0,${longest - 1}}$`)),
  );
const awkward = fc.oneof(
  fc.constantFrom(
    '',
    '*',
    '${x}',
    '%{x}',
    '$${x}',
    '{{x}}',
    'x'.repeat(255),
    `${'x'.repeat(250)}\${x}`,
    'a: b',
    '日本',
  ),
  fc.string({ maxLength: 12 }),
);
const rarely = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined, freq: 3 });

const cidr = fc.constantFrom('10.0.2.0/24', '0.0.0.0/0', '192.0.2.5/32', '172.30.2.0/24', '172.30.0.0/16');
const rule = fc.record(
  {
    protocol: fc.constantFrom<string | number>(
      'tcp',
      'udp',
      'icmp',
      'all',
      'esp',
      'ah',
      50,
      '-1',
      '6',
      0,
      255,
    ),
    ports: fc.constantFrom<unknown>(22, '22', [22, '80-90'], '0-65535', undefined),
    icmp_type: rarely(fc.constantFrom<unknown>('echo-request', 3, 255)),
    from: fc.oneof(
      fc.constantFrom<unknown>(
        'site',
        'self',
        'aws/default',
        'pl-01234567',
        'sg-0123456789abcdef0',
        '123456789012/sg-01234567',
        ['site', 'self'],
      ),
      cidr,
    ),
    description: rarely(awkward),
    allow_public: rarely(awkward),
  },
  { requiredKeys: ['protocol', 'from'] },
);

const tags = fc.dictionary(
  fc.oneof(fc.constantFrom('owner', 'Cost:Center', 'x'.repeat(128)), fc.string({ maxLength: 6 })),
  awkward,
  { maxKeys: 3 },
);
const manyTags = fc
  .integer({ min: 20, max: 40 })
  .map((count) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag${index}`, 'x'])));

const secretPath = fc.constantFrom(
  'secret/a',
  'secret/*',
  'secret/+/b',
  '*',
  'secret/${x}',
  'secret/{{identity.entity.name}}/*',
  'sys/mounts',
);
const capability = fc.constantFrom('create', 'read', 'update', 'list', 'sudo', 'patch', 'scan');
const limits = fc.dictionary(fc.constantFrom('a', 'A', '*', 'b.c'), fc.array(awkward, { maxLength: 2 }));
const policy = fc.record({
  rules: fc.array(
    fc.record(
      {
        path: secretPath,
        capabilities: fc.uniqueArray(capability, { minLength: 1, maxLength: 3 }),
        allowed_parameters: rarely(limits),
        denied_parameters: rarely(limits),
        min_wrapping_ttl: rarely(fc.constantFrom('1s', 90)),
      },
      { requiredKeys: ['path', 'capabilities'] },
    ),
    { minLength: 1, maxLength: 2 },
  ),
  create: fc.constant({}),
});
const made = fc.constant({ create: {} });
const appRole = fc.record({
  policies: fc.uniqueArray(fc.constantFrom('default', 'a.b', 'other', 'root'), { minLength: 1 }),
  create: fc.constant({}),
});

type Tree = { [key: string]: unknown };

/** A catalog without a problem, of an entry and one within it. */
const valid = (first: string, second: string): Tree => ({
  cci_version: '1.0',
  environment: 'dev',
  site: { controller: '10.0.2.15/24', public_ip: '198.51.100.10' },
  vault: { address: 'https://10.0.2.15:8443', server: 'openbao' },
  aws: {
    [second]: { private_network_ipmask: '172.30.3.0/24', create: { within: first } },
    [first]: {
      aws_region: 'us-west-2',
      private_network_ipmask: '172.30.2.0/24',
      create: { vpc_cidr: '172.30.0.0/16', public_subnet: '172.30.1.0/24' },
    },
  },
});

/** What is written over it: a path, in which `1` and `2` stand for the entries, and a value. */
const change = fc.oneof(
  ...(
    [
      ['environment', fc.constantFrom('dev', 'x'.repeat(16))],
      ['site.asn', fc.constantFrom(64512, 65000, 4294967294)],
      ['site.mesh', fc.boolean()],
      ['site.subnets', fc.constantFrom<unknown>(['10.0.2.0/24', '10.0.4.0/24'], [], ['172.30.0.0/20'])],
      ['providers.aws.default_tags', fc.oneof(tags, manyTags)],
      ['aws.1.ntp_servers', fc.constant(['${x}'])],
      ['aws.1.aws_availability_zone', fc.constantFrom('us-west-2a', 'us-west-2b')],
      ['aws.2.aws_availability_zone', fc.constantFrom('us-west-2a', 'us-west-2b')],
      ['aws.2.create.public_subnet', fc.constantFrom('172.30.4.0/24', '172.31.0.0/24')],
      ['aws.1.create.vpc_cidr', fc.constantFrom('172.30.0.0/16', '172.30.0.0/22', '10.0.0.0/8')],
      ['aws.1.create.egress', fc.constantFrom('nat', 'nat-per-zone', 'none')],
      ['aws.1.create.ingress', fc.array(rule, { maxLength: 2 })],
      ['aws.1.create.ingress', fc.constantFrom('vc-node', 'open-site')],
      ['aws.1.create.flow_logs', fc.boolean()],
      ['aws.1.create.spot', fc.boolean()],
      ['aws.1.create.tags', fc.oneof(tags, manyTags)],
      [
        'aws.1.create.vpn',
        fc.constantFrom<unknown>(
          'none',
          { routing: 'bgp' },
          { crypto: 'seed', mode: 'policy-based' },
          { logs: 'none' },
        ),
      ],
      ['vault.server', fc.constantFrom('vault', 'openbao')],
      ['vault.mounts', fc.dictionary(fc.constantFrom('secret', 'team/kv', 'team_2f_kv', 'kv.a'), made)],
      [
        'vault.policies',
        fc.dictionary(
          fc.constantFrom('a.b', 'a_2e_b', 'response-wrapping', 'default', 'x'.repeat(64)),
          policy,
        ),
      ],
      ['vault.users', fc.dictionary(fc.constantFrom('ann', 'bob'), made)],
      ['vault.approles', fc.dictionary(fc.constantFrom('ci', 'c.i', 'c_2e_i'), appRole)],
      [
        'vault.audits.file',
        fc.constantFrom<unknown>({ type: 'file', options: { file_path: '${x}' }, create: {} }, {}),
      ],
    ] as const
  ).map(([path, value]) => fc.tuple(fc.constant(path), value as fc.Arbitrary<unknown>)),
);

const catalog = fc
  .tuple(name(32), name(32), fc.array(change, { minLength: 1, maxLength: 4 }))
  .map(([first, second, changes]) => {
    const root = valid(first, second);
    for (const [path, value] of changes) {
      const steps = path.split('.').map((step) => ({ '1': first, '2': second })[step] ?? step);
      const last = steps.pop() ?? '';
      const target = steps.reduce<Tree>((tree, step) => {
        tree[step] ??= {};
        return tree[step] as Tree;
      }, root);
      target[last] = value;
    }
    return root;
  });

/** Loads a catalog and synthesizes it; whether it was valid. */
function build(value: Tree): boolean {
  const directory = temporaryFolder({ 'any.yml': stringify(value, { version: '1.1' }) });
  try {
    const loaded = loadEnvironment({ directory, environment: String(value.environment) });
    synthesize([loaded], { sandbox: false, outDirectory: temporaryFolder() });
    return true;
  } catch (error) {
    if (error instanceof CatalogError) return false;
    throw error;
  }
}

test('whatever passes validate can be synthesized', () => {
  let built = 0;
  fc.assert(
    fc.property(catalog, (value) => {
      if (build(JSON.parse(JSON.stringify(value)))) built += 1;
    }),
    { numRuns: 300, seed: 20261129, endOnFailure: true },
  );
  // Some of what is made up is refused, as it must be; most is not.
  expect(built).toBeGreaterThan(80);
  expect(built).toBeLessThan(300);
});
