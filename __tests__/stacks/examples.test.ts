import '../../stacks/fast-tokens';
import { join } from 'node:path';
import { listEnvironments } from '../../catalog/environment/folder';
import { loadEnvironment } from '../../catalog/load';
import { expectGolden } from '../support/golden';
import { addresses } from '../support/synthesized';
import { synthesizedCatalog } from '../support/synthesized-catalog';

const CATALOG = join(__dirname, '../../catalog');
const ENVIRONMENTS = listEnvironments(CATALOG);

it('has the three example environments', () => {
  expect(ENVIRONMENTS).toEqual(['dev', 'prod', 'staging']);
});

it.each(ENVIRONMENTS)('synthesizes %s to its golden files, a file per stack', (environment) => {
  const { stacks, files } = synthesizedCatalog(CATALOG, [environment]);
  const { stacks: wanted } = loadEnvironment({ directory: CATALOG, environment });
  expect(Object.keys(stacks).sort()).toEqual(wanted.map((stack) => stack.id).sort());
  expect(Object.keys(JSON.parse(files['manifest.json'] ?? '{}').stacks).sort()).toEqual(
    wanted.map((stack) => stack.id).sort(),
  );
  for (const [id, stack] of Object.entries(stacks))
    expectGolden(`${id}.golden.json`, `${JSON.stringify(stack, null, 2)}\n`);
});

it('keeps every resource address: a change here replaces real infrastructure', () => {
  const { stacks } = synthesizedCatalog(CATALOG, ENVIRONMENTS);
  const list = Object.entries(stacks).flatMap(([id, stack]) =>
    addresses(stack).map((address) => `${id} ${address}`),
  );
  expectGolden('addresses.golden.json', `${JSON.stringify(list, null, 2)}\n`);
});

it('gives the same bytes in another order, time zone, locale and folder', () => {
  const once = synthesizedCatalog(CATALOG, ENVIRONMENTS).files;
  const saved = { TZ: process.env.TZ, LC_ALL: process.env.LC_ALL, cwd: process.cwd() };
  process.env.TZ = 'Pacific/Chatham';
  process.env.LC_ALL = 'tr_TR.UTF-8';
  process.chdir('/');
  const again = synthesizedCatalog(CATALOG, ENVIRONMENTS).files;
  process.chdir(saved.cwd);
  restore('TZ', saved.TZ);
  restore('LC_ALL', saved.LC_ALL);
  expect(again).toEqual(once);
});

it('differs in the sandbox in the backend block only', () => {
  const real = synthesizedCatalog(CATALOG, ['dev']).stacks;
  const sandbox = synthesizedCatalog(CATALOG, ['dev'], { sandbox: true }).stacks;
  const withoutBackend = (stacks: typeof real): unknown =>
    JSON.parse(JSON.stringify(stacks, (key, value) => (key === 'backend' ? undefined : value)));
  expect(withoutBackend(sandbox)).toEqual(withoutBackend(real));
  expect(sandbox).not.toEqual(real);
});

function restore(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name];
  else process.env[name] = value;
}
