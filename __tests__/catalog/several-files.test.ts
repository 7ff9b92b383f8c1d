import { rmSync, symlinkSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { listEnvironments } from '../../catalog/environment/folder';
import { loadEnvironment } from '../../catalog/load';
import { awsNetworks, changed, folderOf, GOOD, problemLines, textsOf, tryLoad } from './folder-of';

const SITE = GOOD.slice(GOOD.indexOf('site:'), GOOD.indexOf('aws:'));
const child = (text: string, base = 'base.yml'): string => `cci_version: '1.0'\nextends: ${base}\n${text}`;

/** One network of its own, for a second environment. */
const other = (options: { publicIp?: string; vpc?: string; create?: string; name?: string } = {}): string => {
  const { publicIp = '198.51.100.10', vpc = '172.29', create = '', name } = options;
  return `cci_version: '1.0'
${name === undefined ? '' : `environment: ${name}\n`}site: { controller: 10.0.2.15/24, public_ip: ${publicIp} }
aws:
  default:
    aws_region: ap-northeast-3
    private_network_ipmask: ${vpc}.2.0/24
    create: { vpc_cidr: ${vpc}.0.0/16, egress: none${create} }
`;
};

describe('extends', () => {
  test('merges several levels, the child over its bases, lists replaced, null deleting', () => {
    const { loaded, folder } = tryLoad({
      'root.yml': `${SITE}onpremises: { default: {} }\ngcp: { old: { gcp_project: p, gcp_subnetwork: s, gcp_region: r, gcp_zone: z } }\n`,
      'base.yml': 'extends: root.yml\nsite: { asn: 65001, subnets: [10.0.2.0/25] }\n',
      'dev.yml': child('site: { subnets: [10.0.2.0/24, 10.0.3.0/24] }\ngcp: { old: null }\n'),
    });
    expect(loaded?.catalog.site?.asn).toBe(65001);
    expect(loaded?.catalog.site?.subnets.map(String)).toEqual(['10.0.2.0/24', '10.0.3.0/24']);
    expect(loaded?.catalog.adopted.map(({ provider }) => provider)).toEqual(['onpremises']);
    expect(loaded?.files.map((file) => path.relative(folder, file))).toEqual([
      'dev.yml',
      'base.yml',
      'root.yml',
    ]);
  });

  test('reads a list of files, the later over the earlier', () => {
    const { loaded } = tryLoad({
      'a.yml': SITE,
      'b.yml': 'site: { asn: 65002 }\n',
      'dev.yml': child('', '[a.yml, b.yml]'),
    });
    expect(loaded?.catalog.site?.asn).toBe(65002);
  });

  test('ends lists of lists of files before they take hours', () => {
    const level = (next: string) => `extends: [${Array.from({ length: 20 }, () => next).join(', ')}]\n`;
    const files = {
      'a.yml': level('b.yml'),
      'b.yml': level('c.yml'),
      'c.yml': level('d.yml'),
      'd.yml': SITE,
    };
    const codes = tryLoad({ ...files, 'dev.yml': child('', 'a.yml') }).problems.map(({ code }) => code);
    expect(codes).toContain('too-much');
  });

  test('names the file that a value came from', () => {
    const files = {
      'base.yml': SITE.replace('198.51.100.10', '198.51.100.300'),
      'dev.yml': child('site: { ans: 1 }\n'),
    };
    expect(problemLines(files)).toEqual([
      'dev.yml:3:9-12 unknown-key site: unknown key "ans"; did you mean "asn"?',
      'base.yml:3:14-28 bad-value site.public_ip: must be an IPv4 address, got "198.51.100.300"',
    ]);
  });

  test.each([
    [
      'a circle',
      { 'base.yml': 'extends: dev.yml\n' },
      'base.yml',
      [
        'base.yml:1:10-17 extends-circle extends: files extend each other in a circle: dev.yml → base.yml → dev.yml',
      ],
    ],
    [
      'itself',
      {},
      'dev.yml',
      ['dev.yml:2:10-17 extends-circle extends: files extend each other in a circle: dev.yml → dev.yml'],
    ],
    ['a missing file', {}, 'bsae.yml', ['dev.yml:2:10-18 missing-file extends: there is no file "bsae.yml"']],
    [
      'a file outside the folder',
      {},
      '../base.yml',
      ['dev.yml:2:10-21 extends-outside extends: must be a file of the catalog\'s folder, got "../base.yml"'],
    ],
    [
      'an absolute path',
      {},
      '/etc/passwd',
      ['dev.yml:2:10-21 extends-outside extends: must be a file of the catalog\'s folder, got "/etc/passwd"'],
    ],
    [
      'a number',
      {},
      '1',
      ['dev.yml:2:10-11 wrong-type extends: must be a file or a list of files, got the number 1'],
    ],
    [
      'a map in the list',
      { 'base.yml': SITE },
      '[base.yml, {}]',
      ['dev.yml:2:21-23 wrong-type extends: must be a file or a list of files, got a map'],
    ],
    [
      'a base that is broken',
      { 'base.yml': 'a: [\n' },
      'base.yml',
      [
        'base.yml:1:4-5 syntax : the bracket [ is not closed within its indentation | write ] where it ends; its lines stand further in than its key',
      ],
    ],
  ])('refuses %s', (_, files, base, expected) => {
    expect(problemLines({ ...files, 'dev.yml': child('onpremises: { default: {} }\n', base) })).toEqual(
      expected,
    );
  });

  test('goes eight levels deep and no further', () => {
    const chain = (levels: number) =>
      Object.fromEntries(
        Array.from({ length: levels }, (_, at) => [
          `base${at + 1}.yml`,
          at + 1 === levels ? SITE : `extends: base${at + 2}.yml\n`,
        ]),
      );
    const lines = (levels: number) => problemLines({ ...chain(levels), 'dev.yml': child('', 'base1.yml') });
    expect(lines(8)).toEqual([]);
    expect(lines(9)).toEqual([
      'base8.yml:1:10-19 extends-circle extends: files must extend each other at most 8 levels deep',
    ]);
  });

  test('takes no link out of the folder, and one within it', () => {
    const outside = folderOf({ 'base.yml': SITE });
    const folder = folderOf({ 'dev.yml': child('', 'link.yml'), 'base.yml': SITE });
    const load = () => loadEnvironment({ directory: folder, environment: 'dev' });
    symlinkSync('base.yml', path.join(folder, 'link.yml'));
    expect(load().catalog.site?.asn).toBe(65000);
    rmSync(path.join(folder, 'link.yml'));
    symlinkSync(path.join(outside, 'base.yml'), path.join(folder, 'link.yml'));
    expect(load).toThrow("must be a file of the catalog's folder, got a link out of it");
  });
});

describe('environments of a folder', () => {
  test('are its .yml files but for locks and what others extend', () => {
    const folder = folderOf({
      'base.yml': SITE,
      'prod.yml': child(''),
      'b.yml': GOOD.replace("cci_version: '1.0'", "cci_version: '1.0'\nenvironment: alpha"),
      'alpha.lock.yml': 'version: 1\n',
      'notes.txt': '',
    });
    expect(listEnvironments(folder)).toEqual(['alpha', 'prod']);
    expect(loadEnvironment({ directory: folder, environment: 'alpha' }).catalog.environment).toBe('alpha');
  });

  test('a name that is none of them gets the names that there are', () => {
    expect(problemLines({ 'dev.yml': GOOD, 'prod.yml': other() }, 'prd')).toEqual([
      'no-environment : there is no environment "prd" in .; did you mean "prod"? | environments: dev, prod',
    ]);
  });

  test('a base is no environment', () => {
    expect(problemLines({ 'dev.yml': child(''), 'base.yml': SITE }, 'base')).toEqual([
      'not-an-environment : base.yml is no environment by itself: another file extends it | environments: dev',
    ]);
  });

  test('two files with one name are refused', () => {
    const [line] = problemLines({ 'dev.yml': GOOD, 'b.yml': other({ name: 'dev' }) });
    expect(line).toBe(
      'same-environment : two files are the environment "dev": b.yml and dev.yml | rename one',
    );
  });

  test('two files with one name are refused, also where one of them is named by its path', () => {
    const folder = folderOf({ 'dev.yml': GOOD, 'b.yml': other({ name: 'dev' }) });
    const load = () => loadEnvironment({ directory: folder, environment: path.join(folder, 'dev.yml') });
    const both = ['b.yml', 'dev.yml'].map((name) => path.join(folder, name)).join(' and ');
    expect(load).toThrow(`two files are the environment "dev": ${both}`);
  });

  test('a path reads any file, whatever its name and its folder', () => {
    const folder = folderOf({
      'config/vpn_catalog.yml': "cci_version: '1.0'\nonpremises: { default: {} }\n",
      'config/sakura_config.yml': 'default: {}\n',
    });
    const environment = path.join(folder, 'config', 'vpn_catalog.yml');
    const { catalog, problems } = loadEnvironment({ directory: path.join(folder, 'catalog'), environment });
    expect(catalog.environment).toBe('vpn_catalog');
    expect(catalog.adopted).toEqual([{ provider: 'onpremises', name: 'default', values: {} }]);
    expect(problems).toEqual([]);
  });

  test.each<[string, (file: string) => void, string]>([
    [
      'too large',
      (file) => truncateSync(file, 8 * 1024 * 1024 + 1),
      'must be at most 8388608 bytes, got 8388609',
    ],
    [
      'a link to itself',
      (file) => {
        rmSync(file);
        symlinkSync(file, file);
      },
      'cannot be read (ELOOP)',
    ],
  ])('a file that is %s is refused with one line', (_, spoil, message) => {
    const file = path.join(folderOf({ 'dev.yml': GOOD }), 'dev.yml');
    spoil(file);
    const load = () => loadEnvironment({ directory: path.dirname(file), environment: file });
    expect(load).toThrow(message);
  });

  test('a path that is no file is refused with one line', () => {
    const folder = folderOf({});
    const load = () => loadEnvironment({ directory: folder, environment: path.join(folder, 'x.yml') });
    expect(load).toThrow('there is no such file');
  });
});

describe('environments that share a gateway', () => {
  test('an overlap is an error that names the other environment', () => {
    expect(problemLines({ 'dev.yml': GOOD, 'prod.yml': other({ vpc: '172.30' }) })).toEqual([
      'dev.yml:13:17-30 overlap aws.default.create.vpc_cidr: 172.30.0.0/16 overlaps aws.default.create.vpc_cidr of prod (172.30.0.0/16) | choose a block that no other network of the catalog uses, for instance 172.29.0.0/16',
    ]);
  });

  test('without a common gateway it is a warning', () => {
    expect(
      problemLines({ 'dev.yml': GOOD, 'prod.yml': other({ vpc: '172.30', publicIp: '203.0.113.9' }) }),
    ).toEqual([
      'dev.yml:13:17-30 warning overlap aws.default.create.vpc_cidr: 172.30.0.0/16 overlaps aws.default.create.vpc_cidr of prod (172.30.0.0/16) | they do not share a gateway; choose a block that no other network of the catalog uses, for instance 172.29.0.0/16',
    ]);
  });

  test('must describe the gateway in the same way', () => {
    expect(problemLines({ 'dev.yml': changed(['asn: 65000', 'asn: 65001']), 'prod.yml': other() })).toEqual([
      'dev.yml:2:1-5 site-differs site.asn: must be the same in all environments of one gateway: 65001 here, 65000 in prod | move site into a file that both extend',
    ]);
  });

  test('get allocations that do not clash, in the order of their names', () => {
    const files = { 'dev.yml': GOOD, 'prod.yml': other() };
    const cidrs = (environment: string) => tryLoad(files, environment).loaded?.allocations.get('aws/default');
    expect(cidrs('dev')?.insideCidrs.map(String)).toEqual(['169.254.100.0/30', '169.254.100.4/30']);
    expect(cidrs('dev')?.interfaces).toEqual([1, 2]);
    expect(cidrs('prod')?.insideCidrs.map(String)).toEqual(['169.254.100.8/30', '169.254.100.12/30']);
    expect(cidrs('prod')?.interfaces).toEqual([3, 4]);
  });

  test('a fixed inside CIDR that the other one has is refused', () => {
    const fixed = ', vpn: { tunnels: [{ inside_cidr: 169.254.9.0/30 }, {}] }';
    const dev = changed(['vpn: {}', 'vpn: { tunnels: [{}, { inside_cidr: 169.254.9.0/30 }] }']);
    expect(problemLines({ 'dev.yml': dev, 'prod.yml': other({ create: fixed }) })).toEqual([
      'dev.yml:16:43-57 inside-cidr-taken aws.default.create.vpn.tunnels[1].inside_cidr: inside CIDR 169.254.9.0/30 is taken by prod/aws/default at the same gateway | choose another /30 of 169.254.0.0/16, or leave it to kakehashi',
    ]);
  });

  test('a broken neighbour is a warning, and its lock still counts', () => {
    const lock =
      'version: 1\ntunnels:\n  aws/default: { inside_cidrs: [169.254.100.0/30, 169.254.100.4/30], interfaces: [1, 2] }\n';
    const { loaded, problems } = tryLoad({ 'dev.yml': GOOD, 'prod.yml': 'a: [\n', 'prod.lock.yml': lock });
    expect(problems.map((problem) => `${problem.code}: ${textsOf(problem).message}`)).toEqual([
      'broken-neighbour: the environment prod has an error of its own, so that what it shares with this one is not all checked',
    ]);
    expect(loaded?.allocations.get('aws/default')?.insideCidrs.map(String)).toEqual([
      '169.254.100.8/30',
      '169.254.100.12/30',
    ]);
    expect(loaded?.allocations.get('aws/default')?.interfaces).toEqual([3, 4]);
  });

  test('what is wrong in a common base is said once', () => {
    const files = {
      'base.yml': SITE.replace('asn: 65000', 'asn: x'),
      'dev.yml': child(''),
      'prod.yml': child(''),
    };
    const created = GOOD.slice(GOOD.indexOf('aws:'));
    const lines = problemLines({ ...files, 'dev.yml': child(created) });
    expect(lines).toEqual([
      'base.yml:5:8-9 wrong-type site.asn: must be a whole number from 1 to 4294967294, got "x"',
    ]);
  });

  test('with site.mesh, networks of both are reachable; without it, the site alone', () => {
    const mesh = (text: string) =>
      text.replace('public_ip: 198.51.100.10', 'public_ip: 198.51.100.10, mesh: true');
    const dev = changed(['  asn: 65000', '  asn: 65000\n  mesh: true']);
    const remote = (files: Record<string, string>) =>
      tryLoad(files).loaded?.catalog.networks[0]?.vpn?.remoteNetworks.map(String);
    expect(remote({ 'dev.yml': dev, 'prod.yml': mesh(other()) })).toEqual(['10.0.2.0/24', '172.29.0.0/16']);
    expect(remote({ 'dev.yml': GOOD, 'prod.yml': other() })).toEqual(['10.0.2.0/24']);
    const { loaded } = tryLoad({ 'dev.yml': dev, 'prod.yml': mesh(other()) });
    const serf = awsNetworks(loaded)[0]?.ingress.filter(({ port }) => port.key === 'udp-7947');
    expect(serf?.map(({ peer }) => peer.key)).toEqual(['10_0_2_0-24', 'self', '172_29_0_0-16']);
  });

  test('with site.mesh, BGP needs an ASN for each network', () => {
    const dev = changed(
      ['  asn: 65000', '  asn: 65000\n  mesh: true'],
      ['vpn: {}', 'vpn: { routing: bgp }'],
      [
        '  second:',
        '  osaka:\n    aws_region: ap-northeast-3\n    private_network_ipmask: 172.29.2.0/24\n    create: { vpc_cidr: 172.29.0.0/16, egress: none, vpn: { routing: bgp } }\n  second:',
      ],
    );
    expect(problemLines({ 'dev.yml': dev })).toEqual([
      "dev.yml:21:54-57 same-asn aws.osaka.create.vpn.amazon_side_asn: must differ from that of aws/default: with site.mesh, BGP drops a route whose path holds the receiver's own ASN (64512) | give each network its own",
    ]);
  });
});

describe('adopted entries', () => {
  test('a created VPC must not overlap one', () => {
    const text = changed([
      'sakura_zone: tk1a',
      'sakura_zone: tk1a\n    private_network_ipmask: 172.30.9.0/24',
    ]).replace('172.23.1.1', '172.30.9.1');
    expect(problemLines({ 'dev.yml': text })).toEqual([
      'dev.yml:13:17-30 overlap aws.default.create.vpc_cidr: 172.30.0.0/16 overlaps sakura.default.private_network_ipmask (172.30.9.0/24) | choose a block that no other network of the catalog uses, for instance 172.29.0.0/16',
    ]);
  });

  test('but a spot entry of the same region may lie in it', () => {
    const spot = `aws_spot:
  default:
    aws_region: ap-northeast-1
    aws_vpc_subnet_id: subnet-0862300dba34162ed
    aws_vpc_security_group_id: sg-0387934d3cd06946f
    private_network_ipmask: 172.30.2.0/24
`;
    expect(problemLines({ 'dev.yml': GOOD + spot })).toEqual([]);
  });

  test('deprecated spellings go out as the right ones, with a warning', () => {
    const text = changed(['aws_vpc_subnet_id', 'aws_vcp_subnet_id']);
    const { loaded, problems } = tryLoad({ 'dev.yml': text });
    expect(problems.map(({ code }) => code)).toEqual(['deprecated-key']);
    expect(loaded?.catalog.adopted[0]?.values).toEqual({
      aws_region: 'us-west-2',
      aws_vpc_subnet_id: 'subnet-0862300dba34162ed',
      aws_vpc_security_group_id: 'sg-0387934d3cd06946f',
    });
  });

  test('an unknown key passes through with a warning', () => {
    const text = changed(['sakura_zone: tk1a', 'sakura_zone: tk1a\n    sakura_plan: [1, { a: true }]']);
    const { loaded, problems } = tryLoad({ 'dev.yml': text });
    expect(problems.map((problem) => `${problem.code}: ${textsOf(problem).message}`)).toEqual([
      'unknown-key: unknown key "sakura_plan" (passed through)',
    ]);
    expect(loaded?.catalog.adopted[1]?.values.sakura_plan).toEqual([1, { a: true }]);
  });

  test('a network with host bits is normalised, with a warning', () => {
    const text = changed([
      'sakura_zone: tk1a',
      'sakura_zone: tk1a\n    private_network_ipmask: 172.23.1.9/24',
    ]);
    const { loaded, problems } = tryLoad({ 'dev.yml': text });
    expect(problems.map(({ code }) => code)).toEqual(['host-bits']);
    expect(loaded?.catalog.adopted[1]?.values.private_network_ipmask).toBe('172.23.1.0/24');
  });
});
