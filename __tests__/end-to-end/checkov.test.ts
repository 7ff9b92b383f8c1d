import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Review } from '../../review/review';
import type { RuleFinding } from '../../rules/finding';
import { hasProgram } from '../support/programs';
import { EXAMPLE_CATALOGS, Project } from '../support/project';

jest.setTimeout(300_000);

/** `.ci/install-scanners` installs it, or says why it does not. */
const FOLDER =
  process.env.KAKEHASHI_SCANNERS ??
  join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'kakehashi-scanners');
const CHECKOV = process.env.KAKEHASHI_TEST_CHECKOV ?? join(FOLDER, 'bin/checkov');
const missing = [
  ...(existsSync(CHECKOV) ? [] : ['checkov: .ci/install-scanners']),
  ...(hasProgram('terraform') ? [] : ['terraform']),
];

/** What checkov 3.3.30 finds in the examples, and why it stays. */
const AGREED: Readonly<Record<string, string>> = {
  CKV2_AWS_5: 'the group of nodes is attached by another stack, which looks it up',
  CKV2_AWS_11: 'flow logs are a choice of the catalog: KKH-NET-04 tells of them',
  CKV_AWS_24:
    'port 22 between members of the group: checkov takes a rule without a network for one from everywhere',
  CKV_AWS_126: 'detailed monitoring costs, and nothing reads it',
  CKV_AWS_135: 'the types of nodes are EBS-optimized by themselves',
  CKV_AWS_158: 'logs are encrypted with the key of the service',
  CKV_AWS_297: 'a schedule holds no secret',
  CKV_AWS_338: 'logs of tunnels are kept for 90 days, which the catalog says',
  CKV_AWS_394:
    'only the first zone is taken, where the catalog names none: whoever wants it pinned names it there',
  CKV_AZURE_50:
    'no extension is installed: checkov asks for `allow_extension_operations: false`, which is left at its default',
  CKV2_AZURE_24: 'the automation account runs a schedule, and has no webhook',
};

/** What of it is seen in the plans of a project of which nothing is applied: groups of nodes wait for their networks. */
const AGREED_IN_PLANS = ['CKV2_AWS_11', 'CKV2_AWS_5', 'CKV_AWS_158', 'CKV_AWS_338'];

const title = 'checkov on the examples';
const describeHere = missing.length === 0 ? describe : describe.skip;

describeHere(missing.length === 0 ? title : `${title} (skipped: no ${missing.join(', ')})`, () => {
  const project = new Project({}, EXAMPLE_CATALOGS);
  const ENVIRONMENTS = ['dev', 'staging', 'prod'];
  beforeAll(async () => {
    for (const environment of ENVIRONMENTS)
      expect((await project.kakehashi('plan', environment, '--sandbox')).code).toBe(2);
    // It does not read `terraform.required_version` and the like in the JSON of cdktf (bridgecrewio/checkov#7454).
    const script = `
      const { execFileSync } = require('node:child_process'), fs = require('node:fs'), path = require('node:path');
      for (const environment of ${JSON.stringify(ENVIRONMENTS)}) {
        const stacks = 'sandbox.out/' + environment + '/synth/stacks';
        for (const stack of fs.readdirSync(stacks)) {
          const from = path.join(stacks, stack);
          const { terraform, '//': _, ...rest } = JSON.parse(fs.readFileSync(path.join(from, 'cdk.tf.json'), 'utf8'));
          fs.mkdirSync(path.join('configurations', stack), { recursive: true });
          fs.writeFileSync(path.join('configurations', stack, 'cdk.tf.json'), JSON.stringify(rest, undefined, 1));
          if (!fs.existsSync(path.join(from, 'kakehashi.tfplan'))) continue;
          const plan = execFileSync('terraform', ['show', '-json', 'kakehashi.tfplan'], { cwd: from, maxBuffer: 1e9 });
          fs.mkdirSync('plans', { recursive: true });
          fs.writeFileSync(path.join('plans', stack + '.json'), JSON.stringify(JSON.parse(plan), undefined, 1));
        }
      }`;
    const shown = await project.run(process.execPath, [
      ...[
        join(__dirname, '../../dist/scripts/kakehashi.js'),
        'sandbox',
        '--',
        process.execPath,
        '-e',
        script,
      ],
    ]);
    expect({ code: shown.code, text: shown.code === 0 ? '' : shown.stderr }).toEqual({ code: 0, text: '' });
  });

  interface Result {
    readonly ruleId: string;
  }

  function scan(folder: string): readonly string[] {
    const args = ['-d', folder, '--quiet', '--skip-download', '-o', 'sarif', '--output-file-path', folder];
    const env = { ...process.env, BC_SKIP_MAPPING: 'TRUE', LOG_LEVEL: 'ERROR' };
    spawnSync(CHECKOV, args, { cwd: project.folder, env, stdio: 'ignore' });
    const log: { readonly runs: readonly { readonly results: readonly Result[] }[] } = JSON.parse(
      project.read(join(folder, 'results_sarif.sarif')),
    );
    return [...new Set(log.runs.flatMap(({ results }) => results.map(({ ruleId }) => ruleId)))].sort();
  }

  /** Where a review of all environments places what checkov found. */
  async function placed(folder: string): Promise<readonly RuleFinding[]> {
    const folders = ENVIRONMENTS.map((environment) => `sandbox.out/${environment}/review`);
    const sarif = join(folder, 'results_sarif.sarif');
    const { stdout } = await project.kakehashi('review', ...folders, '--sarif-in', sarif, '--format', 'json');
    const found: RuleFinding[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('tool' in value && 'rule' in value) found.push(value as RuleFinding);
      else Object.values(value as Review).forEach(collect);
    };
    collect(JSON.parse(stdout));
    return found;
  }

  it.each([
    ['configurations', Object.keys(AGREED)],
    ['plans', AGREED_IN_PLANS],
  ])('finds in their %s what is agreed, each at its line of the catalog', async (folder, agreed) => {
    expect(scan(folder)).toEqual([...agreed].sort());
    const found = await placed(folder);
    expect(found.length).toBeGreaterThan(0);
    // Groups of nodes wait for an apply: there is no plan that a finding could stand at.
    const elsewhere = found.filter(({ position }) => !/^catalog\/\w+\.yml$/.test(position?.file ?? ''));
    expect(elsewhere.filter(({ position }) => !/-nodes-/.test(position?.file ?? ''))).toEqual([]);
  });
});
