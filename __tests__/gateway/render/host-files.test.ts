import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { renderGateway, renderPlannedGateway } from '../../../gateway/render/host-files';
import type { GatewayConnection } from '../../../model/gateway/host';
import { GatewayKey } from '../../../model/gateway/key';
import { Pending } from '../../../model/net/address';
import { Cidr } from '../../../model/net/cidr';
import { AZURE_HOSTS, OTHER_AZURE, type SampleAzure, sampleAzure } from '../sample-azure';
import {
  COMBINATIONS,
  type Combination,
  combinationHost,
  combinationName,
  SAMPLE_KEYS,
  sampleConnection,
  sampleHost,
  sampleKey,
} from '../sample-host';

const GOLDEN = join(__dirname, '../golden');

/** The files with their modes, one below the other; what is the same everywhere is in a golden file of its own. */
function printed(host: Parameters<typeof renderGateway>[0], isWanted: (path: string) => boolean): string {
  return renderGateway(host)
    .filter(({ path }) => isWanted(path))
    .map(({ path, mode, text }) => `=== ${path} ${mode.toString(8)}\n${text}`)
    .join('');
}

const isFixed = (path: string): boolean => path.startsWith('usr/') || path.startsWith('etc/systemd/');

/** Compares with a file beside the test; `UPDATE_GOLDEN=1` writes it anew, to be read in the diff. */
function expectGolden(name: string, text: string): void {
  const file = join(GOLDEN, `${name}.golden.txt`);
  if (process.env.UPDATE_GOLDEN === '1') {
    mkdirSync(GOLDEN, { recursive: true });
    writeFileSync(file, text);
  }
  expect(text).toBe(readFileSync(file, 'utf8'));
}

describe('golden files', () => {
  it.each(COMBINATIONS.map((combination) => [combinationName(combination), combination] as const))(
    '%s',
    (name, combination) => {
      expectGolden(
        name,
        printed(combinationHost(combination), (path) => !isFixed(path)),
      );
    },
  );

  it('programs and units', () => {
    const key = (): GatewayKey => GatewayKey.referenceTo('vault://secret/vpn/dev');
    expectGolden('programs', printed(sampleHost({}, [sampleConnection({ key })]), isFixed));
  });

  it.each(Object.entries(AZURE_HOSTS))('%s', (name, host) => {
    expectGolden(
      name,
      printed(host, (path) => !isFixed(path)),
    );
  });

  it('programs for tunnels without a subnet, for peers beyond them and for clouds that answer no pings', () => {
    const connections = [
      sampleAzure({ peers: ['172.21.255.4', '172.21.255.5'], key: 'vault://secret/vpn/dev' }),
      sampleAzure({ ...OTHER_AZURE, routing: 'static' }),
    ];
    expectGolden('azure-programs', printed(sampleHost({}, connections), isFixed));
  });

  it('has none that no combination has', () => {
    const known = [...COMBINATIONS.map(combinationName), ...Object.keys(AZURE_HOSTS)];
    const names = [...known, 'programs', 'azure-programs'].map((name) => `${name}.golden.txt`);
    expect(readdirSync(GOLDEN).sort()).toEqual(names.sort());
  });
});

const two = COMBINATIONS.filter(({ crypto }) => crypto === 'modern');

describe.each(two.map((combination) => [combinationName(combination), combination] as const))(
  'two environments on one host: %s',
  (_, combination: Combination) => {
    const both = combinationHost(combination, 2);
    const alone = combinationHost(combination, 1);

    it('clash in no path and no name', () => {
      const files = renderGateway(both);
      expect(new Set(files.map(({ path }) => path)).size).toBe(files.length);
      const interfaces = files.flatMap(({ text }) => text.match(/^tunnel (\S+)/gm) ?? []);
      expect(new Set(interfaces).size).toBe(interfaces.length);
      for (const name of interfaces) expect(name.replace('tunnel ', '').length).toBeLessThanOrEqual(15);
    });

    it('change no line of each other', () => {
      const after = new Map(renderGateway(both).map(({ path, text }) => [path, text]));
      for (const { path, text } of renderGateway(alone)) {
        if (path === 'INSTALL.md') continue;
        const lines = new Set(after.get(path)?.split('\n'));
        expect(text.split('\n').filter((line) => !lines.has(line))).toEqual([]);
      }
    });

    it('change no line of each other where a mesh makes them known to each other', () => {
      if (combination.mode === 'policy-based') return;
      const meshed = both.connections.map((connection, index) => ({
        ...connection,
        siteNetworks: [
          ...connection.siteNetworks,
          ...(both.connections[1 - index]?.description.networks ?? []).map((text) => Cidr.parse(text)),
        ],
      }));
      const site = { ...both.site, mesh: true };
      const after = new Map(
        renderGateway({ ...both, site, connections: meshed }).map(({ path, text }) => [path, text]),
      );
      for (const { path, text } of renderGateway({ ...alone, site })) {
        if (path === 'INSTALL.md') continue;
        const lines = new Set(after.get(path)?.split('\n'));
        expect(text.split('\n').filter((line) => !lines.has(line))).toEqual([]);
      }
    });

    it('are rendered to the same bytes whatever their order', () => {
      expect(renderGateway({ ...both, connections: [...both.connections].reverse() })).toEqual(
        renderGateway(both),
      );
    });
  },
);

describe('pre-shared keys', () => {
  it.each(COMBINATIONS.map((combination) => [combinationName(combination), combination] as const))(
    'are in files of mode 0600 only: %s',
    (_, combination) => {
      const files = renderGateway(combinationHost(combination, 2));
      const holding = files.filter(({ text }) => SAMPLE_KEYS.some((key) => text.includes(key)));
      expect(holding).toHaveLength(2);
      for (const { mode } of holding) expect(mode).toBe(0o600);
    },
  );

  it('are not in the text, the JSON or the inspection of a key', () => {
    const key = sampleKey(SAMPLE_KEYS[0]);
    for (const text of [
      String(key),
      JSON.stringify({ key }),
      inspect({ key }),
      inspect(key, { showHidden: true }),
    ]) {
      expect(text).not.toContain('Planted');
    }
  });

  it('are not in the message about a bad one', () => {
    expect(() => sampleKey('0Planted-secret')).toThrow(
      'must be a pre-shared key of 8 to 64 letters, digits, dots and underscores that does not start with 0, got "15 characters, not shown"',
    );
  });

  it.each(['https://host/key', 'vault://', 'file:///etc/../shadow', 'file:///a@@b', 'vault://secret/a b'])(
    'are not referred to by %s',
    (reference) => {
      expect(() => GatewayKey.referenceTo(reference)).toThrow(
        'must be a reference like vault://secret/vpn/dev',
      );
    },
  );

  it('are placeholders that no daemon loads, where they are references', () => {
    const key = (index: number): GatewayKey => GatewayKey.referenceTo(`file:///etc/kakehashi/key${index}`);
    const files = renderGateway(sampleHost({}, [sampleConnection({ key })]));
    expect(files.map(({ path }) => path).filter((path) => path.includes('secrets'))).toEqual([
      'etc/kakehashi/kakehashi-dev-aws-default.secrets.template',
    ]);
  });
});

describe('what comes from the state', () => {
  const bad = (change: object): (() => unknown) => {
    const connection = sampleConnection();
    const [[insideCidr, tunnel] = []] = Object.entries(connection.description.tunnels);
    const tunnels = { ...connection.description.tunnels, [String(insideCidr)]: { ...tunnel, ...change } };
    const description = { ...connection.description, tunnels } as typeof connection.description;
    return () => renderGateway(sampleHost({}, [{ ...connection, description }]));
  };

  it('cannot put lines into a file that root reads', () => {
    expect(bad({ outside_address: '203.0.113.1\n\tleftupdown=/bin/evil' })).toThrow(
      'must be an IPv4 address (dev/aws/default)',
    );
  });

  it('cannot name an algorithm that is none', () => {
    const ike = [{ encryption: 'AES256;evil', integrity: 'SHA1', dh_group: 14 }];
    expect(bad({ ike })).toThrow('AWS has no encryption AES256;evil');
  });

  it.each([
    ['an environment', { environment: 'dev\nx' }, 'must be letters, digits, - and _ (dev\nx/aws/default)'],
    ['a network', { network: 'aws/a;b' }, 'must be letters, digits, - and _ (dev/aws/a;b)'],
    [
      'a network of more than a hundred letters',
      { network: `aws/${'a'.repeat(100)}` },
      'must be letters, digits',
    ],
  ])('cannot give %s a name that is not one word', (_, change, message) => {
    const host = sampleHost({}, [{ ...sampleConnection(), ...change }]);
    expect(() => renderGateway(host)).toThrow(message);
  });

  it.each([0, 23456, 4294967295, Number.NaN])('cannot give the cloud the ASN %p', (asn) => {
    const connection = sampleConnection({ routing: 'bgp' });
    const description = { ...connection.description, cloud_asn: asn };
    expect(() => renderGateway(sampleHost({}, [{ ...connection, description }]))).toThrow(
      `must be an autonomous system number from 1 to 4294967294 that is not reserved (dev/aws/default), got "${asn}"`,
    );
  });

  const badAzure = (change: object): (() => unknown) => {
    const connection = sampleAzure();
    const { tunnels } = connection.description;
    const key = '169.254.21.3/32';
    const changed = { ...tunnels, [key]: { ...tunnels[key], ...change } } as typeof tunnels;
    const description = { ...connection.description, tunnels: changed };
    return () => renderGateway(sampleHost({}, [{ ...connection, description }]));
  };

  it.each([
    [
      { cloud_inside_address: '169.254.21.2' },
      'must be an address of 169.254.21.3/32 (dev/azure/default), got "169.254.21.2"',
    ],
    [
      { site_inside_address: '169.254.21.9' },
      'must be an address of 169.254.21.0/29 (dev/azure/default), got "169.254.21.9"',
    ],
    [
      { site_inside_address: '169.254.21.3' },
      'must be another inside address of the site than the cloud\'s (dev/azure/default), got "169.254.21.3"',
    ],
    [{ site_inside_address: '169.254.21.1 evil' }, 'must be an IPv4 address (dev/azure/default)'],
    [
      { bgp_peering: { cloud_address: '8.8.8.8', site_address: '10.0.2.15' } },
      'must be a BGP peer in 172.21.0.0/16 (dev/azure/default), got "8.8.8.8"',
    ],
    [
      { bgp_peering: { cloud_address: '172.21.255.4', site_address: '192.0.2.1' } },
      'must be a BGP peer in 10.0.2.0/24 (dev/azure/default), got "192.0.2.1"',
    ],
    [
      { bgp_peering: { cloud_address: '172.21.255.4\n evil', site_address: '10.0.2.15' } },
      'must be an IPv4 address (dev/azure/default)',
    ],
  ])('cannot route other hosts into a tunnel: %j', (change, message) => {
    expect(badAzure(change)).toThrow(message);
  });

  it('may not know the BGP peers yet in files that are only shown', () => {
    const connection = sampleAzure({ peers: ['172.21.255.4', '172.21.255.5'] });
    const tunnels = Object.fromEntries(
      Object.entries(connection.description.tunnels).map(([key, tunnel]) => [
        key,
        { ...tunnel, bgp_peering: { cloud_address: new Pending(), site_address: '10.0.2.15' } },
      ]),
    );
    const description = { ...connection.description, tunnels };
    const host = { ...sampleHost(), connections: [{ ...connection, description }] };
    const files = renderPlannedGateway(host);
    expect(files.every(({ pending }) => pending)).toBe(true);
    expect(files.find(({ path }) => path === 'etc/frr/frr.conf')?.text).toContain(
      ' neighbor (known after apply) update-source 10.0.2.15\n',
    );
  });

  it('must have a key and an interface number for every tunnel', () => {
    const connection = sampleConnection();
    expect(() => renderGateway(sampleHost({}, [{ ...connection, keys: {} }]))).toThrow(
      'must be a pre-shared key for 169.254.100.0/30 (dev/aws/default), got "none"',
    );
    expect(() => renderGateway(sampleHost({}, [{ ...connection, interfaces: {} }]))).toThrow(
      'must be an interface number from 1 to 9999 for 169.254.100.0/30 (dev/aws/default), got "undefined"',
    );
  });
});

describe('connections that clash', () => {
  it('are all named', () => {
    const again = sampleConnection({ environment: 'prod', cloudNetwork: '172.30.128.0/17' });
    expect(() => renderGateway(sampleHost({}, [sampleConnection(), again]))).toThrow(
      [
        "prod/aws/default: interface number 1 is dev/aws/default's already",
        "prod/aws/default: interface number 2 is dev/aws/default's already",
        "prod/aws/default: inside CIDR 169.254.100.0/30 is dev/aws/default's already",
        "prod/aws/default: inside CIDR 169.254.100.4/30 is dev/aws/default's already",
        "prod/aws/default: outside address 203.0.113.1 is dev/aws/default's already",
        "prod/aws/default: outside address 203.0.113.2 is dev/aws/default's already",
        'prod/aws/default: 172.30.128.0/17 overlaps 172.30.0.0/16 of dev/aws/default',
      ].join('\n'),
    );
  });

  it('are told where two have one inside CIDR, also with a tunnel each', () => {
    const tunnelOf = (sample: SampleAzure, index: number): GatewayConnection => {
      const connection = sampleAzure(sample);
      const tunnel = Object.entries(connection.description.tunnels).slice(index, index + 1);
      return {
        ...connection,
        description: { ...connection.description, tunnels: Object.fromEntries(tunnel) },
      };
    };
    const other = { ...OTHER_AZURE, block: '169.254.21.0/29' };
    expect(() => renderGateway(sampleHost({}, [tunnelOf({}, 0), tunnelOf(other, 1)]))).toThrow(
      'prod/azure/osaka: inside CIDR 169.254.21.0/29 overlaps 169.254.21.0/29 of dev/azure/default',
    );
  });

  it('are refused with the same ASN on both sides', () => {
    const host = sampleHost({}, [sampleConnection({ routing: 'bgp' })]);
    expect(() => renderGateway({ ...host, site: { ...host.site, asn: 64512 } })).toThrow(
      "dev/aws/default: the site's ASN and the cloud's must differ, got 64512 on both sides",
    );
  });

  it('may have the same ASN on both sides with static routing, which uses none', () => {
    const host = sampleHost({}, [sampleConnection()]);
    const render = () => renderGateway({ ...host, site: { ...host.site, asn: 64512 } });
    expect(render().length).toBeGreaterThan(0);
  });

  it.each([
    ['libreswan', 5],
    ['strongswan', 5],
  ] as const)('are refused a VTI on %s %i', (daemon, version) => {
    expect(() => renderGateway(sampleHost({ daemon, version, kind: 'vti' }))).toThrow(
      `gateway: ${daemon} ${version} is rendered with xfrm interfaces, got vti`,
    );
  });
});
