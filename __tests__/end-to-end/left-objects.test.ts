import { join } from 'node:path';
import { listObjects } from '../../sandbox/store/objects';
import { temporaryFolder } from '../support/catalog-folder';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import { type Finished, Project } from '../support/project';

jest.setTimeout(120_000);

const KEYS = '[ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ4xOe8mCB2hiOQMn7AkD2YcXwN2SJwQ1mrOHqp1dQhZ me@lab]';
const NETWORK = `cci_version: '1.0'
site: { controller: 10.0.2.15/24, public_ip: 198.51.100.10, asn: 65000 }
aws:
  one:
    aws_region: ap-northeast-1
    aws_availability_zone: ap-northeast-1a
    private_network_ipmask: 172.30.2.0/24
    create: { vpc_cidr: 172.30.0.0/16, public_subnet: 172.30.1.0/24, flow_logs: true, vpn: { routing: static } }
  two:
    aws_region: ap-northeast-3
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none, vpn: { routing: bgp } }
`;
const GROUPS = `node_groups:
  fixed:
    network: aws/one
    nodes: 2
    ssh_public_keys: ${KEYS}
    disks: { tmp: { size: 10 } }
  elastic:
    network: aws/one
    kind: elastic
    nodes: { initial: 1, max: 4 }
    ssh_public_keys: ${KEYS}
`;
const CATALOG = `${NETWORK}${GROUPS}`;

/** The types of a network and of its groups. */
const TYPES = [
  'aws_autoscaling_group',
  'aws_autoscaling_schedule',
  'aws_cloudwatch_log_group',
  'aws_customer_gateway',
  'aws_default_security_group',
  'aws_ebs_volume',
  'aws_eip',
  'aws_flow_log',
  'aws_iam_instance_profile',
  'aws_iam_role',
  'aws_iam_role_policy',
  'aws_instance',
  'aws_internet_gateway',
  'aws_launch_template',
  'aws_main_route_table_association',
  'aws_nat_gateway',
  'aws_route',
  'aws_route_table',
  'aws_route_table_association',
  'aws_scheduler_schedule',
  'aws_scheduler_schedule_group',
  'aws_security_group',
  'aws_subnet',
  'aws_volume_attachment',
  'aws_vpc',
  'aws_vpc_security_group_egress_rule',
  'aws_vpc_security_group_ingress_rule',
  'aws_vpn_connection',
  'aws_vpn_connection_route',
  'aws_vpn_gateway',
  'aws_vpn_gateway_route_propagation',
];

/** What CI tries: the types that can't be imported, and one of a node group. All of them: `LIVE=all`. */
const TRIED = process.env.LIVE === 'all' ? TYPES : ['aws_vpn_connection_route', 'aws_volume_attachment'];

class LeftProject {
  private readonly project = new Project({ 'catalog/dev.yml': CATALOG }, temporaryFolder());

  /** @param fault the type of which the first creation kills the program, after the object is made */
  kakehashi(args: readonly string[], fault?: string): Promise<Finished> {
    const { project } = this;
    if (fault === undefined) return project.kakehashi(...args, '--sandbox');
    const faults = [{ type: fault, operation: 'create', call: 1, fault: 'crash' }];
    project.write('faults.json', JSON.stringify(faults));
    return project.run(process.execPath, [compiledCli(), ...args, '--sandbox'], {
      KAKEHASHI_SANDBOX_FAULTS: 'faults.json',
    });
  }

  /** How many objects of each type the cloud has. */
  objects(): Readonly<Record<string, number>> {
    const counts: Record<string, number> = {};
    const objects = listObjects(join(this.project.folder, 'sandbox.out/objects.jsonl'));
    for (const { type } of objects) counts[type] = (counts[type] ?? 0) + 1;
    return counts;
  }
}

describeWith(
  'terraform',
  'an apply that dies after an object was made, and before anybody heard of it',
  () => {
    let undisturbed: Readonly<Record<string, number>>;

    beforeAll(async () => {
      const project = new LeftProject();
      expect((await project.kakehashi(['apply', 'dev', '--yes'])).code).toBe(0);
      undisturbed = project.objects();
      expect(TYPES.filter((type) => undisturbed[type] === undefined)).toEqual([]);
    });

    it.each(TRIED)(
      '%s: the same command again has each object once, the next plan is empty, and a destroy leaves nothing',
      async (type) => {
        const project = new LeftProject();
        const killed = await project.kakehashi(['apply', 'dev', '--yes'], type);
        expect(killed.code).not.toBe(0);
        const plan = await project.kakehashi(['plan', 'dev', '--json']);
        expect(plan.code).toBe(2);
        const again = await project.kakehashi(['apply', 'dev', '--yes']);
        expect(again.code).toBe(0);
        expect(project.objects()).toEqual(undisturbed);
        expect((await project.kakehashi(['plan', 'dev'])).code).toBe(0);
        const destroyed = await project.kakehashi(['destroy', 'dev', '--yes']);
        expect(destroyed.code).toBe(0);
        expect(project.objects()).toEqual({});
      },
    );

    it('the plan says what is adopted, and from when; the events have it too', async () => {
      const project = new LeftProject();
      await project.kakehashi(['apply', 'dev', '--yes'], 'aws_vpc');
      const { stdout } = await project.kakehashi(['plan', 'dev']);
      expect(stdout.replace(/\s+/g, ' ')).toMatch(
        /aws_vpc\.Network_Vpc adopted, left by the run of \d{4}-\d\d-\d\d \d\d:\d\d UTC \(vpc-\w+\)/,
      );
      const events = (await project.kakehashi(['plan', 'dev', '--json'])).stdout
        .trim()
        .split('\n')
        .map(
          (line) =>
            JSON.parse(line) as {
              readonly type: string;
              readonly adopted?: readonly unknown[];
              readonly sentences?: readonly string[];
            },
        );
      // Both networks are begun at once: whose VPC comes first is not certain.
      const planned = events.filter(({ type }) => type === 'stack_planned');
      expect(planned.flatMap(({ adopted = [] }) => adopted)).toContainEqual({
        address: 'aws_vpc.Network_Vpc',
        id: expect.stringMatching(/^vpc-/),
        how: 'import',
        at: expect.any(String),
      });
    });

    it('a destroy right after it leaves nothing either', async () => {
      const project = new LeftProject();
      await project.kakehashi(['apply', 'dev', '--yes'], 'aws_vpn_connection_route');
      const destroyed = await project.kakehashi(['destroy', 'dev', '--yes']);
      expect(destroyed.code).toBe(0);
      expect(project.objects()).toEqual({});
    });
  },
);
