import type { Resource } from '../resource';
import { beside, type Found, outputOf, type Rule, type RuleContext, unseen, violated } from '../rule';
import {
  blocksAt,
  flagAt,
  isValues,
  listAt,
  numberAt,
  referencesIn,
  seen,
  textAt,
  UNKNOWN,
  type Values,
  valueAt,
} from '../values';
import { AWS_MACHINES, AZURE_MACHINES, each, SCALE_SETS } from './machine-types';

export const METADATA: Rule = {
  id: 'KKH-NODE-01',
  severity: 'high',
  title: 'The metadata service wants a token, and answers one hop far',
  reason:
    'Without a token a program that fetches any address for others hands out the node’s credentials. With two hops containers reach them too; the base container uses the host’s network and needs one.',
  fix: 'Leave metadata_hops at 1; in another app set metadata_options: http_tokens required, http_put_response_hop_limit 1. Where containers need two, accept the finding with the reason.',
  references: ['CKV_AWS_79', 'CKV_AWS_341', 'AVD-AWS-0028', 'AVD-AWS-0130'],
  types: AWS_MACHINES,
  judge: ({ values }) => {
    const at = (name: string) => `metadata_options.${name}`;
    const tokens = textAt(values, at('http_tokens'));
    const hops = numberAt(values, at('http_put_response_hop_limit'));
    const found: Found[] = [];
    if (textAt(values, at('http_endpoint')) === 'disabled') return [];
    if (tokens === UNKNOWN)
      found.push(unseen('whether the metadata service wants a token is not known', at('http_tokens')));
    else if (tokens !== 'required')
      found.push(violated('the metadata service answers without a token', at('http_tokens')));
    if (hops === UNKNOWN)
      found.push(
        unseen('how far the metadata service answers is not known', at('http_put_response_hop_limit')),
      );
    else if (hops !== undefined && hops > 1)
      found.push(
        violated(`the metadata service answers ${hops} hops far`, at('http_put_response_hop_limit')),
      );
    return found;
  },
};

export const ENCRYPTED: Rule = {
  id: 'KKH-NODE-03',
  severity: 'high',
  title: 'The disks of a node are encrypted, also further ones',
  reason:
    'A snapshot or a disk that is taken away is readable otherwise. Managed disks of Azure are always encrypted with a key of the platform, so that they are not judged.',
  fix: 'Kakehashi encrypts all disks. In another app set encrypted: true on root_block_device, ebs_block_device and aws_ebs_volume.',
  references: [
    'CKV_AWS_3',
    'CKV_AWS_8',
    'AVD-AWS-0026',
    'AVD-AWS-0131',
    'CKV_AZURE_93',
    'CKV_AZURE_97',
    'AVD-AZU-0038',
  ],
  types: [...AWS_MACHINES, 'aws_ebs_volume'],
  judge: ({ type, values }) => {
    if (type === 'aws_ebs_volume') return encryptedAt(values, 'encrypted', 'the disk');
    if (type === 'aws_launch_template')
      return each(values, 'block_device_mappings', ({ values: one, at }) =>
        valueAt(one, 'ebs') === undefined ? [] : encryptedAt(one, 'ebs.encrypted', 'a disk', at),
      );
    const root = blocksAt(values, 'root_block_device');
    if (root === UNKNOWN) return [unseen('its root disk is not known', 'root_block_device')];
    const unsaid =
      root.length === 0
        ? [violated('the root disk is not encrypted: nothing is said of it', 'root_block_device')]
        : [];
    return [
      ...unsaid,
      ...each(values, 'root_block_device', ({ values: one, at }) =>
        encryptedAt(one, 'encrypted', 'the root disk', at),
      ),
      ...each(values, 'ebs_block_device', ({ values: one, at }) =>
        encryptedAt(one, 'encrypted', 'a disk', at),
      ),
    ];
  },
};

function encryptedAt(values: Values, path: string, what: string, at?: string): readonly Found[] {
  const attribute = at === undefined ? path : `${at}.${path}`;
  const encrypted = flagAt(values, path);
  if (encrypted === true) return [];
  // A disk from a snapshot is as the snapshot is.
  if (encrypted === UNKNOWN) return [unseen(`whether ${what} is encrypted is not known`, attribute)];
  return [violated(`${what} is not encrypted`, attribute)];
}

export const LEASED: Rule = {
  id: 'KKH-NODE-06',
  severity: 'medium',
  title: 'A group of nodes has a lease, and ends nodes that are idle',
  reason:
    'Nodes that nobody ends are paid for ever. The longest lease of a site is max_lease of the section policy, above which validate refuses; an end that is past is refused by the plan. Groups of another app are not judged.',
  fix: 'Write lease and idle of the group, or accept the finding with the reason.',
  references: ['docs/nodes.md'],
  types: ['aws_instance', 'aws_autoscaling_group', 'azurerm_linux_virtual_machine', SCALE_SETS[0]],
  judge: (resource, context) => {
    // Only stacks of kakehashi have this output.
    if (outputOf(resource, context, 'nodes') === undefined) return [];
    const lease = outputOf(resource, context, 'lease');
    if (lease === undefined || lease === null)
      return [violated('the group has no lease: its nodes go on until they are removed', 'lease')];
    if (!isValues(lease)) return [unseen('its lease is not known', 'lease')];
    const idle = seen(lease.idle);
    if (idle === UNKNOWN) return [unseen('when idle nodes end is not known', 'idle')];
    return idle === undefined || idle === 0 || idle === 'none'
      ? [violated('idle nodes of the group do not end', 'idle')]
      : [];
  },
};

export const SPOT_ENDS: Rule = {
  id: 'KKH-NODE-07',
  severity: 'medium',
  title: 'A spot node is requested once, and is gone when the cloud takes it',
  reason:
    'A persistent request starts new nodes after a destroy. A node that is stopped or deallocated keeps its disks, which are paid.',
  fix: 'Use spot: true of the group. In another app: spot_instance_type one-time and instance_interruption_behavior terminate; on Azure eviction_policy Delete.',
  references: ['hashicorp/terraform-provider-aws#38142'],
  types: [...AWS_MACHINES, ...AZURE_MACHINES],
  judge: ({ type, values }) => {
    if (type === 'aws_spot_instance_request')
      return spotRequest(values, 'spot_type', 'instance_interruption_behavior', 'persistent');
    // A launch configuration starts instances of a group, which ends them.
    if (type === 'aws_launch_configuration') return [];
    if (type.startsWith('aws_')) {
      const at = 'instance_market_options';
      const options = valueAt(values, at);
      if (options === UNKNOWN) return [unseen('whether it is a spot node is not known', at)];
      if (options === undefined || textAt(values, `${at}.market_type`) === 'capacity-block') return [];
      const names = ['spot_instance_type', 'instance_interruption_behavior'] as const;
      const [kind, behaviour] = names.map((name) => `${at}.spot_options.${name}`) as [string, string];
      return spotRequest(values, kind, behaviour, 'one-time');
    }
    const priority = textAt(values, 'priority');
    if (priority === UNKNOWN) return [unseen('whether it is a spot node is not known', 'priority')];
    if (priority !== 'Spot') return [];
    const policy = textAt(values, 'eviction_policy');
    if (policy === UNKNOWN)
      return [unseen('what happens to an evicted node is not known', 'eviction_policy')];
    return policy === 'Delete'
      ? []
      : [violated('an evicted node is kept, and its disks are paid', 'eviction_policy')];
  },
};

function spotRequest(values: Values, kind: string, behaviour: string, usual: string): readonly Found[] {
  const found: Found[] = [];
  const type = textAt(values, kind) ?? usual;
  if (type === UNKNOWN) found.push(unseen('whether it is requested once is not known', kind));
  else if (type !== 'one-time')
    found.push(violated('the spot request is persistent: it starts nodes after a destroy', kind));
  const then = textAt(values, behaviour) ?? 'terminate';
  if (then === UNKNOWN) found.push(unseen('what happens to an interrupted node is not known', behaviour));
  else if (then !== 'terminate')
    found.push(violated(`an interrupted node is not ended (${then})`, behaviour));
  return found;
}

export const KEYS_AND_IMAGE: Rule = {
  id: 'KKH-NODE-08',
  severity: 'medium',
  title: 'Nodes are logged in to by SSH keys alone, and start from an image whose owner is named',
  reason:
    'Passwords are guessed. The newest image of a name can be anybody’s: on AWS everybody may publish images under any name.',
  fix: 'Leave disable_password_authentication at true and admin_password away; name the image by its id, by a parameter of Systems Manager, or by name and owner.',
  references: [
    'CKV_AZURE_1',
    'CKV_AZURE_49',
    'CKV_AZURE_149',
    'CKV_AZURE_178',
    'AVD-AZU-0039',
    'AVD-AWS-0344',
  ],
  types: [...AWS_MACHINES, ...AZURE_MACHINES],
  judge: (resource, context) =>
    resource.type.startsWith('aws_') ? awsImage(resource, context) : azureLogin(resource),
};

function awsImage(resource: Resource, context: RuleContext): readonly Found[] {
  const attribute = resource.type.startsWith('aws_launch_') ? 'image_id' : 'ami';
  const image = textAt(resource.values, attribute);
  if (
    image !== undefined &&
    image !== UNKNOWN &&
    /^(ami-|resolve:ssm:)/.test(image) &&
    !hasReferences(resource, attribute)
  )
    return [];
  const sources = referencesIn(resource.written[attribute]);
  if (
    sources.some((one) => one.startsWith('data.aws_ssm_parameter.') || one.startsWith('aws_ssm_parameter.'))
  )
    return [];
  const lookup = beside(resource, context, 'data.aws_ami').find(({ address }) => sources.includes(address));
  if (lookup !== undefined) {
    const owners = listAt(lookup.values, 'owners');
    if (owners === UNKNOWN) return [unseen('whose image it is is not known', attribute)];
    return owners === undefined
      ? [violated('the image is looked up by name, without an owner', attribute)]
      : [];
  }
  return image === undefined ? [] : [unseen('which image it starts from is not known', attribute)];
}

function hasReferences(resource: Resource, attribute: string): boolean {
  return referencesIn(resource.written[attribute]).length > 0;
}

function azureLogin({ type, values }: Resource): readonly Found[] {
  if (type.includes('windows')) return [];
  const prefix = type === SCALE_SETS[0] ? 'os_profile.linux_configuration.' : '';
  const [disabled, password] = [`${prefix}disable_password_authentication`, `${prefix}admin_password`];
  const off = flagAt(values, disabled);
  const found: Found[] = [];
  if (off === UNKNOWN) found.push(unseen('whether passwords are accepted is not known', disabled));
  else if (off === false) found.push(violated('the node accepts passwords', disabled));
  if (valueAt(values, password) !== undefined && off !== false)
    found.push(violated('the node has a password', password));
  return found;
}
