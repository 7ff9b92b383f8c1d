import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DriftReport } from '../../scripts/run/drift/report';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { pluginMirror } from '../support/plugin-mirror';
import { freePort, untilAnswering } from '../support/ports';
import { hasProgram } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(900_000);

const CATALOG = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  one:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, egress: none, ingress: vc-node, vpn: { routing: bgp } }
`;

/** What somebody makes and changes by hand. */
const BY_HAND = (vpc: string, group: string) => ({
  terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
  provider: { aws: { region: 'ap-northeast-1' } },
  resource: {
    aws_vpc_security_group_ingress_rule: {
      hand: {
        security_group_id: group,
        ip_protocol: 'tcp',
        from_port: 8080,
        to_port: 8080,
        cidr_ipv4: '0.0.0.0/0',
      },
    },
    aws_customer_gateway: {
      hand: { bgp_asn: 65010, ip_address: '203.0.113.9', type: 'ipsec.1', tags: { Name: 'by hand' } },
    },
    aws_ec2_tag: { hand: { resource_id: vpc, key: 'owner', value: 'somebody' } },
  },
});

const mirror = pluginMirror();
const missing = [
  ...(hasProgram('terraform') ? [] : ['terraform']),
  ...(hasProgram('moto_server') ? [] : ['moto_server']),
  ...(mirror ? [] : ['a mirror with the AWS provider (KAKEHASHI_TEST_PLUGIN_MIRROR)']),
  ...(process.env.LIVE === 'all' ? [] : ['minutes for it (LIVE=all)']),
];
const title = 'drift on the real AWS provider, against moto';
const describeReal = missing.length === 0 ? describe : describe.skip;

describeReal(missing.length === 0 ? title : `${title} (skipped: no ${missing.join(', ')})`, () => {
  let moto: ChildProcess;
  let env: Record<string, string> = {};
  const project = new Project({ 'catalog/lab.yml': CATALOG }, temporaryFolder());

  beforeAll(async () => {
    const port = await freePort();
    moto = spawn('moto_server', ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
    await untilAnswering(`http://127.0.0.1:${port}/moto-api/`);
    const rc = join(project.folder, 'terraform.rc');
    writeFileSync(rc, `provider_installation {\n  filesystem_mirror { path = "${mirror}" }\n}\n`);
    env = {
      TF_CLI_CONFIG_FILE: rc,
      CHECKPOINT_DISABLE: '1',
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_MAX_ATTEMPTS: '2',
    };
  });
  afterAll(() => {
    moto?.kill();
  });

  const kakehashi = (...args: string[]) => project.run(process.execPath, [compiledCli(), ...args], env);
  const items = () =>
    (JSON.parse(project.read('out/lab/drift.json')) as DriftReport).environments.flatMap(({ stacks }) =>
      stacks.flatMap((stack) => stack.items),
    );

  it('is told, with what nobody manages, and nothing is written', async () => {
    const applied = await kakehashi('apply', 'lab', '--yes');
    expect({ code: applied.code, text: applied.code === 0 ? '' : applied.stdout + applied.stderr }).toEqual({
      code: 0,
      text: '',
    });
    const file = 'state/lab/lab-aws-one.tfstate';
    const state = project.read(file);
    await kakehashi('drift', 'lab');
    // moto forgets the options of tunnels and the descriptions of some rules, which is no drift of the user's.
    const forgotten = /^(tunnel|description$)/;
    expect(items().filter(({ attribute }) => !forgotten.test(attribute ?? ''))).toEqual([]);
    const { resources } = JSON.parse(state) as {
      resources: { type: string; instances: { attributes: { id: string } }[] }[];
    };
    const idOf = (type: string) =>
      resources.find((one) => one.type === type)?.instances[0]?.attributes.id ?? '';
    const hand = temporaryFolder();
    writeFileSync(
      join(hand, 'hand.tf.json'),
      JSON.stringify(BY_HAND(idOf('aws_vpc'), idOf('aws_security_group'))),
    );
    const made = await project.run(
      'sh',
      ['-c', `cd ${hand} && terraform init -input=false && terraform apply -auto-approve -input=false`],
      env,
    );
    expect({ code: made.code, text: made.code === 0 ? '' : made.stderr }).toEqual({ code: 0, text: '' });
    const { code, stdout } = await kakehashi('drift', 'lab');
    expect(code).toBe(4);
    expect(stdout).toContain(
      'aws_security_group.Nodes_Group: rule ingress tcp 8080 from 0.0.0.0/0, which nobody manages   (new)',
    );
    expect(stdout).toMatch(/aws_vpc\.Network_Vpc: tags .*owner/);
    expect(stdout).toMatch(/customer gateway cgw-\w+, which nobody manages {3}\(new\)/);
    expect(readFileSync(join(project.folder, file), 'utf8')).toBe(state);
  });
});
