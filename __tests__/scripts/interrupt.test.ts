import { hook, INIT, planCreates, ScriptedProject } from '../support/scripted-terraform';

const VPC = 'aws_vpc.Vpc';
jest.setTimeout(30_000);

describe('a Ctrl-C', () => {
  let project: ScriptedProject;
  beforeEach(() => {
    project = new ScriptedProject();
    project.play(INIT, planCreates('dev-aws-one', [VPC]), {
      on: 'apply',
      hang: true,
      say: [hook('apply_start', VPC)],
    });
  });
  afterEach(() => project.remove());

  const signals = () => project.calls.filter(({ signal }) => signal !== undefined).length;

  test.each(['SIGINT', 'SIGTERM'] as const)(
    'as %s gives Terraform exactly one SIGINT, waits for it, and exits with 130',
    async (signal) => {
      const { child, ended } = project.start(['apply', 'dev', '--yes', '--stack', '*one']);
      await project.called('apply dev-aws-one');
      await new Promise((resolve) => setTimeout(resolve, 150));
      child.kill(signal);
      child.kill('SIGINT');
      const { code, stderr } = await ended;
      expect(code).toBe(130);
      expect(signals()).toBe(1);
      expect(stderr).toMatch(
        /^interrupting: waiting for terraform to finish aws_vpc\.Vpc \(\d+ s\)\. A second Ctrl-C may lose track of it\.\n/,
      );
      expect(stderr).toContain(
        'stopped after 0 of 1; nothing was lost; run the same command again to go on\n',
      );
      expect(project.has('out/dev/vpn_catalog.yml')).toBe(false);
    },
  );

  test('given twice is handed on twice, and what may be lost is named', async () => {
    project.play(INIT, planCreates('dev-aws-one', [VPC]), {
      on: 'apply',
      hang: true,
      seconds: 3,
      say: [hook('apply_start', VPC)],
    });
    const { child, ended } = project.start(['apply', 'dev', '--yes', '--stack', '*one']);
    await project.called('apply dev-aws-one');
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill('SIGINT');
    await new Promise((resolve) => setTimeout(resolve, 1000));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect({ code, signals: signals() }).toEqual({ code: 130, signals: 2 });
    expect(stderr).toContain('interrupting again: terraform may lose track of what it is creating\n');
    expect(stderr).toContain(
      'stopped hard after 0 of 1: terraform may have lost track of aws_vpc.Vpc; run the same command again',
    );
  });

  test('during a plan changes nothing', async () => {
    project.play(INIT, { on: 'plan', hang: true });
    const { child, ended } = project.start(['plan', 'dev', '--stack', '*one']);
    await project.called('plan dev-aws-one');
    await new Promise((resolve) => setTimeout(resolve, 150));
    child.kill('SIGINT');
    const { code, stderr } = await ended;
    expect({ code, signals: signals() }).toEqual({ code: 130, signals: 1 });
    expect(stderr).toContain('stopped; nothing was lost; run the same command again to go on\n');
  });
});
