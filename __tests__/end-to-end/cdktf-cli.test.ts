import { join } from 'node:path';
import { ROOT } from '../support/compiled';
import { describeWith } from '../support/programs';
import { Project } from '../support/project';

jest.setTimeout(180_000);

const CDKTF = join(ROOT, 'node_modules/.bin/cdktf');

describeWith('terraform', 'cdktf-cli on the same app', () => {
  const project = new Project();

  it('synthesizes the same bytes as the driver', async () => {
    const cli = await project.run(CDKTF, ['synth'], { KAKEHASHI_ENV: 'dev' });
    expect(cli.code).toBe(0);
    expect((await project.kakehashi('synth', 'dev')).code).toBe(0);
    for (const stack of ['dev-aws-default', 'dev-aws-osaka']) {
      expect(project.read(`cdktf.out.dev/stacks/${stack}/cdk.tf.json`)).toBe(
        project.read(`cdktf.out/stacks/${stack}/cdk.tf.json`),
      );
    }
  });

  it('deploys in the sandbox, and the driver then plans no changes and gives the same entries', async () => {
    const deploy = [
      CDKTF,
      'deploy',
      '--auto-approve',
      '--skip-provider-lock',
      'dev-aws-default',
      'dev-aws-osaka',
    ];
    const deployed = await project.kakehashi('sandbox', '--', ...deploy, '--outputs-file', 'outputs.json');
    expect(deployed.stdout).toMatch(/dev-aws-default/);
    expect(deployed.code).toBe(0);
    const planned = await project.kakehashi('plan', 'dev', '--sandbox');
    expect(planned.stdout).toMatch(/no changes/i);
    expect(planned.code).toBe(0);

    const outputs = JSON.parse(project.read('outputs.json'))['dev-aws-default'].catalog;
    const entries = (await project.kakehashi('entries', 'dev', '--sandbox')).stdout;
    for (const value of Object.values(outputs.aws.default as Record<string, string>))
      expect(entries).toContain(value);
    expect(Object.keys(outputs)).toEqual(['aws', 'aws_spot']);
  });

  it('reports a wrong catalog without a stack trace', async () => {
    project.edit('catalog/dev.yml', '172.30.2.0/24', '172.30.2.1/24');
    const failed = await project.run(CDKTF, ['synth'], { KAKEHASHI_ENV: 'dev' });
    const output = `${failed.stdout}${failed.stderr}`;
    expect(failed.code).not.toBe(0);
    expect(output).toContain('catalog/dev.yml:9:29');
    expect(output).not.toMatch(/at .*\.js:\d+:\d+/);
  });
});
