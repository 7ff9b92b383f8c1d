import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import Ajv from 'ajv';
import { withForeign } from '../../../review/page/sarif/foreign';
import { reviewSarif } from '../../../review/page/sarif/sarif';
import type { Review } from '../../../review/review';
import type { RuleFinding } from '../../../rules/finding';
import { temporaryFolder } from '../../support/catalog-folder';

const POSITION = { file: 'catalog/my base.yml', line: 9, column: 17, endColumn: 27 };
const FINDING: RuleFinding = {
  rule: 'KKH-VPN-03',
  severity: 'high',
  verdict: 'violated',
  text: 'tunnel 1 uses group 2',
  stack: 'dev-aws-default',
  address: 'aws_vpn_connection.Vpn_Connection',
  position: POSITION,
};

function reviewOf(findings: readonly RuleFinding[], more: Partial<Review> = {}): Review {
  const outcome = {
    kind: 'planned',
    findings,
    positions: { 'aws_vpc.Network_Vpc': POSITION, 'aws_instance.Nodes["n1"]': POSITION },
  };
  return {
    environment: 'dev',
    origin: { kakehashi: '0.1.0' },
    stacks: [{ record: 'stack', stack: 'dev-aws-default', outcome }],
    problems: [],
    ends: {},
    notes: [],
    findings: [],
    requireReview: false,
    ...more,
  } as unknown as Review;
}

/** The official schema, of draft 4, as one that ajv reads: only the name of its id differs. */
function validate(text: string): void {
  const {
    id: _,
    $schema: __,
    ...schema
  } = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false, allErrors: true });
  const check = ajv.compile(schema);
  check(JSON.parse(text));
  expect(check.errors ?? []).toEqual([]);
}

const resultsOf = (text: string) =>
  JSON.parse(text).runs.flatMap((run: { results: object[] }) => run.results);

test('a finding lies at the line of the catalog, by its path from the root of the repository', () => {
  const { text, leftOut } = reviewSarif([reviewOf([FINDING])], { fromRoot: (file) => `net/${file}` });
  validate(text);
  expect(leftOut).toBe(0);
  expect(JSON.parse(text).runs).toMatchObject([{ columnKind: 'utf16CodeUnits' }]);
  expect(resultsOf(text)).toMatchObject([
    {
      ruleId: 'KKH-VPN-03',
      level: 'error',
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'net/catalog/my%20base.yml', uriBaseId: '%SRCROOT%' },
            region: { startLine: 9, startColumn: 17, endColumn: 27 },
          },
          logicalLocations: [{ fullyQualifiedName: 'dev-aws-default/aws_vpn_connection.Vpn_Connection' }],
        },
      ],
    },
  ]);
  const [rule] = JSON.parse(text).runs[0].tool.driver.rules;
  expect(rule).toMatchObject({
    id: 'KKH-VPN-03',
    properties: { 'security-severity': '8.0', tags: ['security', 'vpn'] },
  });
  expect(rule.help.markdown).toContain('RFC 8247');
});

test('a name of a file may have any characters', () => {
  const file = 'catalog/gro#und 50% é?.yml';
  const { text } = reviewSarif([reviewOf([{ ...FINDING, position: { ...POSITION, file } }])]);
  validate(text);
  const { uri } = resultsOf(text)[0].locations[0].physicalLocation.artifactLocation;
  expect(uri).toBe('catalog/gro%23und%2050%25%20%C3%A9%3F.yml');
  expect(decodeURIComponent(uri)).toBe(file);
});

test('what is accepted is suppressed with its reason, and what is unknown is open', () => {
  const { text } = reviewSarif([
    reviewOf([
      { ...FINDING, verdict: 'accepted', accepted: { reason: 'old daemon', until: '2027-01-01' } },
      { ...FINDING, verdict: 'unknown', text: 'not known' },
    ]),
  ]);
  validate(text);
  expect(resultsOf(text)).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        suppressions: [
          { kind: 'external', status: 'accepted', justification: 'old daemon (until 2027-01-01)' },
        ],
      }),
      expect.objectContaining({ kind: 'open', level: 'none' }),
    ]),
  );
});

test('fingerprints differ for each finding, and stay where lines and texts move', () => {
  const prints = (findings: readonly RuleFinding[]) =>
    resultsOf(reviewSarif([reviewOf(findings)]).text).map((one: { partialFingerprints: object }) =>
      JSON.stringify(one.partialFingerprints),
    );
  const two = [FINDING, { ...FINDING, text: 'tunnel 2 uses group 2' }];
  const moved = two.map((one) => ({ ...one, text: `${one.text}!`, position: { ...POSITION, line: 80 } }));
  expect(new Set(prints(two)).size).toBe(2);
  expect(prints(moved)).toEqual(prints(two));
  expect(prints([{ ...FINDING, address: 'aws_vpn_connection.Other' }])).not.toEqual(prints([FINDING]));
});

test('of more than 5,000 the worst are shown, and how many there are is said', () => {
  const many = Array.from(
    { length: 5200 },
    (_, index): RuleFinding => ({
      ...FINDING,
      severity: index % 2 === 0 ? 'low' : 'critical',
      address: `aws_vpc.V${index}`,
    }),
  );
  const { text, leftOut } = reviewSarif([reviewOf(many)]);
  validate(text);
  expect(leftOut).toBe(200);
  const results = resultsOf(text);
  expect(results).toHaveLength(5000);
  expect(results.filter(({ level }: { level: string }) => level === 'error')).toHaveLength(2600);
  expect(text).toContain('5000 of 5200 results');
  expect(gzipSync(text).length).toBeLessThan(10_000_000);
});

test('without findings it is a file that closes all that were open', () => {
  const { text } = reviewSarif([reviewOf([])]);
  validate(text);
  expect(JSON.parse(text).runs).toMatchObject([{ tool: { driver: { name: 'kakehashi' } }, results: [] }]);
});

describe('findings of other tools', () => {
  const sarif = (
    results: readonly object[],
    tool: object = {
      driver: { name: 'checkov', rules: [{ id: 'CKV_1', properties: { 'security-severity': '7.5' } }] },
    },
  ) => JSON.stringify({ version: '2.1.0', runs: [{ tool, results }] });
  const at = (uri: string, line = 1) => [
    { physicalLocation: { artifactLocation: { uri }, region: { startLine: line } } },
  ];
  const fileOf = (text: string) => path.join(temporaryFolder({ 'in.sarif': text }), 'in.sarif');
  const merged = (text: string, review = reviewOf([FINDING])) =>
    withForeign([review], [fileOf(text)])[0] as Review;
  const foreignOf = (review: Review) =>
    [
      ...review.stacks.flatMap(({ outcome }) => (outcome.kind === 'planned' ? outcome.findings : [])),
      ...review.findings,
    ].filter(({ tool }) => tool !== undefined);

  test.each([
    [
      'by a logical location',
      {
        ruleId: 'CKV_1',
        message: { text: 'bad' },
        locations: [{ logicalLocations: [{ fullyQualifiedName: 'aws_vpc.Network_Vpc' }] }],
      },
    ],
    ['by its message', { ruleId: 'CKV_1', message: { text: 'aws_vpc.Network_Vpc has no logs' } }],
    ['by an instance', { ruleId: 'CKV_1', message: { text: 'on aws_instance.Nodes["n2"]' } }],
    [
      'by the folder of its stack',
      {
        ruleId: 'CKV_1',
        message: { text: 'aws_vpc.Network_Vpc' },
        locations: at('cdktf.out/stacks/dev-aws-default/cdk.tf.json', 3),
      },
    ],
  ])('are mapped to the line of the catalog %s', (_, result) => {
    const found = foreignOf(merged(sarif([result])));
    expect(found).toMatchObject([
      {
        rule: 'CKV_1',
        tool: 'checkov',
        severity: 'high',
        verdict: 'violated',
        stack: 'dev-aws-default',
        position: POSITION,
      },
    ]);
    validate(reviewSarif([merged(sarif([result]))]).text);
  });

  test('are mapped by their line in a configuration of the project', () => {
    const folder = path.join('cdktf.out', `rules-test-${process.pid}`, 'stacks', 'dev-aws-default');
    mkdirSync(folder, { recursive: true });
    try {
      const file = path.join(folder, 'cdk.tf.json');
      writeFileSync(
        file,
        JSON.stringify({ resource: { aws_vpc: { Network_Vpc: { cidr_block: 'x' } } } }, undefined, 2),
      );
      const [found] = foreignOf(
        merged(sarif([{ ruleId: 'CKV_1', message: { text: 'bad' }, locations: at(file, 5) }])),
      );
      expect(found).toMatchObject({ address: 'aws_vpc.Network_Vpc', position: POSITION });
    } finally {
      rmSync(path.dirname(path.dirname(folder)), { recursive: true, force: true });
    }
  });

  /** What checkov 3.3.30 wrote of the plans of the examples, shortened to one stack. */
  const recorded = (name: string) =>
    readFileSync(path.join(__dirname, `../../fixtures/sarif/${name}.sarif.json`), 'utf8');
  const whole = () => {
    const one = reviewOf([FINDING]);
    const positions = Object.fromEntries(
      ['aws_cloudwatch_log_group.Vpn_Log', 'aws_vpc.Network_Vpc', 'aws_security_group.Nodes_Group'].map(
        (address) => [address, POSITION],
      ),
    );
    const stacks = one.stacks.map((record) => ({ ...record, outcome: { ...record.outcome, positions } }));
    return { ...one, stacks } as Review;
  };

  test('of a plan that checkov read are mapped by the lines of the plan', () => {
    const folder = path.join('cdktf.out', `plan-test-${process.pid}`);
    mkdirSync(folder, { recursive: true });
    try {
      const resource = (address: string) => ({
        address,
        type: address.split('.')[0],
        values: { address: 'x' },
      });
      const plan = { planned_values: { root_module: { resources: [] as object[] } } };
      const addresses = ['aws_vpc.Network_Vpc', 'aws_security_group.Nodes_Group'];
      plan.planned_values.root_module.resources = addresses.map(resource);
      const lines = JSON.stringify(plan, undefined, 1).split('\n');
      writeFileSync(path.join(folder, 'dev-aws-default.plan.json'), lines.join('\n'));
      const results = lines.flatMap((line, index) =>
        line.includes('"values"')
          ? [
              {
                ruleId: 'A',
                message: { text: 'x' },
                locations: at(`${folder}/dev-aws-default.plan.json`, index + 1),
              },
            ]
          : [],
      );
      expect(foreignOf(merged(sarif(results), whole()))).toMatchObject(
        addresses.map((address) => ({ address, stack: 'dev-aws-default', position: POSITION })),
      );
      writeFileSync(path.join(folder, 'dev-aws-default.plan.json'), JSON.stringify(plan));
      const [none] = foreignOf(merged(sarif([...results, ...results]), whole()));
      expect(none).toMatchObject({ stack: 'dev-aws-default' });
      expect(none?.address).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('of checkov are mapped where it read a plan in one line: by the resource in the help of a rule with one result', () => {
    const found = foreignOf(merged(recorded('checkov-plan-in-one-line'), whole()));
    expect(
      found.map(({ rule, stack, address, position }) => [rule, stack, address, position]).sort(),
    ).toEqual([
      ['CKV2_AWS_11', 'dev-aws-default', 'aws_vpc.Network_Vpc', POSITION],
      ['CKV2_AWS_5', 'dev-aws-default', 'aws_security_group.Nodes_Group', POSITION],
      ['CKV_AWS_158', 'dev-aws-default', 'aws_cloudwatch_log_group.Vpn_Log', POSITION],
      ['CKV_AWS_338', 'dev-aws-default', 'aws_cloudwatch_log_group.Vpn_Log', POSITION],
    ]);
  });

  describe('in the forms of other tools', () => {
    const VPC = 'aws_vpc.Network_Vpc';
    /** A configuration of the project, of which a line is the resource's. */
    const configured = (act: (folder: string) => void) => {
      const base = path.join('cdktf.out', `forms test-${process.pid}`);
      const folder = path.join(base, 'stacks', 'dev-aws-default');
      mkdirSync(folder, { recursive: true });
      try {
        const text = JSON.stringify(
          { resource: { aws_vpc: { Network_Vpc: { cidr_block: 'x' } } } },
          undefined,
          2,
        );
        writeFileSync(path.join(folder, 'cdk.tf.json'), text);
        act(base);
      } finally {
        rmSync(base, { recursive: true, force: true });
      }
    };
    const runOf = (run: object) => JSON.stringify({ version: '2.1.0', runs: [run] });
    const bad = (locations?: readonly object[]) => ({
      ruleId: 'A',
      message: { text: 'bad' },
      ...(locations === undefined ? {} : { locations }),
    });

    /** As trivy (pkg/report/sarif.go) writes it: paths from a folder that the run names, a message of several lines. */
    test('trivy: paths from the folder that was scanned', () => {
      configured((base) => {
        const uri = 'stacks/dev-aws-default/cdk.tf.json';
        const text = `Artifact: ${uri}\nType: terraform\nVulnerability AVD-AWS-0178\nSeverity: MEDIUM\nMessage: VPC does not have VPC Flow Logs enabled.\nLink: [AVD-AWS-0178](https://avd.aquasec.com/misconfig/avd-aws-0178)`;
        const rule = {
          id: 'AVD-AWS-0178',
          name: 'Misconfiguration',
          help: { text: 'Misconfiguration AVD-AWS-0178\nExample: aws_vpc.example' },
          defaultConfiguration: { level: 'warning' },
          properties: {
            precision: 'very-high',
            'security-severity': '5.5',
            tags: ['misconfiguration', 'MEDIUM'],
          },
        };
        const region = { startLine: 5, startColumn: 1, endLine: 5, endColumn: 1 };
        const physicalLocation = { artifactLocation: { uri, uriBaseId: 'ROOTPATH' }, region };
        const result = {
          ruleId: 'AVD-AWS-0178',
          ruleIndex: 0,
          level: 'warning',
          message: { text },
          locations: [{ message: { text: uri }, physicalLocation }],
        };
        const root = `file://${encodeURI(path.resolve(base))}/`;
        const [found] = foreignOf(
          merged(
            runOf({
              tool: { driver: { name: 'Trivy', rules: [rule] } },
              results: [result],
              originalUriBaseIds: { ROOTPATH: { uri: root } },
            }),
          ),
        );
        expect(found).toMatchObject({
          rule: 'AVD-AWS-0178',
          severity: 'medium',
          tool: 'Trivy',
          address: VPC,
          position: POSITION,
        });
      });
    });

    test.each<[string, (base: string) => string]>([
      ['absolute', (base) => path.resolve(base)],
      ['file:///', (base) => `file://${encodeURI(path.resolve(base))}`],
      ['file:/', (base) => `file:${encodeURI(path.resolve(base))}`],
      ['file://localhost/', (base) => `file://localhost${encodeURI(path.resolve(base))}`],
      ['%20', (base) => encodeURI(base)],
      ['./', (base) => `./${base}`],
    ])('paths that are %s', (_, start) => {
      configured((base) => {
        const uri = `${start(base)}/stacks/dev-aws-default/cdk.tf.json`;
        expect(foreignOf(merged(sarif([bad(at(uri, 5))])))).toMatchObject([
          { address: VPC, stack: 'dev-aws-default', position: POSITION },
        ]);
      });
    });

    test.each([
      'C:\\net\\stacks\\dev-aws-default\\cdk.tf.json',
      'file:///C:/net/stacks/dev-aws-default/cdk.tf.json',
    ])('of Windows are of the stack whose folder they name: %s', (uri) => {
      const [found] = foreignOf(merged(sarif([bad(at(uri, 5))])));
      expect(found).toMatchObject({ stack: 'dev-aws-default' });
      expect(found?.position).toBeUndefined();
    });

    test('an absolute path in the project is a line of the project; one outside of it is none', () => {
      const inside = path.join(process.cwd(), 'modules/x.tf');
      const found = foreignOf(
        merged(
          sarif([bad(at(inside, 3)), bad(at('/etc/x.tf', 3)), bad(at('git::https:/x/y?ref=1/z.tf', 3))]),
        ),
      );
      expect(found.map(({ position }) => position?.file)).toEqual(['modules/x.tf', undefined, undefined]);
    });

    test('a rule by its place alone, of the tool or of an extension, with a message of the rule', () => {
      const rules = [
        { id: 'R0' },
        {
          id: 'R1',
          messageStrings: { one: { text: 'no logs at {0} ({1})' } },
          defaultConfiguration: { level: 'error' },
        },
      ];
      const extensions = [
        { name: 'more', rules: [{ id: 'E0', shortDescription: { markdown: '*of* an extension' } }] },
      ];
      const found = foreignOf(
        merged(
          sarif(
            [
              { ruleIndex: 1, message: { id: 'one', arguments: [VPC] } },
              { rule: { index: 0, toolComponent: { index: 0 } }, message: {} },
              { rule: { id: 'R0' }, message: { markdown: 'in **Markdown**' } },
              { ruleIndex: -1, message: { text: 'of no rule' } },
            ],
            { driver: { name: 'x', rules }, extensions },
          ),
        ),
      );
      expect(found).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            rule: 'R1',
            severity: 'high',
            text: `no logs at ${VPC} ({1})`,
            address: VPC,
          }),
          expect.objectContaining({ rule: 'E0', text: '*of* an extension', severity: 'medium' }),
          expect.objectContaining({ rule: 'R0', text: 'in **Markdown**' }),
          expect.objectContaining({ rule: 'unnamed', text: 'of no rule' }),
        ]),
      );
    });

    test('a rule of the same name in two runs has the level of its own run', () => {
      const run = (name: string, level: string) => ({
        tool: { driver: { name, rules: [{ id: 'A', defaultConfiguration: { level } }] } },
        results: [bad()],
      });
      const text = JSON.stringify({
        version: '2.1.0',
        runs: [run('tfsec', 'error'), run('kics', 'note'), run('kics', 'none')],
      });
      expect(foreignOf(merged(text)).map(({ tool, severity }) => [tool, severity])).toEqual([
        ['tfsec', 'high'],
        ['kics', 'low'],
        ['kics', 'low'],
      ]);
    });

    test('the second of several places, where only that one names a resource', () => {
      const places = [...at('Dockerfile', 2), { logicalLocations: [{ fullyQualifiedName: VPC }] }];
      expect(foreignOf(merged(sarif([bad(places)])))).toMatchObject([{ address: VPC, position: POSITION }]);
    });

    test('a suppression that is refused or not decided yet leaves a finding', () => {
      const suppressed = (...all: (string | undefined)[]) => ({
        ...bad(),
        suppressions: all.map((status) => ({
          kind: 'external',
          ...(status === undefined ? {} : { status }),
        })),
      });
      const results = [
        suppressed('rejected'),
        suppressed('underReview'),
        suppressed('accepted', 'underReview'),
        suppressed('accepted'),
        suppressed(undefined),
      ];
      expect(foreignOf(merged(sarif(results)))).toHaveLength(3);
    });

    test('checkov: of several results of a rule in a plan of one line the first has the resource of its help', () => {
      const log = JSON.parse(recorded('checkov-plan-in-one-line'));
      const [run] = log.runs;
      const again = run.results.map((one: object) => ({ ...one }));
      run.results = [...run.results, ...again];
      const found = foreignOf(merged(JSON.stringify(log), whole()));
      expect(found).toHaveLength(8);
      expect(found.filter(({ stack }) => stack === 'dev-aws-default')).toHaveLength(8);
      expect(
        found
          .filter(({ address }) => address !== undefined)
          .map(({ rule }) => rule)
          .sort(),
      ).toEqual(['CKV2_AWS_11', 'CKV2_AWS_5', 'CKV_AWS_158', 'CKV_AWS_338']);
    });

    test('thousands of results in one plan are mapped in seconds', () => {
      const folder = path.join('cdktf.out', `many-${process.pid}`);
      mkdirSync(folder, { recursive: true });
      try {
        const file = path.join(folder, 'dev-aws-default.plan.json');
        const resources = Array.from({ length: 2000 }, (_, index) => ({
          address: `aws_vpc.V${index}`,
          values: { a: 'x', b: [1, 2] },
        }));
        const text = JSON.stringify({ planned_values: { root_module: { resources } } }, undefined, 1);
        writeFileSync(file, text);
        const results = text
          .split('\n')
          .flatMap((line, index) => (line.includes('"values"') ? [bad(at(file, index + 1))] : []));
        const before = Date.now();
        const found = foreignOf(merged(sarif(results)));
        expect(Date.now() - before).toBeLessThan(5000);
        expect(found.map(({ address }) => address)).toEqual(resources.map(({ address }) => address));
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    test('an example in the help of a rule is not the resource', () => {
      const rules = [{ id: 'A', help: { text: `For instance ${VPC}` } }];
      const [found] = foreignOf(merged(sarif([bad()], { driver: { name: 'x', rules } })));
      expect(found?.address).toBeUndefined();
    });
  });

  test('that belong to no stack are of the environment, at their own line', () => {
    const review = merged(
      sarif([{ ruleId: 'CKV_1', message: { text: 'bad' }, locations: at('Dockerfile', 3) }]),
    );
    expect(review.findings).toMatchObject([{ rule: 'CKV_1', position: { file: 'Dockerfile', line: 3 } }]);
  });

  test('that pass, or are suppressed, are none', () => {
    const results = [
      { ruleId: 'A', kind: 'pass', message: { text: 'x' } },
      { ruleId: 'B', suppressions: [{ kind: 'inSource' }], message: { text: 'x' } },
    ];
    expect(foreignOf(merged(sarif(results)))).toEqual([]);
  });

  test('have a run of their own', () => {
    const review = merged(sarif([{ ruleId: 'CKV_1', message: { text: 'aws_vpc.Network_Vpc' } }]));
    expect(
      JSON.parse(reviewSarif([review]).text).runs.map(
        (run: { tool: { driver: { name: string } } }) => run.tool.driver.name,
      ),
    ).toEqual(['kakehashi', 'checkov']);
  });

  test('lose what a terminal or a page would act on', () => {
    const [found] = foreignOf(
      merged(sarif([{ ruleId: 'CKV\u001b[31m', message: { text: `a\u202eb\n${'x'.repeat(5000)}` } }])),
    );
    expect(found?.rule).toBe('CKV [31m');
    expect(found?.text).toMatch(/^a b x+…$/);
    expect(found?.text.length).toBeLessThanOrEqual(1000);
  });

  test.each([
    ['broken', '{', 'is no JSON'],
    ['empty', '', 'is empty'],
    ['another version', '{"version":"2.0.0","runs":[]}', 'must be SARIF of version 2.1.0'],
    ['no runs', '{"version":"2.1.0"}', 'must be SARIF of version 2.1.0'],
    ['null', 'null', 'must be SARIF of version 2.1.0'],
    ['a run without a tool', '{"version":"2.1.0","runs":[{}]}', 'run 1 must name its tool'],
    ['a run that is a text', '{"version":"2.1.0","runs":["x"]}', 'run 1 must name its tool'],
    [
      'results that are a map',
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":{}}]}',
      'run 1: results must be a list',
    ],
    [
      'a result that is a number',
      '{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"results":[1]}]}',
      'run 1, result 1 must be an object',
    ],
    [
      'too many runs',
      JSON.stringify({ version: '2.1.0', runs: Array.from({ length: 101 }, () => ({})) }),
      'at most 100 runs',
    ],
  ])('in a file that is %s are refused', (_, text, message) => {
    expect(() => merged(text)).toThrow(message);
    expect(() => merged(text)).toThrow(/^--sarif-in: .*in\.sarif: /);
  });

  test('in a file that is not there are refused', () => {
    expect(() => withForeign([reviewOf([])], ['/nowhere/x.sarif'])).toThrow('there is no such file');
  });

  test.each([
    [{ message: 7, locations: 'x', ruleIndex: 99 }],
    [
      {
        ruleId: {},
        locations: [
          null,
          { physicalLocation: { artifactLocation: { uri: '%E0%A4%A' }, region: { startLine: -1 } } },
        ],
      },
    ],
    [{ locations: at('/etc/passwd.tf.json', 1) }],
    [{ locations: at('../../../etc/x.tf.json', 1e300) }],
  ])('with odd parts are read as far as they can be: %j', (result) => {
    validate(reviewSarif([merged(sarif([result]))]).text);
  });
});
