import { Cidr } from '../../model/net/cidr';
import { readGiven, resolveAnswers } from '../../scaffold/answers';
import { subnetsOf } from '../../scaffold/catalog/blocks';
import { type Answers, keyOfPath, SET_KEY_NAMES, SET_KEYS } from '../../scaffold/set-keys';

const FIRST: Answers = { region: 'us-west-2', controller: '10.0.2.15/24', public_ip: '203.0.113.20' };

describe('--set', () => {
  test.each<readonly [string, readonly string[], string]>([
    ['a key that is nearly one', ['regon=x'], '--set: unknown key "regon"; did you mean "region"?'],
    ['a key that is none', ['colour=red'], `--set: unknown key "colour"; keys: ${SET_KEY_NAMES.join(', ')}`],
    ['no value', ['region'], '--set region: must be region=VALUE, got "region"'],
    ['an empty value', ['region='], '--set region: must be region=VALUE, got "region="'],
    [
      'a key twice',
      ['region=us-west-2', 'region=us-east-1'],
      '--set region: is given twice, as "us-west-2" and as "us-east-1"; keep one',
    ],
  ])('%s', (_, texts, problem) => expect(readGiven(texts).problems).toEqual([problem]));

  test('a value may hold the sign itself', () =>
    expect(readGiven(['name=a=b'])).toEqual({ answers: { name: 'a=b' }, problems: [] }));

  test.each<readonly [keyof typeof SET_KEYS, string, string]>([
    [
      'environment',
      'Prod',
      'must be a name of a small letter and up to 15 small letters and digits, got "Prod"',
    ],
    ['provider', 'gcp', 'must be aws or azure, got "gcp"'],
    ['region', 'uswest', 'must be an AWS region like ap-northeast-1, got "uswest"'],
    [
      'controller',
      '10.0.2.15',
      'must be an IPv4 address with a prefix length like 10.0.2.15/24, got "10.0.2.15"; did you mean "10.0.2.15/32"?',
    ],
    ['public_ip', '203.0.113.999', 'must be an IPv4 address, got "203.0.113.999"'],
    [
      'subnets',
      '10.0.2.0/24,10.0.3.1/24',
      'must be a network address (no host bits set), got "10.0.3.1/24"; did you mean "10.0.3.0/24"?',
    ],
    [
      'network',
      '172.30.0.0',
      'must be an IPv4 CIDR like 172.30.0.0/16, got "172.30.0.0"; did you mean "172.30.0.0/32"?',
    ],
    ['asn', '0', 'must be an ASN from 1 to 4294967294, got "0"'],
    ['routing', 'ospf', 'must be static or bgp, got "ospf"'],
    ['daemon', 'racoon', 'must be libreswan or strongswan, got "racoon"'],
    [
      'state_bucket',
      'A_b',
      'must be the name of a bucket of 3 to 63 small letters, digits, . and -, got "A_b"',
    ],
    ['name', '../x', 'must be a name of small letters, digits, . _ and -, up to 64, got "../x"'],
    [
      'package',
      'x; rm',
      'must be a version, or where npm finds the package, like file:kakehashi-0.1.0.tgz, got "x; rm"',
    ],
    ['terraform', '1.11', 'must be a version like 1.11.4, got "1.11"'],
    ['branch', "m'", 'must be the name of a branch of letters, digits, . _ / and -, got "m\'"'],
    ['aws_role', 'kakehashi', 'must be the ARN of an IAM role, got "kakehashi"'],
    ['azure_client_id', '123', 'must be an id like 12345678-1234-9876-4563-123456789012, got "123"'],
  ])('%s=%s is refused', (key, value, message) => {
    const { problems } = resolveAnswers({ ...FIRST, [key]: value }, { examples: false });
    expect(problems).toContain(`--set ${key}: ${message}`);
  });

  test('every key says what it is, and a question has a default', () => {
    for (const { description, question, value } of Object.values(SET_KEYS)) {
      expect(description).toMatch(/^\S.{10,}$/);
      expect(question === undefined || value !== undefined).toBe(true);
    }
    expect(
      Object.values(SET_KEYS).filter(({ question }) => question !== undefined).length,
    ).toBeLessThanOrEqual(6);
  });

  test.each<readonly [Answers, string]>([
    [{ state_bucket: 'states', state_account: 'states' }, 'must not stand beside state_bucket'],
    [{ state_region: 'us-west-2' }, 'needs state_bucket'],
    [{ state_container: 'states' }, 'needs state_account'],
    [
      { azure_client_id: '12345678-1234-9876-4563-123456789012' },
      'add --set azure_tenant_id=ID --set azure_subscription_id=ID',
    ],
    [
      { provider: 'azure', region: 'japaneast', state_bucket: 'states' },
      'the region of the bucket is not known',
    ],
  ])('what must hold between values: %j', (more, message) => {
    const { problems } = resolveAnswers({ ...FIRST, ...more }, { examples: false });
    expect(problems).toEqual([expect.stringContaining(message)]);
  });
});

test('what has no default that could be right is missing, unless examples are wanted', () => {
  expect(resolveAnswers({}, { examples: false }).missing).toEqual(['region', 'controller', 'public_ip']);
  expect(resolveAnswers({}, { examples: true })).toMatchObject({ missing: [], problems: [] });
  expect(resolveAnswers(FIRST, { examples: false }).answers).toMatchObject({
    environment: 'dev',
    provider: 'aws',
    subnets: '10.0.2.0/24',
    network: '172.30.0.0/16',
  });
});

test('the block of the first network is one that the site does not use', () => {
  const site = { ...FIRST, subnets: '10.0.2.0/24,172.16.0.0/12' };
  expect(resolveAnswers(site, { examples: false }).answers.network).toBe('10.130.0.0/16');
});

test('with --from, keys of a first network are refused, and a site is whole or absent', () => {
  const wanted = { taken: true, examples: false };
  expect(resolveAnswers({ region: 'us-west-2' }, wanted).problems).toEqual([
    '--set region: is of a first network, and with --from the entries are those of the file; remove it',
  ]);
  expect(resolveAnswers({}, wanted)).toMatchObject({ problems: [], missing: [] });
  expect(resolveAnswers({ asn: '65000' }, wanted).missing).toEqual(['controller', 'public_ip']);
});

test.each([8, 12, 16, 20, 24, 26])('a block of /%i is cut into parts that do not overlap', (length) => {
  const block = Cidr.parse(`${length < 16 ? '10' : '172'}.${length < 16 ? 0 : 30}.0.0/${length}`);
  const { publicSubnet, nodes } = subnetsOf(block);
  const parts = [publicSubnet, nodes].map(Cidr.parse);
  for (const part of parts) expect(block.contains(part)).toBe(true);
  expect(parts[0]?.overlaps(parts[1] as Cidr)).toBe(false);
});

test.each([
  ['site.controller', 'controller'],
  ['aws.default.create.vpc_cidr', 'network'],
  ['azure.default.azure_location', 'region'],
  ['site.subnets[1]', 'subnets'],
  ['onpremises', undefined],
])('%s is of %s', (path, key) => expect(keyOfPath(path)).toBe(key));
