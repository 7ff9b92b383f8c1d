import { cryptoProfileOptions } from '../../../../model/clouds/aws/crypto-options';
import type { CryptoProfile } from '../../../../model/tunnel/crypto-profiles';
import { awsValueWords } from '../../../../scripts/kinds/aws/value-words';
import type { Attributes, ScrubbedChange } from '../../../../terraform/plan/scrub';

function changeOf(
  type: string,
  actions: readonly string[],
  before: Attributes,
  after: Attributes,
): ScrubbedChange {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  const changed = names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
  return { address: `${type}.X`, type, actions, replacedBy: [], before, after, changed };
}

/** The attributes of a connection whose tunnels have these profiles. */
function connection(first: CryptoProfile, second = first): Attributes {
  return Object.assign(
    { tunnel1_inside_cidr: '169.254.100.0/30', tunnel2_inside_cidr: '169.254.100.4/30' },
    ...[first, second].map((profile, index) =>
      Object.fromEntries(
        Object.entries(cryptoProfileOptions(profile)).map(([option, value]) => [
          `tunnel${index + 1}_${option.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)}`,
          value,
        ]),
      ),
    ),
  );
}
const wordsOf = (before: Attributes, after: Attributes) =>
  awsValueWords(changeOf('aws_vpn_connection', ['update'], before, after))?.words;

describe('the cryptography of a connection', () => {
  test.each([
    ['compatible', 'modern', 'crypto compatible → modern (AES256/DH14 → AES256-GCM/DH20), both tunnels'],
    ['modern', 'compatible', 'crypto modern → compatible (AES256-GCM/DH20 → AES256/DH14), both tunnels'],
    ['seed', 'modern', "crypto seed → modern (AWS's default proposals → AES256-GCM/DH20), both tunnels"],
  ] as const)('%s → %s is one line', (before, after, line) => {
    expect(wordsOf(connection(before), connection(after))).toEqual([line]);
  });

  test('of one tunnel is named by its inside CIDR', () => {
    expect(wordsOf(connection('compatible'), connection('compatible', 'modern'))).toEqual([
      'crypto compatible → modern (AES256/DH14 → AES256-GCM/DH20), tunnel 169.254.100.4/30',
    ]);
  });

  test('with options of its own says which', () => {
    const own = { ...connection('modern'), tunnel1_phase1_dh_group_numbers: [21, 20] };
    expect(wordsOf(connection('modern'), own)).toEqual([
      'crypto modern → with options of its own (AES256-GCM/DH20 → AES256-GCM/DH20+DH21), tunnel 169.254.100.0/30',
    ]);
  });

  test('tells all attributes that it stands for, and says nothing where none changes', () => {
    const change = changeOf('aws_vpn_connection', ['update'], connection('compatible'), connection('modern'));
    const told = change.changed.filter((name) => /phase[12]_(encryption|integrity|dh)/.test(name));
    expect([...(awsValueWords(change)?.told ?? [])].sort()).toEqual([...told].sort());
    expect(told).toHaveLength(12);
    expect(wordsOf(connection('modern'), connection('modern'))).toBeUndefined();
  });
});

describe('a rule of a security group', () => {
  const RULE = 'aws_vpc_security_group_ingress_rule';
  const tcp = { ip_protocol: 'tcp', from_port: 22, to_port: 22, cidr_ipv4: '10.0.2.0/24' };
  const added = (rule: Attributes, type = RULE) => awsValueWords(changeOf(type, ['create'], {}, rule))?.words;

  test.each([
    [tcp, 'tcp 22 from 10.0.2.0/24'],
    [{ ...tcp, to_port: 25 }, 'tcp 22-25 from 10.0.2.0/24'],
    [{ ip_protocol: '-1', cidr_ipv6: '::/0' }, 'everything from ::/0'],
    [
      { ip_protocol: 'icmp', from_port: 8, to_port: -1, cidr_ipv4: '10.0.0.0/8' },
      'icmp type 8 from 10.0.0.0/8',
    ],
    [
      { ip_protocol: 'icmp', from_port: 3, to_port: 4, cidr_ipv4: '10.0.0.0/8' },
      'icmp type 3 code 4 from 10.0.0.0/8',
    ],
    [{ ip_protocol: 'icmp', from_port: -1, to_port: -1, cidr_ipv4: '10.0.0.0/8' }, 'icmp from 10.0.0.0/8'],
    [{ ip_protocol: '50', cidr_ipv4: '10.0.0.0/8' }, '50 from 10.0.0.0/8'],
    [{ ...tcp, cidr_ipv4: null, prefix_list_id: 'pl-1' }, 'tcp 22 from pl-1'],
    [
      { ...tcp, cidr_ipv4: null, security_group_id: 'sg-1', referenced_security_group_id: 'sg-1' },
      'tcp 22 from its own group',
    ],
    [
      { ...tcp, cidr_ipv4: null, security_group_id: 'sg-1', referenced_security_group_id: 'sg-2' },
      'tcp 22 from sg-2',
    ],
  ])('%j is %s', (rule, words) => {
    expect(added(rule)).toEqual([words]);
  });

  test('to somewhere is one of egress, and an update has both', () => {
    expect(added(tcp, 'aws_vpc_security_group_egress_rule')).toEqual(['tcp 22 to 10.0.2.0/24']);
    const update = changeOf(RULE, ['update'], tcp, { ...tcp, cidr_ipv4: '10.0.9.0/24' });
    expect(awsValueWords(update)?.words).toEqual(['tcp 22 from 10.0.2.0/24 → tcp 22 from 10.0.9.0/24']);
    const described = changeOf(RULE, ['update'], { ...tcp, description: 'a' }, { ...tcp, description: 'b' });
    expect(awsValueWords(described)).toMatchObject({ words: ['tcp 22 from 10.0.2.0/24'] });
  });

  test('only has words of its own', () => {
    expect(awsValueWords(changeOf('aws_vpc', ['update'], {}, { tags: {} }))).toBeUndefined();
  });
});
