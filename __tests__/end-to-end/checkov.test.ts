import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { temporaryFolder } from '../support/catalog-folder';
import { EXAMPLE_CATALOGS, Project } from '../support/project';

jest.setTimeout(300_000);

/** `LIVE=all KAKEHASHI_TEST_CHECKOV=/path/to/checkov`: to install it takes longer than all other tests of rules. */
const { LIVE, KAKEHASHI_TEST_CHECKOV: CHECKOV } = process.env;
const describeLive = LIVE === 'all' && CHECKOV !== undefined ? describe : describe.skip;

/** What checkov finds in the examples, and why it stays. */
const AGREED: Readonly<Record<string, string>> = {
  CKV2_AWS_5: 'the group of nodes is attached by another stack, which looks it up',
  CKV2_AWS_11: 'flow logs are a choice of the catalog: KKH-NET-04 is accepted in dev',
  CKV_AWS_24:
    'port 22 between members of the group: checkov takes a rule without a network for one from everywhere',
  CKV_AWS_126: 'detailed monitoring costs, and nothing reads it',
  CKV_AWS_135: 'the types of nodes are EBS-optimized by themselves',
  CKV_AWS_158: 'logs are encrypted with the key of the service',
  CKV_AWS_297: 'a schedule holds no secret',
  CKV_AWS_338: 'logs of tunnels are kept for 90 days, which the catalog says',
};

interface Report {
  readonly results: {
    readonly failed_checks: readonly { readonly check_id: string; readonly resource: string }[];
  };
}

describeLive('checkov on the examples', () => {
  it('finds what is agreed, and nothing else', async () => {
    const project = new Project({}, EXAMPLE_CATALOGS);
    const synth = await project.kakehashi('synth', 'dev', '--sandbox');
    expect(synth.code).toBe(0);
    // It does not read `terraform.required_version` and the like in the JSON of cdktf (bridgecrewio/checkov#7454).
    const files = ['dev-aws-default', 'dev-nodes-workers', 'dev-azure-default'].map((stack) => {
      const {
        terraform: _,
        '//': __,
        ...rest
      } = JSON.parse(project.read(join('sandbox.out/dev/synth/stacks', stack, 'cdk.tf.json')));
      return [`${stack}/cdk.tf.json`, JSON.stringify(rest, undefined, 1)] as const;
    });
    const folder = temporaryFolder(Object.fromEntries(files));
    const { stdout } = spawnSync(CHECKOV ?? '', ['-d', folder, '--quiet', '-o', 'json'], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    const parsed: Report | readonly Report[] = JSON.parse(stdout);
    const reports = Array.isArray(parsed) ? parsed : [parsed];
    const found = new Set(
      reports.flatMap(({ results }: Report) => results.failed_checks.map(({ check_id }) => check_id)),
    );
    expect([...found].sort()).toEqual(Object.keys(AGREED).sort());
  });
});
