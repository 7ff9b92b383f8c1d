import { readFileSync } from 'node:fs';
import { writeRecords } from '../../review/record/write-records';
import { type GitHubServer, startGitHub } from '../support/code-host/github-server';
import { SHA, startGitLab } from '../support/code-host/gitlab-server';
import { outputPattern, type PageBlock, pageBlocks } from '../support/page-blocks';
import { PageTerminals } from '../support/page-terminals';
import { describeWith } from '../support/programs';
import { sampleRecords } from '../support/records';

jest.setTimeout(120_000);

const blocksOf = (page: string): readonly PageBlock[] => pageBlocks(readFileSync(`docs/${page}.md`, 'utf8'));
const CATALOG = blocksOf('policy').find(({ language }) => language === 'yaml')?.text ?? '';

describeWith('terraform', 'the pages about drift, posting and CI', () => {
  /** A network that is applied, and a second one that is not yet. */
  test('docs/drift.md: what drift prints, what is expected, and the reports', async () => {
    const terminals = new PageTerminals();
    const { project } = terminals;
    project.write('catalog/dev.yml', CATALOG);
    const [example, expected] = blocksOf('drift');
    const run = async (block: string) => {
      const shown = await terminals.run(
        block.replace(/(kakehashi drift [^\n]*)/g, '$1 --sandbox || [ $? -eq 4 ]'),
      );
      expect({ block, ...shown }).toEqual({ block, code: 0, output: shown.output });
      return shown.output;
    };
    await run('npx kakehashi apply dev --sandbox --yes\n');
    project.write(
      'catalog/dev.yml',
      `${project.read('catalog/dev.yml')}  osaka:
    aws_region: ap-northeast-3
    private_network_ipmask: 172.29.2.0/24
    create: { vpc_cidr: 172.29.0.0/16, egress: none }
`,
    );
    const state = JSON.parse(project.read('sandbox.out/dev/state/dev-aws-default.tfstate'));
    const idOf = (type: string) =>
      state.resources.find((one: { type: string }) => one.type === type).instances[0].attributes.id;
    await run(`npx kakehashi sandbox edit aws_vpc ${idOf('aws_vpc')} enable_dns_support=false\n`);
    await run('npx kakehashi drift dev\n');
    project.write(
      'hand/hand.tf.json',
      JSON.stringify({
        terraform: { required_providers: { aws: { source: 'hashicorp/aws' } } },
        provider: { aws: { region: /aws_region: (\S+)/.exec(CATALOG)?.[1] } },
        resource: {
          aws_vpc_security_group_ingress_rule: {
            hand: {
              security_group_id: idOf('aws_security_group'),
              ip_protocol: 'tcp',
              from_port: 8080,
              to_port: 8080,
              cidr_ipv4: '0.0.0.0/0',
            },
          },
        },
      }),
    );
    await run(
      "npx kakehashi sandbox -- sh -c 'cd hand && terraform init -input=false && terraform apply -auto-approve -input=false' > hand.log\n",
    );
    const shown = example?.text.replace(/^\$ .*\n/, '').replace(/since [^)]*/, 'since …') ?? '';
    // In the sandbox there is more to say at the beginning.
    const pattern = shown.slice(shown.indexOf('\n\n')).trim();
    expect(await run('npx kakehashi drift dev --export reports --out drift.md --out drift.html\n')).toMatch(
      outputPattern(`… ${pattern} …`),
    );
    for (const file of ['drift.md', 'drift.html', 'reports/dev.drift.json', 'sandbox.out/dev/drift.json'])
      expect(project.has(file)).toBe(true);

    project.write('catalog/dev.yml', `${project.read('catalog/dev.yml')}${expected?.text}`);
    const rest = await run('npx kakehashi drift dev --previous reports\n');
    expect(rest).toContain('aws_vpc.Network_Vpc: enable_dns_support');
    // The second expectation leaves out the whole group: what is expected is not gone.
    expect(rest).toContain('dev: 1 difference; 1 not applied\n');
    expect(rest).toMatch(/drift\.ignore\[0\]: nothing of aws_vpc\.\* drifts/);
  });

  /** The commands of a page's pipelines. */
  const posting = (text: string) =>
    blocksOf('post').flatMap(({ text: block }) =>
      block.includes(text)
        ? [...block.matchAll(/- (?:run: )?(kakehashi review .*)$/gm)].map(([, line]) => line)
        : [],
    );

  test('docs/post.md: a review is posted at GitHub and at GitLab, and that of a fork', async () => {
    const [github, gitlab] = [await startGitHub(), await startGitLab()];
    try {
      const terminals = new PageTerminals();
      const { stacks, environment } = sampleRecords({});
      writeRecords(`${terminals.project.folder}/records`, [...stacks, environment]);
      const run = async (variables: Readonly<Record<string, string>>, command: string | undefined) => {
        const exported = Object.entries(variables).map(([name, value]) => `export ${name}='${value}'\n`);
        return terminals.run(`${exported.join('')}npx ${command}\n`);
      };
      const [own, fork] = [posting('permissions:')[0], posting('--untrusted')[0]];
      const onGitHub = jobOf(github);
      expect(await run(onGitHub, own)).toMatchObject({
        code: 0,
        output: expect.stringContaining('posted    dev: comment added'),
      });
      expect(github.comments).toHaveLength(1);
      expect(await run(ON_GITLAB(gitlab.url), posting('GITLAB_TOKEN')[0])).toMatchObject({
        code: 0,
        output: expect.stringContaining('posted    dev: comment added'),
      });
      expect(terminals.project.has('codequality.json')).toBe(true);
      expect(fork).toContain('--untrusted');
      // Records that are no simulation are refused, whatever a fork says.
      const refused = await run({ ...onGitHub, GITHUB_EVENT_NAME: 'workflow_run' }, fork);
      expect(refused.code).not.toBe(0);
      expect(refused.output).not.toMatch(/unknown option|\n\s+at /);
    } finally {
      await github.close();
      await gitlab.close();
    }
  });

  test('docs/ci.md: the policies of the roles', async () => {
    const terminals = new PageTerminals();
    terminals.project.write('catalog/dev.yml', CATALOG);
    const [block] = blocksOf('ci').filter(({ language, mark }) => language === 'sh' && mark === undefined);
    expect(block?.text.trim().split('\n')).toHaveLength(3);
    for (const line of block?.text.trim().split('\n') ?? []) {
      const { output } = await terminals.run(`${line}\n`);
      expect(output).toContain('"Version": "2012-10-17"');
      expect(output).toContain('ec2:DescribeVpcs');
    }
  });
});

const jobOf = ({ url }: GitHubServer) => ({
  GITHUB_ACTIONS: 'true',
  GITHUB_API_URL: url,
  GITHUB_REPOSITORY: 'octo/net',
  GITHUB_SERVER_URL: 'https://github.com',
  GITHUB_RUN_ID: '99',
  GITHUB_TOKEN: 'token',
  GITHUB_REF: 'refs/pull/7/merge',
});

const ON_GITLAB = (url: string) => ({
  GITLAB_CI: 'true',
  CI_API_V4_URL: url,
  CI_PROJECT_ID: '42',
  CI_MERGE_REQUEST_IID: '7',
  CI_MERGE_REQUEST_PROJECT_ID: '42',
  CI_COMMIT_SHA: SHA,
  GITLAB_TOKEN: 'token',
});
