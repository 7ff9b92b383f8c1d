import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCKER_DATA_TYPES, DOCKER_MANAGED_TYPES } from '../../../sandbox/docker/types';
import { editObject } from '../../../sandbox/edit-object';
import { listObjects } from '../../../sandbox/store/objects';
import { hasTerraform, TerraformFolder } from '../terraform-folder';

const test = hasTerraform() ? it : it.skip;

jest.setTimeout(120_000);

const CONFIGURATION = readFileSync(join(__dirname, 'every-type.tf'), 'utf8');

/** Everything on one host, whose variable says that it does not answer. */
const UNREACHABLE = 'KAKEHASHI_SANDBOX_DOCKER_UNREACHABLE';

let folder: TerraformFolder;
beforeEach(async () => {
  delete process.env[UNREACHABLE];
  folder = new TerraformFolder();
  await folder.serve();
});
afterEach(async () => {
  await folder.stopServing();
  folder.remove();
  delete process.env[UNREACHABLE];
});

/** The configuration of one host, with a container `web` of an image that was loaded by hand. */
function oneContainer(more = ''): string {
  return `terraform {
  required_providers {
    docker = { source = "kreuzwerker/docker" }
  }
}
provider "docker" { host = "ssh://ubuntu@10.0.2.15:22" }
resource "docker_container" "web" {
  name  = "web"
  image = "sha256:${'ab'.repeat(32)}"
  ${more}
}
`;
}

/** The number of a plan's last line: what it adds, changes and destroys. */
function counts(output: string): string {
  return /Plan: (.*)\./.exec(output)?.[1] ?? 'No changes';
}

/** The words of a diagnostic, without the frame and the line breaks that Terraform puts into it. */
function words(output: string): string {
  return output.replace(/[│╷╵]/g, '').replace(/\s+/g, ' ');
}

function idOf(type: string, name: string): string {
  const found = listObjects(folder.objectsFile, type).find(({ attributes }) => attributes.name === name);
  return found?.id ?? '';
}

async function applied(configuration: string): Promise<void> {
  folder.write(configuration);
  await folder.expect(0, 'init');
  await folder.expect(0, 'apply', '-auto-approve');
}

/** Changes an object of the engine while nothing serves, as somebody on its host does. */
async function byHand(type: string, id: string, changes: Readonly<Record<string, unknown>>): Promise<void> {
  await folder.stopServing();
  editObject(folder.objectsFile, type, id, changes);
  await folder.serve();
}

test('applies every type on two hosts, plans nothing then, changes in place, replaces, and destroys', async () => {
  expect(DOCKER_MANAGED_TYPES.filter((type) => !CONFIGURATION.includes(`resource "${type}"`))).toEqual([]);
  expect(DOCKER_DATA_TYPES.filter((type) => !CONFIGURATION.includes(`data "${type}"`))).toEqual([]);
  await applied(CONFIGURATION);
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');

  const output = JSON.parse(await folder.expect(0, 'output', '-json')) as Record<string, { value: unknown }>;
  expect(output.bridge?.value).toEqual([
    { aux_address: {}, gateway: '172.17.0.1', ip_range: '', subnet: '172.17.0.0/16' },
  ]);
  const [web, job, ofRegistry] = (output.digests?.value ?? []) as readonly string[];
  expect(web).toBe(`registry.example.com/lab/web@sha256:${'0123456789abcdef'.repeat(4)}`);
  expect(job).toBe(`registry.example.com/lab/job@${ofRegistry}`);
  expect(output.exit_code?.value).toBe(3);
  expect(output.address?.value).toBe('10.90.0.10');
  expect(
    listObjects(folder.objectsFile, 'docker_container').map(({ region, attributes }) => [
      region,
      attributes.name,
      attributes.status,
    ]),
  ).toEqual(
    expect.arrayContaining([
      ['ssh://ubuntu@10.0.2.15:22', 'web', 'running'],
      ['ssh://ubuntu@10.0.2.16:22', 'web', 'running'],
      ['ssh://ubuntu@10.0.2.15:22', 'job', 'exited'],
    ]),
  );

  const changed = CONFIGURATION.replace('"unless-stopped"', '"always"').replace('= 128', '= 192');
  folder.write(changed);
  expect(counts(await folder.expect(2, 'plan', '-detailed-exitcode'))).toBe(
    '0 to add, 1 to change, 0 to destroy',
  );
  await folder.expect(0, 'apply', '-auto-approve');
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');

  folder.write(changed.replace('value = "dev"\n  }\n  ulimit', 'value = "test"\n  }\n  ulimit'));
  const replaced = await folder.expect(0, 'plan');
  expect(replaced).toContain('docker_container.web must be replaced');
  expect(counts(replaced)).toBe('1 to add, 0 to change, 1 to destroy');
  await folder.expect(0, 'apply', '-auto-approve');
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');

  await folder.expect(0, 'destroy', '-auto-approve');
  const left = listObjects(folder.objectsFile).map(({ type, attributes }) => [type, attributes.repo_tags]);
  // One image is kept locally, and the other one was there before Terraform.
  expect(left).toEqual([
    ['docker_image', []],
    ['docker_image', []],
  ]);
});

test('lets a mere refresh remove a container that was stopped by hand, as the provider does', async () => {
  await applied(oneContainer());
  const id = idOf('docker_container', 'web');
  await byHand('docker_container', id, { status: 'exited' });
  const plan = await folder.expect(2, 'plan', '-refresh-only', '-detailed-exitcode');
  expect(plan).toContain('# docker_container.web has been deleted');
  expect(listObjects(folder.objectsFile, 'docker_container')).toEqual([]);
  expect(counts(await folder.expect(2, 'plan', '-detailed-exitcode'))).toBe(
    '1 to add, 0 to change, 0 to destroy',
  );
});

test('leaves a stopped container alone that need not run', async () => {
  await applied(oneContainer('must_run = false'));
  await byHand('docker_container', idOf('docker_container', 'web'), { status: 'exited', exit_code: 137 });
  const drift = await folder.expect(2, 'plan', '-refresh-only', '-detailed-exitcode');
  expect(drift).toMatch(/exit_code += 137/);
  expect(listObjects(folder.objectsFile, 'docker_container')).toHaveLength(1);
});

test('fails the whole state while one of its hosts is down, also without a refresh', async () => {
  await applied(CONFIGURATION);
  process.env[UNREACHABLE] = 'ssh://ubuntu@10.0.2.16:*';
  for (const option of ['-refresh=true', '-refresh=false']) {
    const failed = words(await folder.expect(1, 'plan', option));
    expect(failed).toContain(
      "Error pinging Docker server, please make sure that ssh://ubuntu@10.0.2.16:22 is reachable and has a '_ping' endpoint. Error: error during connect: Head",
    );
    expect(failed).toContain('stderr=ssh: connect to host 10.0.2.16 port 22: Connection refused');
  }
});

test('plans a change of memory for ever where no limit of swap is set', async () => {
  await applied(oneContainer('memory = 64'));
  for (const _ of ['first', 'second']) {
    const plan = await folder.expect(2, 'plan', '-detailed-exitcode');
    expect(plan).toMatch(/memory_swap += 128 -> null/);
    await folder.expect(0, 'apply', '-auto-approve');
  }
});

const check = (interval: string) => `healthcheck {\n test = ["CMD", "true"]\n interval = "${interval}"\n }`;

test.each([
  ['init', '', 'init = true', /init += false -> true/],
  ['healthcheck', check('1s'), check('5s'), /interval += "1s" -> "5s"/],
  ['tmpfs', '', 'tmpfs = { "/run" = "size=1m" }', /tmpfs += \{/],
  ['rm', '', 'rm = true', /rm += false -> true/],
])(
  'plans the same change of %s again and again, since the engine does not make it',
  async (_, before, after, change) => {
    await applied(oneContainer(before));
    folder.write(oneContainer(after));
    for (const _round of ['first', 'second']) {
      const plan = await folder.expect(2, 'plan', '-detailed-exitcode');
      expect(plan).toMatch(change);
      expect(counts(plan)).toBe('0 to add, 1 to change, 0 to destroy');
      await folder.expect(0, 'apply', '-auto-approve');
    }
  },
);

test('shows a health check that was added to a container, though the engine has none', async () => {
  await applied(oneContainer());
  folder.write(oneContainer(check('5s')));
  await folder.expect(0, 'apply', '-auto-approve');
  expect(counts(await folder.expect(0, 'plan', '-detailed-exitcode'))).toBe('No changes');
  const [container] = listObjects(folder.objectsFile, 'docker_container');
  expect(container?.attributes.healthcheck).toBeNull();
});

test('does not move a mount whose number stays, and plans that for ever', async () => {
  const mount = (target: string) =>
    oneContainer(`mounts {\n type = "volume"\n source = "data"\n target = "${target}"\n }`);
  await applied(mount('/a'));
  folder.write(mount('/b'));
  for (const _ of ['first', 'second']) {
    expect(counts(await folder.expect(2, 'plan', '-detailed-exitcode'))).toBe(
      '0 to add, 1 to change, 0 to destroy',
    );
    await folder.expect(0, 'apply', '-auto-approve');
  }
  folder.write(oneContainer());
  expect(counts(await folder.expect(2, 'plan', '-detailed-exitcode'))).toBe(
    '1 to add, 0 to change, 1 to destroy',
  );
});

test('keeps a container whose port is taken as created and tainted, and the next plan removes it', async () => {
  const port = '  ports {\n    internal = 80\n    external = 8080\n  }';
  const two = `${oneContainer(port)}
resource "docker_container" "second" {
  name  = "second"
  image = docker_container.web.image
${port}
}
`;
  folder.write(two);
  await folder.expect(0, 'init');
  const failed = words(await folder.expect(1, 'apply', '-auto-approve'));
  expect(failed).toMatch(
    /Unable to start container: Error response from daemon: driver failed programming external connectivity on endpoint second \([0-9a-f]{64}\): Bind for 0\.0\.0\.0:8080 failed: port is already allocated/,
  );
  const second = listObjects(folder.objectsFile, 'docker_container').find(
    ({ attributes }) => attributes.name === 'second',
  );
  expect(second?.attributes.status).toBe('created');
  expect(await folder.expect(0, 'state', 'list')).toContain('docker_container.second');
  expect(counts(await folder.expect(2, 'plan', '-detailed-exitcode'))).toBe(
    '1 to add, 0 to change, 0 to destroy',
  );
  expect(idOf('docker_container', 'second')).toBe('');
});

test('adopts a volume that is there, and imports what the provider imports', async () => {
  const configuration = `${oneContainer()}
resource "docker_network" "lab" { name = "lab" }
resource "docker_volume" "data" { name = "data" }
resource "docker_volume" "same" {
  name       = "data"
  depends_on = [docker_volume.data]
}
`;
  await applied(configuration);
  expect(listObjects(folder.objectsFile, 'docker_volume')).toHaveLength(1);
  for (const address of ['docker_container.web', 'docker_network.lab', 'docker_volume.data'])
    await folder.expect(0, 'state', 'rm', address);
  const byName = await folder.expect(1, 'import', 'docker_container.web', 'web');
  expect(byName).toContain('Cannot import non-existent remote object');
  await folder.expect(0, 'import', 'docker_container.web', idOf('docker_container', 'web'));
  await folder.expect(0, 'import', 'docker_network.lab', 'lab');
  await folder.expect(0, 'import', 'docker_volume.data', 'data');
  // What the engine does not know is not imported, such as must_run.
  const plan = await folder.expect(2, 'plan', '-detailed-exitcode');
  expect(counts(plan)).toBe('0 to add, 1 to change, 0 to destroy');
  expect(plan).toMatch(/\+ must_run += true/);
});
