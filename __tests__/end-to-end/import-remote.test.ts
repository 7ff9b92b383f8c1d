import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Brownfield, CATALOG, idsOf, STACK, type State } from '../support/brownfield';
import { compiledCli } from '../support/compiled';
import { describeWith } from '../support/programs';
import type { Finished } from '../support/project';
import { StateServer } from '../support/state-server';

jest.setTimeout(300_000);

const KEY = `/kakehashi-${STACK}`;

/** An import from standard input, whose first byte comes late, as that of a `terraform state pull` does. */
function piped(project: Brownfield, file: string, ...args: readonly string[]): Promise<Finished> {
  const script = '(sleep 1; cat "$0") | "$@"';
  const command = [process.execPath, compiledCli(), 'import', 'lab', '--state', '-', '--sandbox', ...args];
  return project.run('sh', ['-c', script, file, ...command]);
}

describeWith('terraform', 'a network whose state is in a remote backend', () => {
  const server = new StateServer();
  const project = new Brownfield('existing-network');
  let before: string | undefined;

  beforeAll(async () => {
    const address = await server.start();
    project.write('old/backend.tf', `terraform {\n  backend "http" { address = "${address}/old" }\n}\n`);
    expect(await project.build()).toContain('18 added');
    before = server.states.get('/old');
    const pulled = await project.kakehashi('sandbox', '--', 'terraform', '-chdir=old', 'state', 'pull');
    project.write('pulled.json', pulled.stdout);
  });
  afterAll(() => server.stop());

  test('what lies in its folder is no state, and says where the state is', async () => {
    expect(project.has('old/terraform.tfstate')).toBe(false);
    const kept = await project.sandbox('import', 'lab', '--state', 'old/.terraform/terraform.tfstate');
    expect([kept.code, kept.stderr]).toEqual([
      1,
      'kakehashi: old/.terraform/terraform.tfstate: is no state, but what terraform init keeps of a remote backend; give what terraform state pull prints in its folder\n',
    ]);
    const absent = await project.import();
    expect([absent.code, absent.stderr]).toEqual([
      1,
      'kakehashi: old/terraform.tfstate: there is no such file; give a Terraform state: a local terraform.tfstate, or what terraform state pull prints\n',
    ]);
  });

  test.each([
    ['nothing, as of a pull that failed', ''],
    ['an error', 'Error: Backend initialization required\n'],
  ])('standard input with %s is refused', async (_, text) => {
    project.write('input', text);
    const { code, stderr } = await piped(project, 'input', '--yes');
    expect([code, stderr]).toEqual([
      1,
      'kakehashi: stdin: must be a Terraform state, and is no JSON object; give the file that terraform state pull prints in its folder\n',
    ]);
  });

  test('a file that terraform state pull has printed is read like a local state', async () => {
    const { code, stdout } = await project.sandbox(
      ...['import', 'lab', '--state', 'pulled.json', '--dry-run'],
    );
    expect(code).toBe(2);
    expect(stdout).toContain('+  # Imported from pulled.json.');
    expect(stdout).toContain('objects   21 objects of pulled.json become resources of the stack:');
  });

  test('standard input can not confirm too', async () => {
    const { code, stderr } = await piped(project, 'pulled.json');
    expect(code).toBe(3);
    expect(stderr).toContain('not imported: there is no terminal to confirm on; pass --yes');
    expect(project.read('catalog/lab.yml')).toBe(CATALOG);
  });

  test('what terraform state pull prints is imported from standard input', async () => {
    const { code, stdout } = await piped(project, 'pulled.json', '--yes');
    expect(code).toBe(0);
    expect(stdout).toContain(`state     ${STACK}: 21 objects taken\n`);
    expect(stdout).toContain('\n  it holds nothing else: move its configuration away\n');
    expect(stdout).toContain('\n  in the folder of its configuration, or:\n    terraform state rm ');
    expect(project.read('catalog/lab.yml')).toContain('  # Imported from the state on stdin.\n');
    expect(server.states.get('/old')).toBe(before);
    const { counts } = await project.planned();
    expect(counts).toEqual({ create: 1, update: 15, replace: 0, delete: 0, drift: 0 });
  });
});

describeWith('terraform', 'an environment whose states are in a remote backend', () => {
  const server = new StateServer();
  const project = new Brownfield('existing-network');
  let catalog = '';

  const imported = () => project.beyondSandbox('import', 'lab', '--state', 'old/terraform.tfstate', '--yes');
  const backups = (): readonly string[] =>
    project.has('state/lab') ? readdirSync(join(project.folder, 'state/lab')) : [];
  const remote = (): State => JSON.parse(server.states.get(KEY) ?? '{}');

  beforeAll(async () => {
    catalog = `${CATALOG}backend: { type: http, address: '${await server.start()}' }\n`;
    await project.build();
    project.write('catalog/lab.yml', catalog);
  });
  afterEach(() => {
    server.states.clear();
    rmSync(join(project.folder, 'catalog/lab.lock.yml'), { force: true });
    project.write('catalog/lab.yml', catalog);
  });

  test('the sandbox keeps the state to itself', async () => {
    expect((await project.import('--yes')).code).toBe(0);
    expect(idsOf(project.own, 'aws_vpc')).toEqual(idsOf(project.old, 'aws_vpc'));
    expect(server.states.size).toBe(0);
  });

  test('one that may be read only is told with the reason, and nothing is written', async () => {
    server.isReadOnly = true;
    const { code, stderr } = await imported();
    server.isReadOnly = false;
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\nkakehashi: terraform state push failed \(exit 1\)\n {2}Error: .*\n {2}Error message: HTTP remote state endpoint invalid auth\n/,
    );
    expect(stderr).not.toContain('has been locked');
    expect(project.read('catalog/lab.yml')).toBe(catalog);
    expect([server.states.size, backups()]).toEqual([0, []]);
  });

  test('the state is written there and nowhere else, and a second run finds it', async () => {
    const { code, stdout } = await imported();
    expect(code).toBe(0);
    expect(stdout).toContain(`\nstate     ${STACK}: 21 objects taken\n`);
    expect([...server.states.keys()]).toEqual([KEY]);
    expect(remote().lineage).toMatch(/^[0-9a-f-]{36}$/);
    expect(idsOf(remote(), 'aws_vpn_connection')).toEqual(idsOf(project.old, 'aws_vpn_connection'));
    expect(backups()).toEqual([]);
    const again = await imported();
    expect(again.stdout).toContain(`${STACK}: already imported; nothing to do`);
    project.write('catalog/lab.yml', catalog);
    const afterKill = await imported();
    expect(afterKill.stdout).toContain('an earlier run has taken the objects; the entry is left to write');
    const planned = await project.beyondSandbox('plan', 'lab');
    expect(planned.stdout).toMatch(/ lab-aws-default +\+ 1 +~ 15 /);
  });

  test('of a state that is there a backup is kept here, and said', async () => {
    const former = { version: 4, serial: 4, lineage: 'of-an-earlier-one', outputs: {}, resources: [] };
    server.states.set(KEY, JSON.stringify(former));
    const { code, stdout } = await imported();
    expect(code).toBe(0);
    const [backup] = backups();
    expect(stdout).toContain(`21 objects taken; the former one is in state/lab/${backup}\n`);
    expect(JSON.parse(project.read(`state/lab/${backup}`))).toMatchObject(former);
    expect(remote().lineage).toBe('of-an-earlier-one');
    expect(remote().serial).toBeGreaterThan(4);
  });

  test('one that does not answer is told with the reason, and nothing is written', async () => {
    server.stop();
    const { code, stderr } = await imported();
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /\nkakehashi: terraform init failed \(exit 1\)\n {2}Error refreshing state: .*connection refused\n/,
    );
    expect(project.read('catalog/lab.yml')).toBe(catalog);
  });
});
