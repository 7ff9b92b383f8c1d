import { join } from 'node:path';
import { listObjects } from '../../sandbox/store/objects';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(120_000);

const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  one:
    aws_region: ap-northeast-1
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none }
`;

describeWith('terraform', 'what changes in the sandbox beside Terraform', () => {
  let project: Project;
  const log = () => join(project.folder, 'sandbox.out/objects.jsonl');
  const vpcs = () => listObjects(log(), 'aws_vpc');
  const apply = () => project.kakehashi('apply', 'dev', '--sandbox', '--yes');
  const plan = () => project.kakehashi('plan', 'dev', '--sandbox');
  beforeEach(() => {
    project = new Project({ 'catalog/dev.yml': CATALOG }, temporaryFolder());
  });

  it('discards the plans that were made before a reset, so that an apply makes everything anew', async () => {
    expect((await apply()).code).toBe(0);
    expect((await plan()).code).toBe(0);
    const reset = await project.kakehashi('sandbox', 'reset');
    expect(reset).toMatchObject({ code: 0, stderr: 'saved plans are discarded: dev-aws-one\n' });
    const applied = await apply();
    expect(applied.stdout).not.toContain('no changes');
    expect(applied.code).toBe(0);
    expect(vpcs()).toHaveLength(1);
    expect((await plan()).code).toBe(0);
  });

  it('discards them before an object is edited, so that an apply undoes the drift; a refused edit keeps them', async () => {
    expect((await apply()).code).toBe(0);
    expect((await plan()).code).toBe(0);
    const id = vpcs()[0]?.id ?? '';
    const edit = (change: string) => project.kakehashi('sandbox', 'edit', 'aws_vpc', id, change);
    expect(await edit('enable_dns_hostname=false')).toMatchObject({ code: 1, stdout: '' });
    expect((await edit('enable_dns_hostnames=false')).stderr).toBe(
      'saved plans are discarded: dev-aws-one\n',
    );
    expect((await edit('enable_dns_support=true')).stderr).toBe('');
    expect((await apply()).code).toBe(0);
    expect(vpcs()[0]?.attributes.enable_dns_hostnames).toBe(true);
  });

  it('lists what Terraform was never told of, and no object that is in a state', async () => {
    project.write('faults.json', '[{ "type": "aws_subnet", "operation": "create", "fault": "crash" }]');
    const crashed = await project.run(
      process.execPath,
      [compiledCli(), 'apply', 'dev', '--sandbox', '--yes'],
      {
        KAKEHASHI_SANDBOX_FAULTS: 'faults.json',
      },
    );
    expect(crashed.code).toBe(null);
    // Terraform, whose provider is gone, writes its state and ends.
    await project.kakehashi('plan', 'dev', '--sandbox');
    const [subnet] = listObjects(log(), 'aws_subnet');
    const listed = await project.kakehashi('sandbox', 'list', '--orphans');
    expect(listed).toMatchObject({ code: 0, stderr: '' });
    expect(listed.stdout).toContain(`  ap-northeast-1    ${subnet?.id}  Terraform was never told of it\n`);
    expect(listed.stdout).not.toContain('aws_default_network_acl');
    expect(listed.stdout).not.toMatch(/^aws_vpc /m);
    const json = await project.kakehashi('sandbox', 'list', 'aws_subnet', '--orphans', '--json');
    expect(JSON.parse(json.stdout)).toMatchObject({
      id: subnet?.id,
      remark: 'Terraform was never told of it',
    });
    project.write(
      'sandbox.out/dev/state/dev-aws-one.tfstate',
      '{ "resources": [{ "key": "secret-canary" }] }',
    );
    const broken = await project.kakehashi('sandbox', 'list', '--orphans');
    expect(broken.code).toBe(1);
    expect(broken.stderr).toBe(
      'kakehashi: sandbox.out/dev/state/dev-aws-one.tfstate: must be a Terraform state of version 4, got no version; give the file that terraform state pull prints in its folder\n',
    );
  });

  it('says so where every object is in a state', async () => {
    expect((await apply()).code).toBe(0);
    expect(await project.kakehashi('sandbox', 'list', '--orphans')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'every simulated object is in a state\n',
    });
  });
});
