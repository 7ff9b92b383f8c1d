import { imageOf } from '../../../sandbox/aws/compute/images';
import type { ObjectValue } from '../../../sandbox/protocol/values';
import { type Caller, SimulatedCloud } from '../simulated-cloud';

/** The id of a made-up image of Ubuntu in the region of {@link ComputeCloud}. */
export const UBUNTU = image('amd64');
export const UBUNTU_ARM = image('arm64');

function image(architecture: string): string {
  const parameter = `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`;
  const found = imageOf('ap-northeast-1', parameter);
  if (found === undefined) throw new Error(`${parameter}: no image`);
  return found.id;
}

export const PUBLIC_KEY =
  'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl somebody@example.org';

const TRUST =
  '{"Statement":[{"Action":"sts:AssumeRole","Effect":"Allow","Principal":{"Service":["ec2.amazonaws.com","scheduler.amazonaws.com"]}}],"Version":"2012-10-17"}';

/** A simulated cloud with a network for instances, and what they refer to. */
export class ComputeCloud {
  private constructor(
    readonly cloud: SimulatedCloud,
    readonly aws: Caller,
    private readonly made: Record<string, ObjectValue>,
  ) {}

  static async start(): Promise<ComputeCloud> {
    const cloud = await SimulatedCloud.start();
    const compute = new ComputeCloud(cloud, await cloud.caller(), {});
    await compute.make('vpc', 'aws_vpc', { cidr_block: '10.0.0.0/16' });
    const vpc_id = compute.id('vpc');
    // Sixteen addresses, of which five are AWS's.
    await compute.make('subnet', 'aws_subnet', { vpc_id, cidr_block: '10.0.0.0/28' });
    await compute.make('group', 'aws_security_group', { vpc_id, name: 'nodes' });
    await compute.make('other vpc', 'aws_vpc', { cidr_block: '10.1.0.0/16' });
    const other = { vpc_id: compute.id('other vpc') };
    await compute.make('other group', 'aws_security_group', { ...other, name: 'others' });
    await compute.make('role', 'aws_iam_role', { name: 'node', assume_role_policy: TRUST });
    await compute.make('profile', 'aws_iam_instance_profile', { name: 'node', role: 'node' });
    await compute.make('key', 'aws_key_pair', { key_name: 'node', public_key: PUBLIC_KEY });
    return compute;
  }

  /** Makes an object and remembers its state by a label. */
  async make(label: string, type: string, config: ObjectValue): Promise<ObjectValue> {
    const state = await this.aws.create(type, config);
    this.made[label] = state;
    return state;
  }

  state(label: string): ObjectValue {
    return this.made[label] ?? {};
  }

  id(label: string): string {
    return String(this.state(label).id);
  }

  /** A configuration of an instance in the subnet. */
  instance(changes: ObjectValue = {}): ObjectValue {
    return { ami: UBUNTU, instance_type: 'm7i.large', subnet_id: this.id('subnet'), ...changes };
  }

  stop(): Promise<void> {
    return this.cloud.stop();
  }
}

/** The code and the message of a refusal, in which ids are cut short; `accepted` if there was none. */
export async function refusal(answer: Promise<unknown>): Promise<string> {
  try {
    await answer;
    return 'accepted';
  } catch (failure) {
    const [, found = String(failure)] =
      /(?:api error |last error: )(.*)/s.exec((failure as Error).message) ?? [];
    return found.replace(/\b(i|eni|vol|subnet|sg|vpc|lt|ami)-[0-9a-f]{17}/g, '$1-…').split('\n')[0] ?? '';
  }
}
