import { parseState, withInstances } from '../../../terraform/state/state-file';

const state = (parts: object = {}): string =>
  JSON.stringify({
    version: 4,
    serial: 7,
    lineage: 'a-b',
    outputs: { x: { value: 1 } },
    resources: [],
    ...parts,
  });

const RESOURCES = [
  {
    module: 'module.net["a"]',
    mode: 'managed',
    type: 'aws_vpc',
    name: 'this',
    provider: 'p',
    instances: [
      { index_key: 0, schema_version: 1, attributes: { id: 'vpc-1' } },
      { index_key: 'b', attributes: { id: 'vpc-2' }, status: 'tainted' },
      { attributes: { id: 'vpc-3' }, deposed: '1234' },
    ],
  },
  { mode: 'data', type: 'aws_region', name: 'here', provider: 'p', instances: [{ attributes: {} }] },
];

test('reads instances with the addresses that Terraform prints, and what keeps them from being taken', () => {
  const { instances, serial, lineage } = parseState(state({ resources: RESOURCES }), 'x.tfstate');
  expect({ serial, lineage }).toEqual({ serial: 7, lineage: 'a-b' });
  expect(
    instances.map(({ address, mode, flaw, attributes }) => [address, mode, flaw, attributes.id]),
  ).toEqual([
    ['module.net["a"].aws_vpc.this[0]', 'managed', undefined, 'vpc-1'],
    ['module.net["a"].aws_vpc.this["b"]', 'managed', 'tainted', 'vpc-2'],
    ['module.net["a"].aws_vpc.this', 'managed', 'deposed', 'vpc-3'],
    ['data.aws_region.here', 'data', undefined, undefined],
  ]);
});

test.each([
  [
    'no JSON',
    'x',
    'x.tfstate: must be a Terraform state, and is no JSON object; give the file that terraform state pull prints in its folder',
  ],
  [
    'a list',
    '[]',
    'x.tfstate: must be a Terraform state, and is no JSON object; give the file that terraform state pull prints in its folder',
  ],
  [
    'an old state',
    '{"version":3}',
    'x.tfstate: must be a Terraform state of version 4, got version 3; run terraform apply -refresh-only with Terraform 1.x in its folder: it writes the newer layout',
  ],
  [
    'a newer state',
    '{"version":5}',
    'x.tfstate: must be a Terraform state of version 4, got version 5; give the file that terraform state pull prints in its folder',
  ],
  [
    'a plan',
    '{"format_version":"1.2"}',
    'x.tfstate: must be a Terraform state of version 4, got no version; give the file that terraform state pull prints in its folder',
  ],
  [
    'what init keeps of a backend',
    '{"version":3,"backend":{"type":"s3"}}',
    'x.tfstate: is no state, but what terraform init keeps of a remote backend; give what terraform state pull prints in its folder',
  ],
])('refuses %s', (_, text, message) => {
  expect(() => parseState(text, 'x.tfstate')).toThrow(message);
});

const added = {
  type: 'aws_vpc',
  name: 'Network_Vpc',
  raw: { schema_version: 1, attributes: { id: 'vpc-1' } },
};

test('adds instances to a state: its lineage, outputs and resources stay, and the serial is one more', () => {
  const own = parseState(state({ resources: RESOURCES }), 'own');
  const text = withInstances(own, [added], 'provider["r/a"]', '1.11.4');
  expect(JSON.parse(text)).toEqual({
    ...own.raw,
    serial: 8,
    resources: [
      ...RESOURCES,
      {
        mode: 'managed',
        type: 'aws_vpc',
        name: 'Network_Vpc',
        provider: 'provider["r/a"]',
        instances: [added.raw],
      },
    ],
  });
});

test('begins a lineage of its own where there is no state', () => {
  const [one, other] = [1, 2].map(() => JSON.parse(withInstances(undefined, [added], 'p', '1.11.4')));
  expect(one).toMatchObject({ version: 4, serial: 1, terraform_version: '1.11.4', outputs: {} });
  expect(one.lineage).toMatch(/^[0-9a-f-]{36}$/);
  expect(other.lineage).not.toBe(one.lineage);
});

test('refuses an address that the state has', () => {
  const own = parseState(withInstances(undefined, [added], 'p', '1.11.4'), 'own');
  expect(() => withInstances(own, [added], 'p', '1.11.4')).toThrow(
    'aws_vpc.Network_Vpc: the state has it already',
  );
  expect(() => withInstances(undefined, [added, added], 'p', '1.11.4')).toThrow('has it already');
});
