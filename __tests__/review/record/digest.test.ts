import { readFileSync } from 'node:fs';
import path from 'node:path';
import { digestOf } from '../../../base/files';
import { planDifferences } from '../../../review/record/differences';
import { planDigest } from '../../../review/record/digest';
import { normalPlan } from '../../../review/record/normal/normalize';
import type { NormalPlan } from '../../../review/record/normal-plan';
import { Masks } from '../../../terraform/masks';
import { scrubPlan } from '../../../terraform/plan/scrub';

/** A part of the JSON of a real plan: it changes crypto and tags, removes a subnet and replaces a customer gateway. */
const TEXT = readFileSync(path.join(__dirname, 'update.plan.json'), 'utf8');

// biome-ignore lint/suspicious/noExplicitAny: the tests change the JSON of a plan wherever they like
type Any = any;

function plan(mutate: (json: Any) => void = () => undefined): NormalPlan {
  const json: Any = JSON.parse(TEXT);
  mutate(json);
  const masks = new Masks();
  const scrubbed = scrubPlan(
    JSON.stringify(json),
    (secret) => masks.add(secret),
    (text) => masks.mask(text),
  );
  return masks.maskValue(normalPlan(scrubbed));
}

const change = (json: Any, start: string): Any =>
  json.resource_changes.find(({ address }: Any) => address.startsWith(start)).change;
const remove = (json: Any, start: string) => {
  json.resource_changes = json.resource_changes.filter(({ address }: Any) => !address.startsWith(start));
};
const both = (json: Any, start: string, set: (values: Any) => void) => {
  const { before, after } = change(json, start);
  for (const values of [before, after]) if (values !== null) set(values);
};
const reversed = (value: Any): Any => {
  if (Array.isArray(value) || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, part]) => [key, reversed(part)]),
  );
};

const VPN = 'aws_vpn_connection';
const CGW = 'aws_customer_gateway';
const SUBNET = 'aws_subnet';
const GROUP = 'aws_security_group';
const RULE = 'aws_vpc_security_group_ingress_rule';
const ASG = 'aws_autoscaling_group';
const TEMPLATE = 'aws_launch_template';
const ROLE = 'aws_iam_role.';

const OPEN = {
  from_port: 22,
  to_port: 22,
  protocol: 'tcp',
  cidr_blocks: ['0.0.0.0/0'],
  security_groups: ['sg-1', 'sg-2'],
};
const DNS = { ...OPEN, from_port: 53, to_port: 53, protocol: 'udp' };
const POLICY = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['a:B', 'a:C'], Resource: '*' }],
};

/** What all plans have beside those of the file: sets, a set within a set, and a policy. */
const withSets = (json: Any) => {
  const { before, after } = change(json, GROUP);
  after.ingress = [OPEN, DNS];
  before.ingress = [OPEN];
  change(json, ROLE).after.assume_role_policy = JSON.stringify(POLICY);
  change(json, VPN).after.tunnel1_phase1_encryption_algorithms = ['AES128', 'AES256'];
};

const MEANINGFUL: readonly (readonly [what: string, mutate: (json: Any) => void])[] = [
  [
    'another new value',
    (json) => {
      change(json, CGW).after.ip_address = '198.51.100.12';
    },
  ],
  [
    'another old value',
    (json) => {
      change(json, CGW).before.ip_address = '198.51.100.9';
    },
  ],
  [
    'a weaker algorithm',
    (json) => {
      change(json, VPN).after.tunnel1_phase1_encryption_algorithms = ['AES128'];
    },
  ],
  [
    'one more algorithm',
    (json) => {
      change(json, VPN).after.tunnel1_phase1_encryption_algorithms.push('AES192');
    },
  ],
  [
    'another group of a list',
    (json) => {
      change(json, VPN).after.tunnel2_phase2_dh_group_numbers = [2];
    },
  ],
  [
    'one attribute more that changes',
    (json) => {
      change(json, VPN).after.static_routes_only = false;
    },
  ],
  [
    'one that does not change any more',
    (json) => {
      const { before, after } = change(json, VPN);
      after.tunnel1_phase1_dh_group_numbers = before.tunnel1_phase1_dh_group_numbers;
    },
  ],
  [
    'a known value in place of an unknown one',
    (json) => {
      const one = change(json, VPN);
      one.after.customer_gateway_id = 'cgw-1';
      delete one.after_unknown.customer_gateway_id;
    },
  ],
  [
    'an unknown value in place of a known one',
    (json) => {
      const one = change(json, CGW);
      delete one.after.ip_address;
      one.after_unknown.ip_address = true;
      json.configuration.root_module.resources.push({
        address: 'aws_customer_gateway.Vpn_CustomerGateway',
        mode: 'managed',
        expressions: { ip_address: { references: ['aws_eip.x.public_ip'] } },
      });
    },
  ],
  [
    'an update in place of a replacement',
    (json) => {
      change(json, CGW).actions = ['update'];
    },
  ],
  [
    'a replacement in place of an update',
    (json) => {
      change(json, VPN).actions = ['delete', 'create'];
    },
  ],
  [
    'a deletion in place of an update',
    (json) => {
      const one = change(json, 'aws_vpc.');
      one.actions = ['delete'];
      one.after = null;
      one.after_unknown = {};
    },
  ],
  [
    'a creation in place of an update',
    (json) => {
      const one = change(json, 'aws_vpc.');
      one.actions = ['create'];
      one.before = null;
    },
  ],
  ['nothing in place of a deletion', (json) => remove(json, SUBNET)],
  [
    'one deletion more',
    (json) => {
      json.resource_changes.push({
        ...structuredClone(json.resource_changes.find(({ address }: Any) => address.startsWith(SUBNET))),
        address: 'aws_subnet.other',
      });
    },
  ],
  [
    'another object that is deleted',
    (json) => {
      change(json, SUBNET).before.id = 'subnet-other';
    },
  ],
  [
    'another network that is deleted',
    (json) => {
      change(json, SUBNET).before.cidr_block = '172.30.9.0/24';
    },
  ],
  [
    'an object that is forgotten and not deleted',
    (json) => {
      change(json, SUBNET).actions = ['forget'];
    },
  ],
  [
    'another reason of a replacement',
    (json) => {
      json.resource_changes.find(({ address }: Any) => address.startsWith(CGW)).action_reason =
        'replace_by_request';
    },
  ],
  [
    'another attribute that forces a replacement',
    (json) => {
      change(json, CGW).replace_paths = [['bgp_asn']];
    },
  ],
  [
    'one more that forces it',
    (json) => {
      change(json, CGW).replace_paths.push(['bgp_asn']);
    },
  ],
  [
    'another type',
    (json) => {
      json.resource_changes.find(({ address }: Any) => address.startsWith(CGW)).type = 'other_type';
    },
  ],
  [
    'another address',
    (json) => {
      json.resource_changes.find(({ address }: Any) => address.startsWith(CGW)).address =
        'aws_customer_gateway.Other';
    },
  ],
  [
    'a move in the state',
    (json) => {
      json.resource_changes.find(({ address }: Any) => address.startsWith('aws_route')).previous_address =
        'aws_route.Former';
    },
  ],
  [
    'a change that is a move too',
    (json) => {
      json.resource_changes.find(({ address }: Any) => address.startsWith('aws_vpc.')).previous_address =
        'aws_vpc.Former';
    },
  ],
  [
    'an import',
    (json) => {
      change(json, 'aws_route').importing = { id: 'rtb-1_0.0.0.0/0' };
    },
  ],
  [
    'an import of a changed object',
    (json) => {
      change(json, 'aws_vpc.').importing = { id: 'vpc-1' };
    },
  ],
  [
    'a secret that changes',
    (json) => {
      change(json, VPN).after.tunnel1_preshared_key = 'another-example-key';
    },
  ],
  [
    'a rule that opens to the world',
    (json) => {
      change(json, RULE).after.cidr_ipv4 = '0.0.0.0/0';
    },
  ],
  [
    'another element of a set',
    (json) => {
      change(json, GROUP).after.ingress = [DNS];
    },
  ],
  [
    'an element of a set within a set',
    (json) => {
      change(json, GROUP).after.ingress = [{ ...OPEN, security_groups: ['sg-1', 'sg-3'] }, DNS];
    },
  ],
  [
    'another order in a list within a set',
    (json) => {
      change(json, GROUP).after.ingress = [{ ...OPEN, cidr_blocks: ['10.0.0.0/8', '0.0.0.0/0'] }, DNS];
    },
  ],
  [
    'another statement of a policy',
    (json) => {
      change(json, ROLE).after.assume_role_policy = JSON.stringify({
        ...POLICY,
        Statement: [{ ...POLICY.Statement[0], Resource: 'arn:x' }],
      });
    },
  ],
  [
    'a tag',
    (json) => {
      change(json, 'aws_vpc.').after.tags.Name = 'other';
    },
  ],
  [
    'a default tag',
    (json) => {
      change(json, 'aws_vpc.').after.tags_all.project = 'third';
    },
  ],
  [
    'a tag of a nested block',
    (json) => {
      change(json, TEMPLATE).after.tag_specifications[0].tags.project = 'third';
    },
  ],
  [
    'an element of a set of blocks',
    (json) => {
      change(json, ASG).after.tag[0].value = 'third';
    },
  ],
  [
    'user data',
    (json) => {
      change(json, TEMPLATE).after.user_data = 'b3RoZXI=';
    },
  ],
  [
    'a value of an output',
    (json) => {
      json.output_changes.catalog.after.aws.default.private_network_ipmask = '10.9.9.0/24';
    },
  ],
  [
    'an output that is gone',
    (json) => {
      delete json.output_changes.catalog;
    },
  ],
  [
    'an output more',
    (json) => {
      json.output_changes.other = { actions: ['create'], before: null, after: 'x' };
    },
  ],
  [
    'true in place of "true"',
    (json) => {
      both(json, CGW, (values) => {
        values.device_name = 'true';
      });
      change(json, CGW).after.device_name = true;
    },
  ],
  [
    'an empty text in place of nothing',
    (json) => {
      change(json, CGW).after.device_name = '';
    },
  ],
];

const MEANINGLESS: readonly (readonly [what: string, mutate: (json: Any) => void])[] = [
  [
    'the order of resources',
    (json) => {
      json.resource_changes.reverse();
    },
  ],
  [
    'the order of all keys',
    (json) => {
      Object.assign(json, reversed(json));
      json.resource_changes = json.resource_changes.map(reversed);
    },
  ],
  [
    'the order of outputs',
    (json) => {
      json.output_changes = reversed(json.output_changes);
    },
  ],
  [
    'the order of a set of blocks',
    (json) => {
      change(json, GROUP).after.ingress.reverse();
    },
  ],
  [
    'the order of a set within a set',
    (json) => {
      change(json, GROUP).after.ingress[0] = { ...OPEN, security_groups: ['sg-2', 'sg-1'] };
    },
  ],
  [
    'the order of a set of texts',
    (json) => {
      change(json, VPN).after.tunnel1_phase1_encryption_algorithms.reverse();
    },
  ],
  [
    'the order of tags of a set',
    (json) => {
      change(json, ASG).after.tag.reverse();
    },
  ],
  [
    'a path that forces a replacement and is said twice',
    (json) => {
      const one = change(json, CGW);
      one.replace_paths = [...one.replace_paths, ...one.replace_paths];
    },
  ],
  [
    'the keys and spaces of a policy',
    (json) => {
      change(json, ROLE).after.assume_role_policy = JSON.stringify(reversed(POLICY), undefined, 4);
    },
  ],
  [
    'the time of the plan',
    (json) => {
      json.timestamp = '2027-01-01T00:00:00Z';
    },
  ],
  [
    'a plan without a time',
    (json) => {
      delete json.timestamp;
    },
  ],
  [
    'the version of Terraform',
    (json) => {
      json.terraform_version = '1.13.0';
    },
  ],
  [
    'the version of the format',
    (json) => {
      json.format_version = '1.3';
    },
  ],
  [
    'a data source that is read',
    (json) => {
      json.resource_changes.push({
        address: 'data.aws_ami.x',
        mode: 'data',
        type: 'aws_ami',
        change: { actions: ['read'], before: null, after: { id: 'ami-1' }, after_unknown: {} },
      });
    },
  ],
  [
    'a resource that stays',
    (json) => {
      json.resource_changes.push({
        address: 'aws_vpc.stays',
        mode: 'managed',
        type: 'aws_vpc',
        change: { actions: ['no-op'], before: { id: 'vpc-9' }, after: { id: 'vpc-9' }, after_unknown: {} },
      });
    },
  ],
  [
    'a value of a resource that stays',
    (json) =>
      both(json, 'aws_route', (values) => {
        values.destination_cidr_block = '10.0.0.0/8';
      }),
  ],
  [
    'an attribute that does not change',
    (json) =>
      both(json, 'aws_vpc.', (values) => {
        values.instance_tenancy = 'dedicated';
      }),
  ],
  [
    'an output that stays',
    (json) => {
      json.output_changes.stays = { actions: ['no-op'], before: 'x', after: 'x' };
    },
  ],
  [
    'a computed value that is unknown',
    (json) => {
      change(json, CGW).after_unknown.some_computed = true;
    },
  ],
  [
    'a computed value that is not said to be unknown',
    (json) => {
      delete change(json, CGW).after_unknown.arn;
    },
  ],
  [
    'an id that the replacement gives',
    (json) => {
      change(json, CGW).before.arn = 'arn:another';
    },
  ],
  [
    'a value that only the provider computes',
    (json) => {
      change(json, VPN).after.tunnel1_address = '192.0.2.1';
    },
  ],
  [
    'one of a nested block',
    (json) => {
      change(json, ROLE).after.unique_id = 'AROA2';
    },
  ],
  [
    'telemetry of what goes',
    (json) => {
      change(json, SUBNET).before.owner_id = '2';
    },
  ],
  [
    'null in place of nothing',
    (json) => {
      change(json, 'aws_vpc.').after.never_there = null;
      change(json, 'aws_vpc.').before.never_there = null;
    },
  ],
  [
    'nothing in place of null',
    (json) => {
      for (const { change: one } of json.resource_changes)
        for (const values of [one.before, one.after])
          for (const [key, value] of Object.entries(values ?? {})) if (value === null) delete values[key];
    },
  ],
  [
    'null within a block',
    (json) => {
      change(json, GROUP).after.ingress[0] = { ...OPEN, description: null };
    },
  ],
  [
    'the value of a changed secret',
    (json) => {
      change(json, VPN).before.tunnel1_preshared_key = 'one-example-key-a';
      change(json, VPN).after.tunnel1_preshared_key = 'one-example-key-c';
    },
  ],
  [
    'the values of a sensitive output',
    (json) => {
      json.output_changes.tunnel_keys.before = { a: 'example-key-x' };
    },
  ],
  [
    'marks of what is sensitive beside other values',
    (json) => {
      change(json, 'aws_vpc.').before_sensitive = { never_there: true };
    },
  ],
  [
    'a drift that the plan does not act upon',
    (json) => {
      json.resource_drift = [
        {
          address: 'aws_vpc.x',
          type: 'aws_vpc',
          change: { actions: ['update'], before: { a: 1 }, after: { a: 2 } },
        },
      ];
    },
  ],
  [
    'variables',
    (json) => {
      json.variables = { ended: { value: [] } };
    },
  ],
  [
    'expressions of the configuration',
    (json) => {
      json.configuration.root_module.resources[0].expressions.further = { constant_value: 1 };
    },
  ],
  [
    'names of providers',
    (json) => {
      for (const one of json.resource_changes) one.provider_name = 'registry.example/other/aws';
    },
  ],
  [
    'relevant attributes',
    (json) => {
      json.relevant_attributes = [{ resource: 'aws_vpc.x', attribute: ['id'] }];
    },
  ],
  [
    'a check',
    (json) => {
      json.checks = [{ address: {}, status: 'pass' }];
    },
  ],
];

/** The JSON as a mutation leaves it. */
function mutated(mutate: (json: Any) => void): string {
  const json: Any = JSON.parse(TEXT);
  withSets(json);
  mutate(json);
  return JSON.stringify(json);
}

describe('the digest of a plan', () => {
  const base = plan(withSets);

  test.each([...MEANINGFUL, ...MEANINGLESS])('is asked of another JSON: %s', (_, mutate) => {
    expect(digestOf(mutated(mutate))).not.toBe(digestOf(mutated(() => undefined)));
  });

  test('there are enough of both', () => {
    expect(MEANINGFUL.length).toBeGreaterThanOrEqual(30);
    expect(MEANINGLESS.length).toBeGreaterThanOrEqual(30);
  });

  test.each(MEANINGFUL)('changes by %s, and the difference is told', (_, mutate) => {
    const other = plan((json) => {
      withSets(json);
      mutate(json);
    });
    expect(planDigest(other)).not.toBe(planDigest(base));
    expect(planDifferences(base, other).length).toBeGreaterThan(0);
  });

  test.each(MEANINGLESS)('stays whatever %s', (_, mutate) => {
    const withSecret = (json: Any) => {
      withSets(json);
      change(json, VPN).after.tunnel1_preshared_key = 'one-example-key-b';
    };
    const isSecret = String(mutate).includes('one-example-key');
    const from = isSecret ? plan(withSecret) : base;
    const other = plan((json) => {
      withSets(json);
      mutate(json);
    });
    expect(other).toEqual(from);
    expect(planDigest(other)).toBe(planDigest(from));
    expect(planDifferences(from, other)).toEqual([]);
  });

  test('is k1 and the SHA-256 of the canonical JSON', () => {
    // sha256sum of the text {"changes":[],"outputs":[]}
    expect(planDigest({ changes: [], outputs: [] })).toBe(
      'k1:716686702a8c676600b89ce8bcf7c39a11e55428035aa404dd72155ed8bcd835',
    );
    expect(planDigest(base)).toMatch(/^k1:[0-9a-f]{64}$/);
  });
});
