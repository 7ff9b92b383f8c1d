import { ruleKey } from '../../model/net/rule';
import { awsNetworks, changed, textsOf, tryLoad } from './folder-of';

const network = (...changes: (readonly [string, string])[]) => {
  const { loaded, problems } = tryLoad({ 'dev.yml': changed(...changes) });
  expect(problems).toEqual([]);
  return awsNetworks(loaded)[0];
};
const rules = (ingress: string): readonly string[] =>
  (network(['ingress: vc-node', `ingress: ${ingress}`])?.ingress ?? []).map((rule) => ruleKey(rule, 'from'));

describe('an entry with create', () => {
  test('has the defaults of the format', () => {
    const one = network(['      ingress: vc-node\n', ''], ['      vpn: {}\n', '']);
    expect(one).toMatchObject({
      key: 'aws/default',
      egress: 'nat',
      flowLogs: false,
      tags: {},
      region: 'ap-northeast-1',
    });
    expect(one?.ingress).toHaveLength(14);
    expect(one?.vpn).toMatchObject({
      routing: 'static',
      mode: 'route-based',
      crypto: 'modern',
      cloudAsn: 64512,
      presharedKeyStorage: 'Standard',
      logs: { format: 'json', retentionDays: 90, bgp: false },
    });
  });

  test('has its own subnet first, then those within it, by name', () => {
    const third =
      '  a_third:\n    private_network_ipmask: 172.30.4.0/24\n    ntp_servers: [ntp.nict.jp]\n    create: { within: default, spot: true }\n';
    const one = network(['  second:', `${third}  second:`]);
    expect(one?.subnets.map(({ entry, cidr, spot, extra }) => [entry, String(cidr), spot, extra])).toEqual([
      ['default', '172.30.2.0/24', false, {}],
      ['a_third', '172.30.4.0/24', true, { ntp_servers: ['ntp.nict.jp'] }],
      ['second', '172.30.3.0/24', false, {}],
    ]);
  });

  const THIRD =
    '  third:\n    aws_availability_zone: ap-northeast-1d\n    private_network_ipmask: 172.30.4.0/24\n    create: { within: default }\n';
  const ZONE_C = ['  second:\n', '  second:\n    aws_availability_zone: ap-northeast-1c\n'] as const;
  const WITHOUT_SECOND = [
    '  second:\n    private_network_ipmask: 172.30.3.0/24\n    create: { within: default }\n',
    '',
  ] as const;
  test.each<[string, readonly (readonly [string, string])[], readonly object[]]>([
    [
      'of the first two zones',
      [ZONE_C, ['  adopted:', `${THIRD}  adopted:`]],
      [{ entry: 'default' }, { entry: 'second' }],
    ],
    ['of a zone and one that is left open', [], [{ entry: 'default' }, { entry: 'second' }]],
    [
      'of two zones before one that is left open',
      [['  adopted:', `${THIRD}  adopted:`]],
      [{ entry: 'default' }, { entry: 'third' }],
    ],
    [
      'that is alone, with its last addresses',
      [WITHOUT_SECOND],
      [
        { entry: 'default', address: '172.30.2.253' },
        { entry: 'default', address: '172.30.2.254' },
      ],
    ],
  ])('resolvers of the site are asked from subnets %s', (_name, changes, interfaces) => {
    const keys = ['ingress: vc-node', 'dns: { forward: { corp.example.org: [10.0.2.53] } }'] as const;
    const { loaded } = tryLoad({ 'dev.yml': changed(keys, ...changes) });
    const [one] = awsNetworks(loaded);
    expect(one?.forwarding).toEqual({ resolvers: { 'corp.example.org': ['10.0.2.53'] }, interfaces });
  });

  test.each([
    ['forward: { a.org: [10.0.2.53] }', undefined],
    ['forward: {}', undefined],
    ['', { nameServers: [], ntpServers: [] }],
    ['search: b.org, forward: { a.org: [10.0.2.53] }', { nameServers: [], domain: 'b.org', ntpServers: [] }],
  ])('dns: { %s } has DHCP options where they say more than that', (keys, dhcp) => {
    expect(network(['ingress: vc-node', `dns: { ${keys} }`])?.dhcp).toEqual(dhcp);
  });

  test('vpn: none has no VPN, takes no allocation and needs no site', () => {
    const text = changed(['vpn: {}', 'vpn: none'], [/site:[\s\S]*?(?=aws:)/.exec(changed())?.[0] ?? '', '']);
    const { loaded, problems } = tryLoad({ 'dev.yml': text.replace('ingress: vc-node', 'ingress: jupyter') });
    expect(problems).toEqual([]);
    expect(loaded?.catalog.networks[0]?.vpn).toBeUndefined();
    expect(loaded?.allocations.size).toBe(0);
  });

  test('logs: none has no logs', () => {
    expect(network(['vpn: {}', 'vpn: { logs: none }'])?.vpn?.logs).toBeUndefined();
  });

  test('options of both tunnels and of one are laid over the profile', () => {
    const vpn = network([
      'vpn: {}',
      'vpn: { crypto: compatible, tunnel_options: { dpd_timeout_seconds: 45 }, tunnels: [{ inside_cidr: 169.254.9.0/30 }, { dpd_timeout_seconds: 60 }] }',
    ])?.vpn;
    expect(
      vpn?.tunnels.map(({ insideCidr, dpdTimeoutSeconds }) => [insideCidr?.toString(), dpdTimeoutSeconds]),
    ).toEqual([
      ['169.254.9.0/30', 45],
      [undefined, 60],
    ]);
    expect(vpn?.tunnels[0].phase1DhGroupNumbers).toEqual([14]);
  });

  test('a local zone belongs to its region', () => {
    expect(network(['ap-northeast-1a', 'ap-northeast-1-tpe-1a'])?.subnets[0].zone).toBe(
      'ap-northeast-1-tpe-1a',
    );
  });

  test('the edges of sizes are accepted', () => {
    const one = network(['172.30.2.0/24', '172.30.2.0/28'], ['172.30.1.0/24', '172.30.128.0/17']);
    expect(one?.subnets[0].cidr.toString()).toBe('172.30.2.0/28');
  });
});

describe('ingress', () => {
  test('reads ports as texts and numbers, and every kind of source', () => {
    expect(
      rules(
        "[{ protocol: tcp, ports: 22, from: [site, self, 192.0.2.0/24] }, { protocol: udp, ports: '8000-8010', from: self }]",
      ),
    ).toEqual([
      'tcp-22-from-10_0_2_0-24',
      'tcp-22-from-self',
      'tcp-22-from-192_0_2_0-24',
      'udp-8000-8010-from-self',
    ]);
  });

  test('reads ICMP types, and everything', () => {
    expect(
      rules(
        '[{ protocol: icmp, icmp_type: 8, from: site }, { protocol: icmp, from: self }, { protocol: all, from: self }]',
      ),
    ).toEqual(['icmp-8-any-from-10_0_2_0-24', 'icmp-any-any-from-self', 'all-from-self']);
  });

  test('another entry stands for its VPC, or for its subnet within one', () => {
    expect(rules('[{ protocol: tcp, ports: 22, from: [aws/default, aws/second] }]')).toEqual([
      'tcp-22-from-172_30_0_0-16',
      'tcp-22-from-172_30_3_0-24',
    ]);
  });

  test('a profile and a rule that allow the same give one rule', () => {
    const keys = rules("[{ profile: vc-node }, { protocol: tcp, ports: '22', from: site }]");
    expect(keys.filter((key) => key === 'tcp-22-from-10_0_2_0-24')).toHaveLength(1);
  });

  test('from the site needs a site', () => {
    const text = changed(
      ['vpn: {}', 'vpn: none'],
      ['ingress: vc-node', "ingress: [{ protocol: tcp, ports: '22', from: site }]"],
    );
    const { problems } = tryLoad({ 'dev.yml': text.replace(/site:[\s\S]*?(?=aws:)/, '') });
    expect(
      problems.map((problem) => {
        const { path, message } = textsOf(problem);
        return [problem.code, path, message];
      }),
    ).toEqual([
      [
        'missing-key',
        'aws.default.create.ingress[0].from',
        'key "site" is missing: the catalog has no site that could be a source',
      ],
    ]);
  });

  test('more rules than AWS takes by default get a warning', () => {
    const from = (count: number) =>
      Array.from({ length: count }, (_, index) => `192.0.2.${index}/32`).join(', ');
    const ingress = (count: number) =>
      `ingress:\n        - { protocol: tcp, ports: 22, from: [${from(30)}] }\n        - { protocol: tcp, ports: 23, from: [${from(count)}] }`;
    const codes = (count: number) =>
      tryLoad({ 'dev.yml': changed(['ingress: vc-node', ingress(count)]) }).problems.map(({ code }) => code);
    expect(codes(30)).toEqual([]);
    expect(codes(31)).toEqual(['many-rules']);
  });

  test('an empty list lets nobody in', () => {
    expect(rules('[]')).toEqual([]);
  });

  test('a reason opens a port to everybody', () => {
    expect(rules("[{ protocol: tcp, ports: '443', from: 0.0.0.0/0, allow_public: a public API }]")).toEqual([
      'tcp-443-from-0_0_0_0-0',
    ]);
  });
});

test('a text with ${ or %{ is a text like any other', () => {
  const tags = 'ingress: vc-node\n      tags: { owner: "a+b" }';
  const text = `${changed(['ingress: vc-node', tags])}own:\n  default: { a: '\${aws_vpc.x.id}', b: '%{ if true }' }\n`;
  const { loaded } = tryLoad({ 'dev.yml': text });
  expect(loaded?.catalog.adopted.at(-1)?.values).toEqual({ a: '${aws_vpc.x.id}', b: '%{ if true }' });
});

test('backend and providers are read as they are written', () => {
  const added = `backend: { type: s3, prefix: team, bucket: b, region: us-east-1, assume_role: { role_arn: 'arn:aws:iam::123456789012:role/r' } }
providers:
  aws:
    version: '~> 6.25'
    profile: lab
    assume_role: { role_arn: 'arn:aws:iam::123456789012:role/r', external_id: x, session_name: s, web_identity_token_file: /t }
    allowed_account_ids: ['012345678901']
    endpoints: { ec2: 'http://localhost:5000' }
    default_tags: { team: net work }
`;
  const { loaded, problems } = tryLoad({ 'dev.yml': changed() + added });
  expect(problems).toEqual([]);
  expect(loaded?.catalog.backend).toEqual({
    type: 's3',
    prefix: 'team',
    settings: {
      bucket: 'b',
      region: 'us-east-1',
      assume_role: { role_arn: 'arn:aws:iam::123456789012:role/r' },
    },
  });
  expect(loaded?.catalog.kinds['aws-network']?.settings).toEqual({
    version: '~> 6.25',
    skipRegionValidation: false,
    profile: 'lab',
    assumeRole: {
      roleArn: 'arn:aws:iam::123456789012:role/r',
      externalId: 'x',
      sessionName: 's',
      webIdentityTokenFile: '/t',
    },
    allowedAccountIds: ['012345678901'],
    endpoints: { ec2: 'http://localhost:5000' },
    defaultTags: { team: 'net work' },
  });
});
