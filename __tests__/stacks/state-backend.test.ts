import { mkdirSync, realpathSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Backend } from '../../catalog/ground/backend';
import { backendSettings, sandboxBackendSettings } from '../../stacks/state-backend';
import { temporaryFolder } from '../support/catalog-folder';

const backend = (type: Backend['type'], settings: Backend['settings'] = {}): Backend => ({
  type,
  prefix: 'lab',
  settings,
});

it.each<[Backend, object]>([
  [backend('local'), { path: '../../../state/dev/dev-aws-a.tfstate' }],
  [
    backend('s3', { bucket: 'states', region: 'us-west-2' }),
    { bucket: 'states', region: 'us-west-2', encrypt: true, use_lockfile: true, key: 'lab/dev/dev-aws-a' },
  ],
  [
    backend('s3', { bucket: 'b', use_lockfile: false }),
    { bucket: 'b', encrypt: true, use_lockfile: false, key: 'lab/dev/dev-aws-a' },
  ],
  [
    backend('azurerm', { storage_account_name: 's', container_name: 'c' }),
    { storage_account_name: 's', container_name: 'c', key: 'lab/dev/dev-aws-a' },
  ],
  [backend('gcs', { bucket: 'b' }), { bucket: 'b', prefix: 'lab/dev/dev-aws-a' }],
  [
    backend('http', { address: 'https://state.example/' }),
    {
      address: 'https://state.example/lab-dev-aws-a',
      lock_address: 'https://state.example/lab-dev-aws-a',
      unlock_address: 'https://state.example/lab-dev-aws-a',
    },
  ],
  [backend('pg'), { schema_name: 'lab-dev-aws-a' }],
  [
    backend('cloud', { organization: 'o', workspaces: { project: 'p' } }),
    { organization: 'o', workspaces: { project: 'p', name: 'lab-dev-aws-a' } },
  ],
])('names the state of a stack in $type', (given, expected) => {
  expect(backendSettings(given, 'dev', 'dev-aws-a')).toEqual(expected);
});

it('escapes what Terraform would read as an expression', () => {
  expect(backendSettings(backend('s3', { bucket: 'a${b}%{c}' }), 'dev', 'u')).toMatchObject({
    bucket: 'a$${b}%%{c}',
  });
});

it.each([
  ['cdktf.out', '../../../sandbox.out/dev/state/u.tfstate'],
  ['sandbox.out/dev/synth', '../../../../../sandbox.out/dev/state/u.tfstate'],
])('finds the sandbox state from %s', (outDirectory, path) => {
  expect(sandboxBackendSettings(outDirectory, 'dev', 'u')).toEqual({ path });
});

it('finds the state in the project where the folder of a synthesis is reached by a link', () => {
  const before = process.cwd();
  const [project, elsewhere] = [temporaryFolder(), temporaryFolder()].map((folder) => realpathSync(folder));
  process.chdir(project ?? '');
  try {
    symlinkSync(elsewhere ?? '', 'sandbox.out');
    symlinkSync(elsewhere ?? '', 'cdktf.out.dev');
    mkdirSync('sandbox.out/dev/synth', { recursive: true });
    const found = (place: string, { path }: { readonly path?: unknown }) =>
      resolve(elsewhere ?? '', place, 'stacks/u', String(path));
    expect(found('dev/synth', sandboxBackendSettings('sandbox.out/dev/synth', 'dev', 'u'))).toBe(
      join(project ?? '', 'sandbox.out/dev/state/u.tfstate'),
    );
    expect(found('', backendSettings(backend('local'), 'dev', 'u', 'cdktf.out.dev'))).toBe(
      join(project ?? '', 'state/dev/u.tfstate'),
    );
  } finally {
    process.chdir(before);
  }
});
