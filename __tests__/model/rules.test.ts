import { checkIngressRule } from '../../model/clouds/aws/rule-description';
import { Cidr } from '../../model/net/cidr';
import { Peer } from '../../model/net/peer';
import { Port } from '../../model/net/port';
import { PORT_PROFILES, profileRules } from '../../model/net/port-profiles';
import { type Protocol, parseIcmpType, parseProtocol } from '../../model/net/protocol';
import { distinctRules, type Rule, ruleKey } from '../../model/net/rule';
import { ValueError } from '../../model/value-error';

describe('a port', () => {
  test.each([
    ['22', 'tcp-22'],
    ['8000-8010', 'tcp-8000-8010'],
    ['0-65535', 'tcp-0-65535'],
  ])('reads %s', (text, key) => {
    expect(Port.parse('tcp', text).key).toBe(key);
  });

  test.each([
    ['65536', 'must be ports from 0 to 65535, got "65536"'],
    ['10-9', 'must be a range from low to high, got "10-9"; did you mean "9-10"?'],
    ['ssh', `must be a port or a range of ports like '22' or '8000-8010', got "ssh"`],
    ['-1', `must be a port or a range of ports like '22' or '8000-8010', got "-1"`],
    ['1-2-3', `must be a port or a range of ports like '22' or '8000-8010', got "1-2-3"`],
  ])('rejects %s', (text, message) => {
    expect(() => Port.parse('udp', text)).toThrow(message);
  });

  test('of ICMP has a type and a code', () => {
    expect(Port.icmp().key).toBe('icmp-any-any');
    expect(Port.icmpFragmentationNeeded().key).toBe('icmp-3-4');
    expect(() => Port.icmp(256)).toThrow('must be an ICMP type and code from -1 to 255, got "256/-1"');
    expect(Port.all().key).toBe('all');
  });
});

describe('a protocol', () => {
  test.each<[string | number, Protocol]>([
    ['tcp', 'tcp'],
    ['6', 'tcp'],
    [17, 'udp'],
    ['1', 'icmp'],
    ['all', 'all'],
    ['-1', 'all'],
    [-1, 'all'],
    ['esp', 50],
    ['50', 50],
    [50, 50],
    ['ah', 51],
    [0, 0],
    ['255', 255],
  ])('%j is %j', (given, protocol) => {
    expect(parseProtocol(given)).toBe(protocol);
  });

  test.each(['', '256', '050', '-2', 'TCP', 'icmpv6', '58', 'toString', '1.5'])('%j is none', (given) => {
    expect(() => parseProtocol(given)).toThrow(ValueError);
  });

  test('without ports is named by its number in a resource address', () => {
    expect(Port.ofProtocol(50).key).toBe('protocol-50');
    expect(() => Port.ofProtocol(6)).toThrow('tcp has a factory of its own');
  });

  test.each([
    ['echo-request', 8],
    ['destination-unreachable', 3],
  ])('the message %s is of type %i', (name, type) => {
    expect(parseIcmpType(name)).toBe(type);
  });

  test.each(['ping', 'constructor', ''])('there is no message %j', (name) => {
    expect(() => parseIcmpType(name)).toThrow(
      'must be an ICMP type from -1 to 255, or its name like echo-request',
    );
  });
});

describe('a peer', () => {
  test('1.11.0.0 and 11.1.0.0 have different keys', () => {
    expect(Peer.ipv4('1.11.0.0/16').key).toBe('1_11_0_0-16');
    expect(Peer.ipv4('11.1.0.0/16').key).toBe('11_1_0_0-16');
    expect(Peer.self().key).toBe('self');
  });

  test.each([
    ['0.0.0.0/0', true],
    ['128.0.0.0/1', true],
    ['64.0.0.0/2', false],
  ])('%s is everybody: %p', (cidr, isPublic) => {
    expect(Peer.ipv4(cidr).isPublic).toBe(isPublic);
  });
});

describe('a peer that only Terraform knows', () => {
  const token = '${TfToken[TOKEN.7]}';

  test('has the key that it is given, and is not taken for everybody', () => {
    const peer = Peer.ipv4(token, 'office');
    expect([peer.kind, peer.key, peer.value, peer.cidr, peer.isPublic]).toEqual([
      'ipv4',
      'office',
      token,
      undefined,
      false,
    ]);
    expect(Peer.prefixList(token, 's3').key).toBe('s3');
    expect(Peer.securityGroup(token, 'bastion').key).toBe('bastion');
  });

  test.each([() => Peer.ipv4(token), () => Peer.prefixList(token), () => Peer.securityGroup(token)])(
    'needs a key',
    (make) => {
      expect(make).toThrow(
        'must be given with a key that names the rule in its resource address, got "${TfToken[TOKEN.7]}"; only Terraform knows the value',
      );
    },
  );

  test.each(['', 'a b', 'a.b', 'self', token, 'x'.repeat(65)])('refuses the key %j', (key) => {
    expect(() => Peer.ipv4(token, key)).toThrow(
      `must be a key of 1 to 64 characters of A-Z a-z 0-9 _ - other than self, got ${JSON.stringify(key)}`,
    );
  });

  test('an id that is known names the rule by itself', () => {
    expect(Peer.prefixList('pl-63a5400a').key).toBe('pl-63a5400a');
    expect(Peer.securityGroup('sg-1', 'bastion').key).toBe('bastion');
    expect(() => Peer.securityGroup('123456789012/sg-1')).toThrow('must be an id without other characters');
    expect(Peer.securityGroup('123456789012/sg-1', 'theirs').value).toBe('123456789012/sg-1');
  });

  test('equals only what has its kind and value', () => {
    expect(Peer.ipv4(token, 'a').equals(Peer.ipv4(token, 'b'))).toBe(true);
    expect(Peer.prefixList('x-1').equals(Peer.securityGroup('x-1'))).toBe(false);
    expect(Peer.self().equals(Peer.self())).toBe(true);
    expect(Peer.ipv4('10.0.0.0/8').equals(Peer.ipv4('10.0.0.0/9'))).toBe(false);
  });
});

describe('an ingress rule', () => {
  const rule = (peer: Peer, more: Partial<Rule> = {}): Rule => ({
    port: Port.tcp(443),
    peer,
    description: 'API',
    ...more,
  });

  test('from everybody needs a reason', () => {
    expect(() => checkIngressRule(rule(Peer.anyIpv4()))).toThrow(
      'must be a restricted source, or carry the reason why everybody may come in, got "tcp-443 from 0.0.0.0/0"; name the networks that need it, or write allow_public: "reason"',
    );
    expect(() => checkIngressRule(rule(Peer.anyIpv4(), { allowPublic: ' ' }))).toThrow(
      'must be a restricted source',
    );
    expect(() => checkIngressRule(rule(Peer.anyIpv4(), { allowPublic: 'a public API' }))).not.toThrow();
    expect(() => checkIngressRule(rule(Peer.ipv4('10.0.0.0/8')))).not.toThrow();
  });

  test('has a description that AWS takes', () => {
    const long = 'x'.repeat(255);
    expect(() => checkIngressRule(rule(Peer.self(), { description: long }))).not.toThrow();
    expect(() => checkIngressRule(rule(Peer.self(), { description: `${long}x` }))).toThrow(
      'at most 255 characters',
    );
    expect(() => checkIngressRule(rule(Peer.self(), { description: 'naïve' }))).toThrow('got "naïve"');
  });

  test('is known by what it allows; the first description of two wins', () => {
    const [first, second] = [rule(Peer.self()), rule(Peer.self(), { description: 'again' })];
    expect(distinctRules([first, second, rule(Peer.ipv4('10.0.0.0/8'))])).toHaveLength(2);
    expect(distinctRules([first, second])[0]?.description).toBe('API');
    expect(ruleKey(first, 'from')).toBe('tcp-443-from-self');
  });
});

describe('port profiles', () => {
  const site = [Cidr.parse('10.0.2.0/24')];
  const mesh = [Cidr.parse('172.29.0.0/16')];
  const keys = (profile: (typeof PORT_PROFILES)[number], more = {}): readonly string[] =>
    profileRules(profile, { site, ...more }).map((rule) => ruleKey(rule, 'from'));

  test('take a peer where a network is not known', () => {
    const rules = profileRules('jupyter', { site: [Peer.prefixList('pl-1', 'offices')], mesh });
    expect(ruleKey(rules[0] as Rule)).toBe('tcp-8888-from-offices');
  });

  test.each(PORT_PROFILES)('%s allows nothing twice, and only what the rules allow', (profile) => {
    const rules = profileRules(profile, { site, mesh });
    expect(distinctRules(rules)).toHaveLength(rules.length);
    for (const rule of rules) expect(() => checkIngressRule(rule)).not.toThrow();
  });

  test('vc-node opens what the manual lists, and Docker for the site alone', () => {
    expect(keys('vc-node')).toEqual([
      'tcp-22-from-10_0_2_0-24',
      'tcp-22-from-self',
      'tcp-20022-from-10_0_2_0-24',
      'tcp-2375-from-10_0_2_0-24',
      'tcp-18083-from-10_0_2_0-24',
      'tcp-9445-from-10_0_2_0-24',
      'udp-5353-from-self',
      'tcp-7947-from-10_0_2_0-24',
      'tcp-7947-from-self',
      'udp-7947-from-10_0_2_0-24',
      'udp-7947-from-self',
      'tcp-7373-from-10_0_2_0-24',
      'icmp-8-any-from-10_0_2_0-24',
      'icmp-3-4-from-10_0_2_0-24',
    ]);
  });

  test('Serf and HTCondor reach the other networks of a mesh', () => {
    const added = (profile: (typeof PORT_PROFILES)[number]) =>
      keys(profile, { mesh }).filter((key) => key.includes('172_29'));
    expect(added('vc-node')).toEqual(['tcp-7947-from-172_29_0_0-16', 'udp-7947-from-172_29_0_0-16']);
    expect(added('htcondor')).toEqual(['tcp-9618-from-172_29_0_0-16']);
  });

  test('open-site is what aws_vpn.tf allows', () => {
    expect(keys('open-site')).toEqual(['all-from-self', 'all-from-10_0_2_0-24']);
  });
});
