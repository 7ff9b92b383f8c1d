import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

describeWith('terraform', 'kakehashi with the real Terraform in the sandbox', () => {
  const project = new Project();
  const objects = async (
    type: string,
  ): Promise<readonly { id: string; attributes: Record<string, unknown> }[]> =>
    (await project.kakehashi('sandbox', 'list', type, '--json')).stdout
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));

  it('applies, and ends with the entries', async () => {
    const applied = await project.kakehashi('apply', 'dev', '--sandbox', '--yes');
    expect(applied.stderr).toBe('');
    expect(applied.code).toBe(0);
    expect(applied.stdout).toContain('vpn_catalog.yml');
    const entries = project.read('sandbox.out/dev/vpn_catalog.yml');
    expect(entries.split('\n')[0]).toMatch(/^#.*simulated/i);
    expect(entries).toMatch(/cci_version: '1\.0'/);
    expect(entries).toMatch(/aws_vpc_subnet_id: subnet-[0-9a-f]{17}/);
    expect(entries).toMatch(/aws_spot:/);
    expect(entries).toContain("sakura_local_switch_id: '112900000000'");
    expect(entries).not.toContain('create');
  });

  it('writes entries that validate as a catalog', async () => {
    const validated = await project.kakehashi('validate', 'sandbox.out/dev/vpn_catalog.yml');
    expect(validated.code).toBe(0);
  });

  it('plans no changes after that, exit 0', async () => {
    const planned = await project.kakehashi('plan', 'dev', '--sandbox');
    expect(planned.stdout).toMatch(/no changes/i);
    expect(planned.code).toBe(0);
  });

  it('gives the same entries on stdout, and nothing else', async () => {
    const printed = await project.kakehashi('entries', 'dev', '--sandbox');
    expect(printed.code).toBe(0);
    const withoutComments = (text: string): string =>
      text
        .split('\n')
        .filter((line) => !line.startsWith('#'))
        .join('\n');
    expect(withoutComments(printed.stdout)).toBe(
      withoutComments(project.read('sandbox.out/dev/vpn_catalog.yml')),
    );
  });

  it('never writes entries over a catalog', async () => {
    const before = project.read('catalog/dev.yml');
    const { code, stderr } = await project.kakehashi(
      'entries',
      'dev',
      '--sandbox',
      '--out',
      'catalog/dev.yml',
    );
    expect(code).toBe(1);
    expect(project.read('catalog/dev.yml')).toBe(before);
    expect(stderr).toContain('catalog/dev.yml: not written: it is a catalog of its own');
  });

  it('shows drift after an object was edited, exit 2, and mends it', async () => {
    const vpc = (await objects('aws_vpc')).find(
      ({ attributes }) => attributes.cidr_block === '172.30.0.0/16',
    );
    const edited = await project.kakehashi(
      'sandbox',
      'edit',
      'aws_vpc',
      String(vpc?.id),
      'enable_dns_hostnames=false',
    );
    expect(edited.code).toBe(0);
    const planned = await project.kakehashi('plan', 'dev', '--sandbox');
    expect(planned.code).toBe(2);
    expect(planned.stdout).toMatch(/drift/i);
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    const mended = (await objects('aws_vpc')).find(({ id }) => id === vpc?.id);
    expect(mended?.attributes.enable_dns_hostnames).toBe(true);
  });

  it('updates in place without touching another resource', async () => {
    const before = await objects('aws_vpn_connection');
    project.edit(
      'catalog/dev.yml',
      'vpn: { routing: bgp }',
      'vpn: { routing: bgp, tunnel_options: { dpd_timeout_seconds: 60 } }',
    );
    const planned = await project.kakehashi('plan', 'dev', '--sandbox');
    expect(planned.code).toBe(2);
    expect(planned.stdout).toMatch(/dev-aws-osaka\s+~ 1/);
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    const after = await objects('aws_vpn_connection');
    expect(after.map(({ id }) => id).sort()).toEqual(before.map(({ id }) => id).sort());
    expect(after.map(({ attributes }) => attributes.tunnel1_dpd_timeout_seconds).sort()).toEqual([30, 60]);
  });

  it('says what a replaced connection means before it is replaced', async () => {
    project.edit(
      'catalog/dev.yml',
      'tunnel_options: { dpd_timeout_seconds: 60 }',
      'tunnel_options: { dpd_timeout_seconds: 60 }, tunnels: [{ inside_cidr: 169.254.200.0/30 }, { inside_cidr: 169.254.200.4/30 }]',
    );
    const planned = await project.kakehashi('plan', 'dev', '--sandbox');
    expect(planned.code).toBe(2);
    expect(planned.stdout).toMatch(/-\/\+ 1/);
    expect(planned.stdout).toMatch(/both tunnels go down/);
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    expect((await project.kakehashi('plan', 'dev', '--sandbox')).code).toBe(0);
  });

  it('adds and removes a subnet without changing the others', async () => {
    const before = (await objects('aws_subnet')).map(({ id }) => id);
    project.edit(
      'catalog/dev.yml',
      '  osaka:\n',
      '  tokyo_subnet2:\n    aws_availability_zone: ap-northeast-1d\n    private_network_ipmask: 172.30.4.0/24\n    create: { within: default }\n  osaka:\n',
    );
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    const after = (await objects('aws_subnet')).map(({ id }) => id);
    expect(after).toEqual(expect.arrayContaining(before));
    expect(after).toHaveLength(before.length + 1);
    expect(project.read('sandbox.out/dev/vpn_catalog.yml')).toContain('tokyo_subnet2');
  });

  it('plans and makes the destruction of an entry that was removed', async () => {
    const text = project.read('catalog/dev.yml');
    const start = text.indexOf('  osaka:\n');
    const end = text.indexOf('  # Made by hand');
    project.write('catalog/dev.yml', text.slice(0, start) + text.slice(end));
    const planned = await project.kakehashi('plan', 'dev', '--sandbox');
    expect(planned.code).toBe(2);
    expect(planned.stdout).toMatch(/dev-aws-osaka\s+- 2\d/);
    expect((await project.kakehashi('apply', 'dev', '--sandbox', '--yes')).code).toBe(0);
    expect(await objects('aws_vpc')).toHaveLength(1);
    expect(project.read('sandbox.out/dev/vpn_catalog.yml')).not.toContain('osaka');
    expect(project.read('sandbox.out/dev/lock.yml')).not.toContain('osaka');
    expect((await project.kakehashi('plan', 'dev', '--sandbox')).code).toBe(0);
  });

  it('destroys everything', async () => {
    expect((await project.kakehashi('destroy', 'dev', '--sandbox', '--yes')).code).toBe(0);
    expect(await objects('aws_vpc')).toHaveLength(0);
    expect(await objects('aws_vpn_connection')).toHaveLength(0);
  });
});

describeWith('terraform', 'an environment whose file is removed', () => {
  it('is warned of while its lock still lists stacks, and blocks nobody', async () => {
    const project = new Project({
      'catalog/gone.lock.yml':
        'version: 1\nstacks:\n  gone-aws-default: { kind: aws-network, provider: aws, region: ap-northeast-1, backend: local }\n',
    });
    const planned = await project.kakehashi('validate', 'dev');
    expect(planned.code).toBe(0);
    expect(`${planned.stdout}${planned.stderr}`).toMatch(/gone\.lock\.yml.*warning.*gone-aws-default/s);
  });
});

describeWith('terraform', 'the other example environments', () => {
  const project = new Project();

  it.each(['staging', 'prod'])('applies %s at once, and then plans no changes', async (environment) => {
    expect((await project.kakehashi('apply', environment, '--sandbox', '--yes')).code).toBe(0);
    expect((await project.kakehashi('plan', environment, '--sandbox')).code).toBe(0);
  });
});
