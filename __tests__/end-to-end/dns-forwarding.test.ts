import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(240_000);

const FORWARD = 'forward: { corp.example.org: [10.0.2.53, 10.0.2.54], lab.example.org: [10.0.2.53] }';
const SECOND = `  second:
    aws_availability_zone: ap-northeast-1c
    private_network_ipmask: 172.30.3.0/24
    create: { within: default }
`;
const catalog = (dns: string, second = SECOND): string => `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, subnets: [10.0.2.0/24] }
aws:
  default:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create:
      vpc_cidr: 172.30.0.0/16
      egress: none
      dns: { ${dns} }
${second}`;

describeWith('terraform', 'a network that asks the resolvers of the site about its domains', () => {
  let project: Project;
  beforeAll(() => {
    project = new Project({ 'catalog/dev.yml': catalog(FORWARD) });
  });
  const run = async (...args: string[]) => {
    const { code, stdout, stderr } = await project.kakehashi(...args, '--sandbox');
    return { code, said: `${stdout} ${stderr}`.replace(/\s+/g, ' ') };
  };
  const apply = async () => {
    const applied = await run('apply', 'dev', '--yes');
    expect(applied.said).toContain('✓ dev-aws-default');
    expect(applied.code).toBe(0);
    expect((await run('plan', 'dev')).said).toMatch(/no changes $/);
  };
  const objects = async (type: string): Promise<readonly Record<string, unknown>[]> => {
    const { stdout } = await project.kakehashi('sandbox', 'list', type, '--json');
    return stdout
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line): { attributes: Record<string, unknown> } => JSON.parse(line))
      .map(({ attributes }) => attributes);
  };

  it('is applied, and then planned without a change', async () => {
    await apply();
    expect(await objects('aws_route53_resolver_endpoint')).toEqual([
      expect.objectContaining({ name: 'dev-aws-default-dns', direction: 'OUTBOUND' }),
    ]);
    const rules = await objects('aws_route53_resolver_rule');
    expect(rules.map(({ domain_name }) => domain_name).sort()).toEqual([
      'corp.example.org',
      'lab.example.org',
    ]);
    expect(await objects('aws_route53_resolver_rule_association')).toHaveLength(2);
  });

  it('takes another domain and other resolvers in place', async () => {
    const [endpoint] = await objects('aws_route53_resolver_endpoint');
    project.write('catalog/dev.yml', catalog("forward: { corp.example.org: [10.0.2.54], '.': [10.0.2.53] }"));
    const plan = await run('plan', 'dev');
    expect(plan.said).toContain(
      'names of corp.example.org are asked of 10.0.2.54 in place of 10.0.2.53 and 10.0.2.54',
    );
    await apply();
    expect((await objects('aws_route53_resolver_endpoint'))[0]?.id).toBe(endpoint?.id);
    const rules = await objects('aws_route53_resolver_rule');
    expect(rules.map(({ domain_name }) => domain_name).sort()).toEqual(['.', 'corp.example.org']);
  });

  it('asks from a subnet that comes, and no longer from one that goes', async () => {
    project.write('catalog/dev.yml', catalog(FORWARD, ''));
    const plan = await run('plan', 'dev');
    expect(plan.said).toContain('resolvers are asked from 172.30.2.253 and 172.30.2.254');
    await apply();
    project.write('catalog/dev.yml', catalog(FORWARD));
    await apply();
    expect(await objects('aws_route53_resolver_endpoint')).toHaveLength(1);
  });

  it('asks them no longer, and is destroyed', async () => {
    project.write('catalog/dev.yml', catalog('forward: {}'));
    await apply();
    expect(await objects('aws_route53_resolver_endpoint')).toEqual([]);
    project.write('catalog/dev.yml', catalog(FORWARD));
    await apply();
    expect((await run('destroy', 'dev', '--yes')).code).toBe(0);
    expect(await objects('aws_route53_resolver_rule')).toEqual([]);
    expect(await objects('aws_vpc')).toEqual([]);
  });
});
